// One person's Discord: what they see, and how they act.
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Command } from '../../local-discord/types.ts';
import { OptionType } from '../../local-discord/types.ts';
import type { Action, ActResult, ShownMessage } from '../protocol.ts';
import { commandsOf, tryToAct } from './api.ts';
import { filledWith, leavesOf } from './command-model.ts';
import { Composer } from './composer.tsx';
import { begin, type Draft, emptyDraft, withEntry } from './draft.ts';
import { Form, type OpenForm } from './form.tsx';
import { Icon } from './icon.tsx';
import { channelsOf, dmOf, type Live, nameOf, seenBy, shopNow } from './live.ts';
import { Members } from './members.tsx';
import { Messages, type Pending } from './messages.tsx';
import { importer, isTable } from './own-orders.ts';
import { type Candidate, type Files, type PickKind, type Scene, SceneProvider } from './scene.ts';
import { type Read, Sidebar } from './sidebar.tsx';
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

interface Props {
  readonly live: Live;
  readonly view: View;
  readonly read: Read;
  readonly label: string;
  readonly change: (view: View) => void;
  /** Begins an import of somebody's own orders, as a merchant. */
  readonly load: (file: File) => void;
  readonly onRead: (userId: string, channelId: string, messageId: string) => void;
  readonly prepared: Prepared | undefined;
  readonly onPrepared: () => void;
  /** Told of each action and what came of it. */
  readonly onActed: (userId: string, action: Action, result: ActResult) => void;
}

const TEXT_CHANNELS = [0, 5];

function placeOf(live: Live, userId: string, homeId: string | undefined, place: string | undefined): string {
  const dm = dmOf(live, userId);
  if (place && (place === dm?.id || live.channels.get(place)?.seenBy.includes(userId))) return place;
  return homeId ?? channelsOf(live, userId)[0]?.id ?? dm?.id ?? '';
}

function pickable(live: Live, kinds: readonly PickKind[]): Candidate[] {
  const { people, roles, guild } = live.state;
  const channels = [...live.channels.values()].filter(({ guildId, type }) => guildId && TEXT_CHANNELS.includes(type));
  const all: Candidate[] = [
    ...people.filter(({ bot }) => !bot).map(({ id, name }) => ({ id, name, kind: 'user' as const })),
    ...roles.filter(({ id }) => id !== guild.id).map(({ id, name }) => ({ id, name, kind: 'role' as const })),
    ...channels.map(({ id, name }) => ({ id, name, kind: 'channel' as const })),
  ];
  return all.filter(({ kind }) => kinds.includes(kind));
}

/** The commands a person is shown in a place. */
function useCommands(userId: string, channelId: string, version: string): readonly Command[] | undefined {
  const [found, setFound] = useState<{ for: string; commands: readonly Command[] } | undefined>();
  const wanted = `${userId}/${channelId}/${version}`;
  useEffect(() => {
    let gone = false;
    if (channelId) {
      commandsOf(userId, channelId)
        .then((commands) => !gone && setFound({ for: wanted, commands }))
        .catch(() => undefined);
    }
    return () => {
      gone = true;
    };
  }, [wanted]);
  return found?.for === wanted ? found.commands : undefined;
}

/** A table of orders, dropped where nothing is being written. */
function ordersIn([file, ...others]: readonly File[], { leaf, text, files }: Draft): File | undefined {
  const isFree = !leaf && text === '' && files.length === 0;
  return isFree && file && others.length === 0 && isTable(file) ? file : undefined;
}

/** Dropped files go where they are wanted: a table of orders into an import, others into the command at hand, else into a message. */
function take(
  files: readonly File[],
  draft: Draft,
  { load, setDraft }: Pick<Props, 'load'> & { readonly setDraft: (draft: Draft) => void },
): void {
  const orders = ordersIn(files, draft);
  if (orders) {
    load(orders);
    return;
  }
  const [file] = files;
  const option = draft.leaf?.options.find(({ type }) => type === OptionType.attachment);
  if (file && option) setDraft(withEntry(draft, option.name, { text: file.name, value: file }));
  else setDraft({ ...draft, files: [...draft.files, ...files] });
}

export function Pane(props: Props): JSX.Element {
  const { live, view, read, label, change, load, onRead, prepared, onPrepared, onActed } = props;
  const { locale } = view;
  const t = useMemo(() => wordsIn(locale), [locale]);
  const person = live.state.people.find(({ key }) => key === view.key) ?? live.state.people.find(({ key }) => key);
  const me = person?.id ?? '';
  const here = placeOf(live, me, person?.homeId, view.place);
  const channel = live.channels.get(here);
  const isDm = channel?.guildId === null;
  const at = `${me}/${here}`;
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  const draft = drafts.get(at) ?? emptyDraft;
  const setDraft = (next: Draft) => setDrafts((before) => new Map(before).set(at, next));
  const [reply, setReply] = useState<{ readonly at: string; readonly to: ShownMessage } | undefined>();
  const replyTo = reply?.at === at ? reply.to : undefined;
  const [form, setForm] = useState<OpenForm | undefined>();
  const [pending, setPending] = useState<readonly (Pending & { readonly channelId: string })[]>([]);
  const [dragging, setDragging] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const now = useRef({ live, view, me, setDraft });
  now.current = { live, view, me, setDraft };

  const act = useCallback(
    async (action: Action, files?: Files) => {
      const sent = await tryToAct({ as: me, locale, action }, files);
      const result: ActResult = typeof sent === 'string' ? { ok: false, why: 'refused', text: t(sent) } : sent;
      if (result.ok && result.shows === 'modal') setForm(result);
      if (action.kind !== 'autocomplete') onActed(me, action, result);
      return result;
    },
    [me, locale, t],
  );
  const onReply = useCallback((to: ShownMessage) => setReply({ at, to }), [at]);
  const commands = useCommands(me, here, `${live.state.epoch}/${live.commandsVersion}`);
  const leaves = useMemo(() => leavesOf(commands ?? [], locale), [commands, locale]);
  const leavesNow = useRef(leaves);
  leavesNow.current = leaves;
  const scene = useMemo((): Scene => {
    return {
      me,
      locale,
      t,
      act,
      nameOf: (id) => nameOf(now.current.live, id),
      now: () => shopNow(now.current.live, performance.now()),
      candidates: (kinds) => pickable(now.current.live, kinds),
      goTo: (place) => {
        setDrawer(false);
        change({ ...now.current.view, place });
      },
      fillIn: (path) => {
        const leaf = leavesNow.current.find((one) => one.path === path || one.shown === path);
        now.current.setDraft(leaf ? begin(leaf) : { ...emptyDraft, text: path });
      },
    };
  }, [me, locale, act]);

  useEffect(() => {
    const leaf = leaves.find(({ path }) => path === prepared?.path);
    if (!prepared || !leaf) return;
    setDraft(begin(leaf, filledWith(leaf, prepared.values, locale), prepared.files));
    onPrepared();
  }, [prepared, leaves]);
  // A form of a shop that is gone can be sent to nobody.
  useEffect(() => setForm(undefined), [live.state.epoch]);
  const messages = seenBy(live, here, me);
  const newest = messages.at(-1)?.id;
  useEffect(() => {
    if (newest) onRead(me, here, newest);
  }, [me, here, newest]);

  const typing = live.typing.get(here);
  const isTyping = typing && typing.userId !== me && typing.until > performance.now();
  const title = isDm ? nameOf(live, live.state.botId) : `#${channel?.name ?? ''}`;
  return (
    <SceneProvider value={scene}>
      <section
        class="pane"
        lang={locale}
        aria-label={label}
        onDragOver={(event) => {
          event.preventDefault();
          setDragging(true);
        }}
        onDragLeave={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget as globalThis.Node | null)) setDragging(false);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setDragging(false);
          take([...(event.dataTransfer?.files ?? [])], draft, { load, setDraft });
        }}
      >
        <div class={drawer ? 'frame drawer-open' : 'frame'}>
          <Sidebar
            live={live}
            here={here}
            read={read}
            be={(userId) => change({ key: live.people.get(userId)?.key ?? '', locale })}
            speak={(next) => change({ ...view, locale: next })}
          />
          <div class="chat">
            <header>
              <button
                type="button"
                class="menu"
                aria-label={t('channels')}
                aria-expanded={drawer}
                onClick={() => setDrawer(!drawer)}
              >
                <Icon of="menu" />
              </button>
              <h1>{title}</h1>
              <span class="as">
                {t('you_are_here', { name: person?.name ?? '', part: t(`part_${person?.part ?? 'buyer'}`) })}
              </span>
            </header>
            <div class="inner">
              <div class="talk">
                <Messages
                  key={`${at}/${live.state.epoch}`}
                  title={title}
                  welcome={t(isDm ? 'welcome_dm' : 'welcome_channel', { name: title })}
                  messages={messages}
                  pending={pending.filter(({ channelId }) => channelId === here)}
                  typing={isTyping ? nameOf(live, typing.userId) : undefined}
                  onReply={onReply}
                />
                <Composer
                  key={`composer/${at}`}
                  channelId={here}
                  placeholder={t(isDm ? 'message_dm' : 'message_to', { name: title })}
                  leaves={leaves}
                  draft={draft}
                  setDraft={setDraft}
                  replyTo={replyTo}
                  endReply={() => setReply(undefined)}
                  onCommand={(path, answered) => {
                    const one = { id: performance.now(), path, channelId: here };
                    setPending((before) => [...before, one]);
                    void answered.finally(() => setPending((before) => before.filter((other) => other !== one)));
                  }}
                />
              </div>
              <Members live={live} channel={channel} />
            </div>
          </div>
          <button type="button" class="veil" aria-label={t('close')} onClick={() => setDrawer(false)} />
        </div>
        {dragging && <DropHere live={live} view={view} />}
        {form && <Form key={form.interactionId} form={form} close={() => setForm(undefined)} />}
      </section>
    </SceneProvider>
  );
}

function DropHere({ live, view }: Pick<Props, 'live' | 'view'>): JSX.Element {
  const name = importer(live.state.people, view.key)?.name ?? '';
  return <div class="drop-here">{wordsIn(view.locale)('drop_here', { name })}</div>;
}
