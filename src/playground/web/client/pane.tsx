// One person's Discord: what they see, and how they act.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Action, ActResult } from '../protocol.ts';
import { ChatHeader } from './chat-header.tsx';
import { filledWith, type Leaf } from './command-model.ts';
import { begin, type Draft, emptyDraft } from './draft.ts';
import { Form, type OpenForm } from './form.tsx';
import { useLeaves } from './leaves.ts';
import type { Live } from './live.ts';
import { Members } from './members.tsx';
import { importer } from './own-orders.ts';
import { isFree, putIn, useDrop, useTyping } from './pane-input.ts';
import { usePaneScene } from './pane-scene.ts';
import { personOf, placeOf, titleOf } from './place.ts';
import { SceneProvider, useScene } from './scene.ts';
import { type Read, Sidebar } from './sidebar.tsx';
import { Talk } from './talk.tsx';
import { type Locale, wordsIn } from './words.ts';

/** Whose Discord a pane shows, where they are, and in which language. */
export interface View {
  readonly key: string;
  readonly locale: Locale;
  /** The place opened; their own first one when absent. */
  readonly place?: string;
}

/** A command to be put into the composer, once. */
export interface Prepared {
  readonly path: string;
  /** By option, as they are sent. */
  readonly values: Readonly<Record<string, string>>;
  readonly files?: readonly File[];
}

export interface PaneProps {
  readonly live: Live;
  readonly view: View;
  readonly read: Read;
  readonly label: string;
  /** The one used last: it takes what is typed or dropped outside of any. */
  readonly active: boolean;
  readonly onUsed: () => void;
  readonly change: (view: View) => void;
  /** Begins an import of somebody's own orders, as a merchant. */
  readonly load: (file: File) => void;
  readonly onRead: (userId: string, channelId: string, messageId: string) => void;
  readonly prepared: Prepared | undefined;
  readonly onPrepared: () => void;
  /** Told of each action and what came of it. */
  readonly onActed: (userId: string, action: Action, result: ActResult) => void;
}

/** What is being written, a draft for each person and place. */
function useDraft(at: string): readonly [Draft, (draft: Draft) => void] {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  const setDraft = (next: Draft) => setDrafts((before) => new Map(before).set(at, next));
  return [drafts.get(at) ?? emptyDraft, setDraft];
}

/** Puts a prepared command into the composer as soon as the person is shown it. */
function usePrepared(
  { prepared, onPrepared, view }: PaneProps,
  leaves: readonly Leaf[],
  setDraft: (draft: Draft) => void,
) {
  useEffect(() => {
    const leaf = leaves.find(({ path }) => path === prepared?.path);
    if (!prepared || !leaf) return;
    setDraft(begin(leaf, filledWith(leaf, prepared.values, view.locale), prepared.files));
    onPrepared();
  }, [prepared, leaves]);
}

export function Pane(props: PaneProps): JSX.Element {
  const { live, view, read, label, active, onUsed, change, load, onRead, onActed } = props;
  const { locale } = view;
  const t = useMemo(() => wordsIn(locale), [locale]);
  const { people, epoch } = live.state;
  const person = personOf(live, view.key);
  const me = person?.id ?? '';
  const here = placeOf(live, person, view.place);
  const [draft, setDraft] = useDraft(`${me}/${here}`);
  const [form, setForm] = useState<OpenForm | undefined>();
  const [drawer, setDrawer] = useState(false);
  const leaves = useLeaves(me, here, `${epoch}/${live.commandsVersion}`, locale);
  const goTo = (place: string) => {
    setDrawer(false);
    change({ ...view, place });
  };
  const scene = usePaneScene({ me, locale, t, live, leaves, setDraft, openForm: setForm, goTo, onActed });
  usePrepared(props, leaves, setDraft);
  // A form of a shop that is gone can be sent to nobody.
  useEffect(() => setForm(undefined), [epoch]);
  const section = useRef<HTMLElement>(null);
  const dropping = useDrop(section, active, (files) => putIn(files, draft, { load, setDraft }));
  useTyping(section, active);
  const channel = live.channels.get(here);
  const title = titleOf(live, channel);
  const youAre = t('you_are_here', { name: person?.name ?? '', part: t(`part_${person?.part ?? 'buyer'}`) });
  return (
    <SceneProvider value={scene}>
      <section class="pane" ref={section} lang={locale} aria-label={label} onFocusIn={onUsed} onPointerDown={onUsed}>
        <div class={drawer ? 'frame drawer-open' : 'frame'}>
          <Sidebar
            live={live}
            here={here}
            read={read}
            be={(userId) => change({ key: live.people.get(userId)?.key ?? '', locale })}
            speak={(next) => change({ ...view, locale: next })}
          />
          <div class="chat">
            <ChatHeader {...{ live, channel, title, youAre, read, drawer, setDrawer }} />
            <div class="inner">
              <Talk {...{ live, here, title, leaves, draft, setDraft, onRead }} />
              <Members live={live} channel={channel} />
            </div>
          </div>
          <button type="button" class="veil" aria-label={t('close')} onClick={() => setDrawer(false)} />
        </div>
        {dropping && <DropHere draft={draft} name={importer(people, view.key)?.name ?? ''} />}
        {form && <Form key={form.interactionId} form={form} whose={youAre} close={() => setForm(undefined)} />}
      </section>
    </SceneProvider>
  );
}

/** Says what becomes of files dropped here. @param name who would bring a table of orders in */
function DropHere({ draft, name }: { readonly draft: Draft; readonly name: string }): JSX.Element {
  const { t } = useScene();
  return <div class="drop-here">{t(isFree(draft) ? 'drop_here' : 'drop_along', { name })}</div>;
}
