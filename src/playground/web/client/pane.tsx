// One person's Discord: what they see, and how they act.
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Command } from '../../local-discord/types.ts';
import type { Action, ActResult, ShownChannel, ShownMessage } from '../protocol.ts';
import { commandsOf, tryToAct } from './api.ts';
import { ChatHeader, isThread } from './chat-header.tsx';
import { filledWith, leavesOf } from './command-model.ts';
import { Composer } from './composer.tsx';
import { begin, type Draft, emptyDraft } from './draft.ts';
import { Form, type OpenForm } from './form.tsx';
import { channelsOf, dmOf, type Live, nameOf, seenBy, shopNow } from './live.ts';
import { Members } from './members.tsx';
import type { Mentionable } from './mentions.ts';
import { Messages, type Pending } from './messages.tsx';
import { importer } from './own-orders.ts';
import { isFree, putIn, useDrop, useTyping } from './pane-input.ts';
import { type Candidate, type Files, type PickKind, type Scene, SceneProvider } from './scene.ts';
import { type Read, Sidebar } from './sidebar.tsx';
import { type Locale, type Words, wordsIn } from './words.ts';

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

const textChannels = [0, 5];

function placeOf(live: Live, userId: string, homeId: string | undefined, place: string | undefined): string {
  const dm = dmOf(live, userId);
  if (place && (place === dm?.id || live.channels.get(place)?.seenBy.includes(userId))) return place;
  return homeId ?? channelsOf(live, userId)[0]?.id ?? dm?.id ?? '';
}

function pickable(live: Live, kinds: readonly PickKind[]): Candidate[] {
  const { people, roles, guild } = live.state;
  const channels = [...live.channels.values()].filter(({ guildId, type }) => guildId && textChannels.includes(type));
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

/** What a place is called, as its messages are headed. */
function titleOf(live: Live, channel: ShownChannel | undefined): string {
  if (channel?.guildId === null) return nameOf(live, live.state.botId);
  return `${isThread(channel) ? '' : '#'}${channel?.name ?? ''}`;
}

/** Who can be mentioned in a channel: the bot, and who sees it. */
function mentionable(live: Live, channel: ShownChannel | undefined, t: Words): Mentionable[] {
  const there = live.state.people.filter(({ id, bot }) => bot || channel?.seenBy.includes(id));
  return there
    .sort((a, b) => Number(b.bot) - Number(a.bot))
    .map(({ id, name, bot, part }) => ({ id, name, hint: bot ? 'APP' : t(`part_${part ?? 'buyer'}`) }));
}

export function Pane(props: Props): JSX.Element {
  const { live, view, read, label, active, onUsed, change, load, onRead, prepared, onPrepared, onActed } = props;
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
  const [drawer, setDrawer] = useState(false);
  const section = useRef<HTMLElement>(null);
  const dropping = useDrop(section, active, (files) => putIn(files, draft, { load, setDraft }));
  useTyping(section, active);
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
            <ChatHeader
              live={live}
              channel={channel}
              title={title}
              youAre={youAre}
              read={read}
              drawer={drawer}
              setDrawer={setDrawer}
            />
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
                  people={mentionable(live, channel, t)}
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
        {dropping && (
          <div class="drop-here">
            {t(isFree(draft) ? 'drop_here' : 'drop_along', { name: importer(live.state.people, view.key)?.name ?? '' })}
          </div>
        )}
        {form && <Form key={form.interactionId} form={form} whose={youAre} close={() => setForm(undefined)} />}
      </section>
    </SceneProvider>
  );
}
