// The buttons that put a step's command into the composer, or have happen what it speaks of.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Dots } from './components.tsx';
import type { TourProps } from './tour-state.ts';
import type { Happening, Stage, Step, Tell } from './tour-steps.ts';
import type { Word, Words } from './words.ts';

interface HelpProps {
  readonly step: Step;
  readonly stage: Stage;
  readonly t: Words;
  readonly prepare: TourProps['prepare'];
  /** Something begins to happen, and has happened. */
  readonly begun: () => void;
  readonly happened: () => void;
  readonly setBusy: (busy: boolean) => void;
}

export function Help({ step, stage, t, prepare, begun, happened, setBusy }: HelpProps): JSX.Element {
  /** Something goes on, and how far it is. */
  const [progress, setProgress] = useState<{ readonly word: Word; readonly text: string } | undefined>();
  const start = (word: Word, run: (tell: Tell) => Promise<void>) => {
    setBusy(true);
    setProgress({ word, text: '' });
    run((text) => setProgress({ word, text }))
      .catch(() => undefined)
      .finally(() => {
        setBusy(false);
        setProgress(undefined);
      });
  };
  const { command, happens = [] } = step;
  const haveHappen = async ({ run }: Happening, tell: Tell) => {
    if (!step.done) begun();
    await run(stage, tell);
    if (step.done) happened();
  };
  const button = (word: Word, run: (tell: Tell) => Promise<void>) => {
    const text = progress?.word === word ? progress.text : undefined;
    return (
      <button
        key={word}
        type="button"
        class={text === '' ? 'button primary busy' : 'button primary'}
        disabled={progress !== undefined}
        aria-busy={text !== undefined}
        onClick={() => start(word, run)}
      >
        <span>{text || t(word)}</span>
        {text === '' && <Dots />}
      </button>
    );
  };
  return (
    <>
      {command && button('tour_fill_in', async () => prepare(await command(stage)))}
      {happens.map((one) => button(one.word, (tell) => haveHappen(one, tell)))}
    </>
  );
}
