// The shapes that travel between the bot, the local Discord and those who drive it (a part of Discord's API v10).
import type { Snowflake } from './snowflake.ts';

export type Json = Record<string, unknown>;

/** Something that can be named by its id or handed over whole. */
export type Ref = Snowflake | { readonly id: Snowflake };

export function idOf(ref: Ref): Snowflake {
  return typeof ref === 'string' ? ref : ref.id;
}

export const ChannelType = { text: 0, dm: 1, announcement: 5, publicThread: 11, privateThread: 12 } as const;
export type ChannelType = (typeof ChannelType)[keyof typeof ChannelType];

export const InteractionType = { command: 2, component: 3, autocomplete: 4, modalSubmit: 5 } as const;
export type InteractionType = (typeof InteractionType)[keyof typeof InteractionType];

export const MessageFlag = {
  suppressEmbeds: 4,
  ephemeral: 64,
  loading: 128,
  silent: 4096,
  componentsV2: 32768,
} as const;

export const ComponentType = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

export interface User {
  readonly id: Snowflake;
  username: string;
  global_name: string | null;
  discriminator: string;
  avatar: null;
  bot?: boolean;
  public_flags: number;
}

export interface Emoji {
  id?: Snowflake | null;
  name?: string;
  animated?: boolean;
}

export interface SelectOption {
  label: string;
  value: string;
  description?: string | null;
  default?: boolean | null;
  emoji?: Emoji | null;
}

export interface Media {
  url: string;
  attachment_id?: Snowflake;
}

/** Any component; which fields are there depends on `type` (see ComponentType). */
export interface Component {
  type: number;
  id?: number | null;
  custom_id?: string;
  components?: Component[];
  component?: Component;
  accessory?: Component;
  label?: string | null;
  description?: string | null;
  style?: number;
  disabled?: boolean | null;
  emoji?: Emoji | null;
  url?: string | null;
  sku_id?: Snowflake | null;
  options?: SelectOption[];
  placeholder?: string | null;
  min_values?: number | null;
  max_values?: number | null;
  channel_types?: number[] | null;
  content?: string;
  value?: string | null;
  required?: boolean | null;
  min_length?: number | null;
  max_length?: number | null;
  default?: boolean | null;
  items?: { media: Media; description?: string | null }[];
  media?: Media;
  file?: Media;
  name?: string;
  size?: number;
  divider?: boolean;
}

export interface Attachment {
  readonly id: Snowflake;
  filename: string;
  size: number;
  url: string;
  proxy_url: string;
  content_type?: string;
  description?: string | null;
  ephemeral?: boolean;
}

export interface Embed {
  title?: string | null;
  description?: string | null;
  url?: string | null;
  color?: number | null;
  author?: { name: string } | null;
  footer?: { text: string } | null;
  fields?: { name: string; value: string; inline?: boolean | null }[] | null;
  image?: { url: string } | null;
  thumbnail?: { url: string } | null;
  timestamp?: string | null;
}

export interface Message {
  readonly id: Snowflake;
  readonly channel_id: Snowflake;
  readonly author: User;
  type: number;
  content: string;
  timestamp: string;
  edited_timestamp: string | null;
  tts: boolean;
  mention_everyone: boolean;
  mentions: User[];
  mention_roles: Snowflake[];
  attachments: Attachment[];
  embeds: Embed[];
  components: Component[];
  pinned: boolean;
  flags: number;
  nonce?: string | number;
  guild_id?: Snowflake;
  webhook_id?: Snowflake;
  application_id?: Snowflake;
  interaction_metadata?: Json;
  message_reference?: { type: number; message_id: Snowflake; channel_id: Snowflake; guild_id?: Snowflake };
  referenced_message?: Message | null;
}

export type Localizations = Record<string, string> | null;

export interface CommandChoice {
  name: string;
  name_localizations?: Localizations;
  value: string | number;
}

export interface CommandOption {
  type: number;
  name: string;
  name_localizations?: Localizations;
  description: string;
  description_localizations?: Localizations;
  required?: boolean | null;
  autocomplete?: boolean | null;
  choices?: CommandChoice[] | null;
  options?: CommandOption[] | null;
  min_value?: number | null;
  max_value?: number | null;
  min_length?: number | null;
  max_length?: number | null;
  channel_types?: number[] | null;
}

export const OptionType = {
  subcommand: 1,
  subcommandGroup: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

export interface Command {
  readonly id: Snowflake;
  readonly application_id: Snowflake;
  readonly guild_id?: Snowflake;
  version: Snowflake;
  type: number;
  name: string;
  name_localizations: Localizations;
  description: string;
  description_localizations: Localizations;
  options?: CommandOption[];
  default_member_permissions: string | null;
  dm_permission?: boolean;
  contexts: number[] | null;
  integration_types: number[];
  nsfw: boolean;
}

export interface Modal {
  custom_id: string;
  title: string;
  components: Component[];
}

/** A file on its way in or out. */
export interface FileBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
}
