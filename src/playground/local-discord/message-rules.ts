// What Discord demands of a message beyond the schema: lengths, flags, mentions, embeds, attachments.
import { checkMessageComponents, lengthOf } from './component-rules.ts';
import { FormErrors, refusal } from './errors.ts';
import { type Attachment, type Component, type Embed, type FileBytes, MessageFlag } from './types.ts';

const maxContent = 2000;
const maxEmbedText = 6000;
const maxFileBytes = 10 * 1024 * 1024;

export interface AllowedMentions {
  readonly parse?: readonly ('users' | 'roles' | 'everyone')[] | null;
  readonly users?: readonly string[] | null;
  readonly roles?: readonly string[] | null;
  readonly replied_user?: boolean | null;
}

/** The body of a request that makes or edits a message, once its schema has been checked. */
export interface MessageBody {
  content?: string | null;
  embeds?: Embed[] | null;
  components?: Component[] | null;
  attachments?: { id: string; filename?: string | null; description?: string | null }[] | null;
  allowed_mentions?: AllowedMentions | null;
  flags?: number | null;
  tts?: boolean | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  sticker_ids?: string[] | null;
  poll?: object | null;
  message_reference?: {
    message_id: string;
    channel_id?: string | null;
    fail_if_not_exists?: boolean | null;
    type?: number | null;
  } | null;
}

/** What a message already has when it is edited. */
export interface Before {
  readonly content: string;
  readonly embeds: readonly Embed[];
  readonly components: readonly Component[];
  readonly attachments: readonly Attachment[];
  readonly flags: number;
}

const nothing: Before = { content: '', embeds: [], components: [], attachments: [], flags: 0 };

/** Whether the message is one of components alone after this body has been applied. */
export function isComponentsV2(body: MessageBody, before: Before = nothing): boolean {
  return ((body.flags ?? before.flags) & MessageFlag.componentsV2) !== 0;
}

export interface MessageCheck {
  readonly files: readonly FileBytes[];
  /** The message as it stands, when it is edited. */
  readonly before?: Before;
  /** Where the message stands inside the request's body. */
  readonly root?: readonly string[];
}

/** Refuses (50035, 50006) a message that Discord would refuse. */
export function checkMessage(body: MessageBody, { files, before = nothing, root = [] }: MessageCheck): void {
  const errors = new FormErrors(root);
  const isV2 = isComponentsV2(body, before);
  if (lengthOf(body.content ?? '') > maxContent) {
    errors.add(['content'], 'BASE_TYPE_MAX_LENGTH', `Must be ${maxContent} or fewer in length.`);
  }
  if (isV2) checkNoLegacyFields(body, before, errors);
  else if ((before.flags & MessageFlag.componentsV2) !== 0) {
    const message = 'The IS_COMPONENTS_V2 flag cannot be removed from a message';
    errors.add(['flags'], 'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG', message);
  }
  checkEmbeds(body.embeds ?? [], errors);
  checkAllowedMentions(body.allowed_mentions, errors);
  checkFiles(body, files, before, errors);
  const names = [...before.attachments.map((attachment) => attachment.filename), ...files.map((file) => file.name)];
  checkMessageComponents(body.components ?? [], isV2, names, errors);
  errors.throwIfAny();
  if (isEmpty(body, files, before)) throw refusal(50006);
}

function checkNoLegacyFields(body: MessageBody, before: Before, errors: FormErrors): void {
  const used = {
    content: body.content === undefined ? before.content !== '' : Boolean(body.content),
    embeds: (body.embeds === undefined ? before.embeds : (body.embeds ?? [])).length > 0,
    sticker_ids: (body.sticker_ids ?? []).length > 0,
    poll: body.poll != null,
  };
  for (const [field, isUsed] of Object.entries(used)) {
    if (!isUsed) continue;
    const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    errors.add([field], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message);
  }
}

function checkEmbeds(embeds: readonly Embed[], errors: FormErrors): void {
  const total = embeds.reduce((sum, embed) => sum + embedTextLength(embed), 0);
  if (total > maxEmbedText) {
    errors.add(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${maxEmbedText}`);
  }
  for (const [index, embed] of embeds.entries()) {
    const hasPicture = embed.image != null || embed.thumbnail != null;
    if (embedTextLength(embed) === 0 && !hasPicture) errors.required(['embeds', index, 'description']);
    for (const [place, field] of (embed.fields ?? []).entries()) {
      if (field.name === '') errors.required(['embeds', index, 'fields', place, 'name']);
      if (field.value === '') errors.required(['embeds', index, 'fields', place, 'value']);
    }
  }
}

function embedTextLength(embed: Embed): number {
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value]);
  const texts = [embed.title, embed.description, embed.author?.name, embed.footer?.text, ...fields];
  return texts.reduce((sum, text) => sum + lengthOf(text ?? ''), 0);
}

function checkAllowedMentions(allowed: AllowedMentions | null | undefined, errors: FormErrors): void {
  for (const kind of ['users', 'roles'] as const) {
    const ids = allowed?.[kind] ?? [];
    if (ids.length === 0 || allowed?.parse?.includes(kind) !== true) continue;
    const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
    errors.add(['allowed_mentions'], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
  }
}

function checkFiles(body: MessageBody, files: readonly FileBytes[], before: Before, errors: FormErrors): void {
  for (const [index, file] of files.entries()) {
    if (file.bytes.byteLength > maxFileBytes) {
      errors.add(['files', index], 'BASE_TYPE_BAD_LENGTH', 'File cannot be larger than 10485760 bytes.');
    }
  }
  const known = new Set([...before.attachments.map((kept) => kept.id), ...files.keys()].map(String));
  for (const [index, attachment] of (body.attachments ?? []).entries()) {
    if (!known.has(attachment.id)) {
      errors.add(['attachments', index, 'id'], 'ATTACHMENT_NOT_FOUND', 'Attachment data not found');
    }
  }
}

function isEmpty(body: MessageBody, files: readonly FileBytes[], before: Before): boolean {
  const attachments = body.attachments === undefined ? before.attachments : (body.attachments ?? []);
  return [
    (body.content === undefined ? before.content : (body.content ?? '')).trim(),
    body.embeds === undefined ? before.embeds : (body.embeds ?? []),
    body.components === undefined ? before.components : (body.components ?? []),
    attachments,
    files,
    body.sticker_ids ?? [],
    body.poll == null ? [] : [body.poll],
  ].every((part) => part.length === 0);
}
