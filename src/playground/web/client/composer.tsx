// Where one writes: messages, and slash commands after a `/`.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ActResult, ShownMessage } from '../protocol.ts';
import type { Leaf } from './command-model.ts';
import { type Draft, emptyDraft, problemIn, sentOf } from './draft.ts';
import { type Mentionable, withMentions } from './mentions.ts';
import { useScene } from './scene.ts';
import { SlashBar } from './slash-bar.tsx';
import { TextBar } from './text-bar.tsx';

interface Props {
  readonly channelId: string;
  readonly placeholder: string;
  readonly leaves: readonly Leaf[];
  /** Who can be mentioned here, best first. */
  readonly people: readonly Mentionable[];
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly replyTo: ShownMessage | undefined;
  readonly endReply: () => void;
  /** A command has been sent: shown as under way until it is answered. */
  readonly onCommand: (path: string, answered: Promise<unknown>) => void;
}

const maxLetters = 2000;

/** Sends what is written, and tells why it could not be sent. */
function useSending({ channelId, people, draft, setDraft, replyTo, endReply, onCommand }: Props) {
  const { t, act } = useScene();
  const [failed, setFailed] = useState('');
  const newest = useRef(draft);
  newest.current = draft;
  /** What was refused is there to be changed, unless something else is being written. */
  const told = async (doing: Promise<ActResult>) => {
    const result = await doing;
    if (result.ok) return;
    setFailed(result.why === 'silence' ? t('no_answer') : result.text);
    if (result.why === 'refused' && !newest.current.leaf && newest.current.text === '') setDraft(draft);
  };
  const sendCommand = (leaf: Leaf) => {
    const wrong = leaf.options.find((option) => problemIn(option, draft.entries.get(option.name)));
    if (wrong) return setFailed(t('option_wrong'));
    const { values, files } = sentOf(draft);
    setFailed('');
    setDraft({ ...emptyDraft, files: draft.files });
    onCommand(leaf.shown, told(act({ kind: 'command', channelId, path: leaf.path, values }, files)));
  };
  const sendMessage = () => {
    const content = withMentions(draft.text.trim(), people);
    if (content === '' && draft.files.length === 0) return;
    if ([...content].length > maxLetters) return setFailed(t('too_long', { max: maxLetters }));
    setFailed('');
    setDraft(emptyDraft);
    endReply();
    const action = { kind: 'message', channelId, content, ...(replyTo && { replyTo: replyTo.id }) } as const;
    void told(act(action, new Map(draft.files.length > 0 ? [['files', draft.files]] : [])));
  };
  return { failed, setFailed, sendCommand, sendMessage };
}

export function Composer(props: Props): JSX.Element {
  const { channelId, draft, replyTo, endReply } = props;
  const { failed, setFailed, sendCommand, sendMessage } = useSending(props);
  const setDraft = (next: Draft) => {
    setFailed('');
    props.setDraft(next);
  };
  const { leaf } = draft;
  const hadLeaf = useRef(false);
  useEffect(() => {
    hadLeaf.current = leaf !== undefined;
  }, [leaf]);
  return (
    <div class="composer">
      {failed && <Failed why={failed} close={() => setFailed('')} />}
      {replyTo && <Replying to={replyTo} end={endReply} />}
      {leaf ? (
        <SlashBar
          key={leaf.path}
          draft={draft}
          leaf={leaf}
          channelId={channelId}
          setDraft={setDraft}
          send={() => sendCommand(leaf)}
          cancel={() => setDraft({ ...emptyDraft, files: draft.files })}
        />
      ) : (
        <TextBar {...props} goesOn={hadLeaf.current} setDraft={setDraft} send={sendMessage} />
      )}
    </div>
  );
}

function Failed({ why, close }: { readonly why: string; readonly close: () => void }): JSX.Element {
  const { t } = useScene();
  return (
    <div class="failed" role="alert">
      {why}
      <button type="button" class="text-button" onClick={close}>
        {t('close')}
      </button>
    </div>
  );
}

function Replying({ to, end }: { readonly to: ShownMessage; readonly end: () => void }): JSX.Element {
  const { t } = useScene();
  return (
    <div class="replying">
      {t('replying_to', { name: to.author.username })}
      <button type="button" class="text-button" onClick={end}>
        {t('cancel')}
      </button>
    </div>
  );
}
