// The bot's suggestions for the option at hand, asked for when the typing pauses.
import { useEffect, useState } from 'preact/hooks';
import type { CommandChoice, CommandOption } from '../../local-discord/types.ts';
import type { Leaf } from './command-model.ts';
import { type Draft, sentOf } from './draft.ts';
import { useScene } from './scene.ts';

const typingPauseMs = 150;

export function useAskedChoices(
  option: CommandOption | undefined,
  draft: Draft,
  leaf: Leaf,
  channelId: string,
): readonly CommandChoice[] {
  const { act } = useScene();
  const [choices, setChoices] = useState<readonly CommandChoice[]>([]);
  const typed = option?.autocomplete ? (draft.entries.get(option.name)?.text ?? '') : undefined;
  const name = option?.name ?? '';
  useEffect(() => {
    setChoices([]);
    if (typed === undefined) return;
    let late = false;
    const timer = setTimeout(async () => {
      const { [name]: _own, ...values } = sentOf(draft).values;
      const asked = await act({ kind: 'autocomplete', channelId, path: leaf.path, values, option: name, typed });
      if (!late && asked.ok && asked.shows === 'choices') setChoices(asked.choices);
    }, typingPauseMs);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [name, typed, leaf.path, channelId]);
  return choices;
}
