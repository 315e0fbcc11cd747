// An interaction as Discord sends it, read without trust into what the router needs.
import {
  type APIInteraction,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { trim } from '../domain/text.ts';
import { cached } from '../i18n/cached.ts';
import type { UploadedFile } from './command.ts';

interface Common {
  readonly id: string;
  readonly token: string;
  readonly applicationId: string;
  /** Undefined in a DM. */
  readonly guildId: string | undefined;
  /** Empty where it does not say who asks: then nothing is known of what is asked either. */
  readonly userId: string;
  readonly roleIds: readonly string[];
  readonly manager: boolean;
  /** As Discord says, such as `zh-TW`. */
  readonly locale: string | undefined;
}

export interface IncomingCommand extends Common {
  readonly kind: 'command' | 'autocomplete';
  readonly command: string;
  readonly action: string | undefined;
  /** As text, by option name. */
  readonly options: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, UploadedFile>>;
  /** The option being typed. */
  readonly focused: string | undefined;
}

export interface IncomingComponent extends Common {
  readonly kind: 'component' | 'form';
  readonly customId: string;
  readonly values: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  /** The message it stands on: absent for a form opened by a command. `own`: nobody else sees it. */
  readonly message: { readonly own: boolean } | undefined;
}

export type Incoming = IncomingCommand | IncomingComponent;

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const isText = (value: unknown): value is string => typeof value === 'string';

function text(value: unknown): string {
  if (isText(value)) return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** People share a few sets of permissions. */
const isManager = cached((permissions: string) => {
  if (!/^\d{1,30}$/.test(permissions)) return false;
  return (BigInt(permissions) & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n;
});

/** Undefined where it does not say how it could be answered. */
function commonOf(raw: Json): Common | undefined {
  const { id, token, guild_id: guildId, locale } = raw;
  if (!isText(id) || !isText(token)) return undefined;
  const member = isObject(raw.member) ? raw.member : {};
  const user = [member.user, raw.user].find(isObject);
  return {
    id,
    token,
    applicationId: text(raw.application_id),
    guildId: isText(guildId) ? guildId : undefined,
    userId: isText(user?.id) ? user.id : '',
    roleIds: Array.isArray(member.roles) ? member.roles.filter(isText) : [],
    manager: isText(member.permissions) && isManager(member.permissions),
    locale: isText(locale) ? locale : undefined,
  };
}

const subcommand = 1;
const attachment = 11;

function fileOf(id: string, resolved: unknown): UploadedFile | undefined {
  const attachments = isObject(resolved) && isObject(resolved.attachments) ? resolved.attachments : {};
  const file = attachments[id];
  return isObject(file) ? { name: text(file.filename), size: Number(file.size) || 0, url: text(file.url) } : undefined;
}

function commandOf(common: Common, raw: Json, kind: IncomingCommand['kind']): IncomingCommand {
  const isOurs =
    common.userId !== '' && (raw.type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput;
  const top = list(raw.options);
  const chosen = top.find((option) => option.type === subcommand);
  const options: Record<string, string> = {};
  const files: Record<string, UploadedFile> = {};
  let focused: string | undefined;
  for (const option of chosen ? list(chosen.options) : top) {
    const [name, value] = [text(option.name), text(option.value)];
    options[name] = value;
    const file = option.type === attachment ? fileOf(value, raw.resolved) : undefined;
    if (file) files[name] = file;
    if (option.focused === true) focused ??= name;
  }
  // What is spread comes last: an object that grows after being copied costs more than all else done here.
  return {
    kind,
    command: isOurs ? text(raw.name) : '',
    action: chosen && text(chosen.name),
    options,
    files,
    focused,
    ...common,
  };
}

/** Every field of a form, however its rows and labels are nested: what was typed, or the one value chosen. */
function fieldsOf(components: unknown, into: Record<string, string> = {}): Record<string, string> {
  for (const component of list(components)) {
    if (component.type === ComponentType.TextInput) into[text(component.custom_id)] = trim(text(component.value));
    if (
      component.type === ComponentType.StringSelect &&
      Array.isArray(component.values) &&
      component.values.length > 0
    ) {
      into[text(component.custom_id)] = text(component.values[0]);
    }
    if (isObject(component.component)) fieldsOf([component.component], into);
    fieldsOf(component.components, into);
  }
  return into;
}

function componentOf(common: Common, raw: Json, kind: IncomingComponent['kind']): IncomingComponent {
  const data = isObject(raw.data) ? raw.data : {};
  const message = isObject(raw.message) ? raw.message : undefined;
  return {
    kind,
    customId: common.userId !== '' && isText(data.custom_id) ? data.custom_id : '',
    values: Array.isArray(data.values) ? data.values.map(text).slice(0, 25) : [],
    fields: kind === 'form' ? fieldsOf(data.components) : {},
    message: message && { own: !common.guildId || (Number(message.flags ?? 0) & MessageFlags.Ephemeral) !== 0 },
    ...common,
  };
}

/** What was asked, or nothing where it cannot be answered or is of a kind this bot does not know. */
export function readInteraction(interaction: APIInteraction): Incoming | undefined {
  const raw: Json = isObject(interaction) ? (interaction as unknown as Json) : {};
  const common = commonOf(raw);
  if (!common) return undefined;
  const data = isObject(raw.data) ? raw.data : {};
  switch (raw.type) {
    case InteractionType.ApplicationCommand:
      return commandOf(common, data, 'command');
    case InteractionType.ApplicationCommandAutocomplete:
      return commandOf(common, data, 'autocomplete');
    case InteractionType.MessageComponent:
      return componentOf(common, raw, 'component');
    case InteractionType.ModalSubmit:
      return componentOf(common, raw, 'form');
    default:
      return undefined;
  }
}
