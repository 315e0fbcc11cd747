// A message as readable plain text, for a terminal, a log or a test.
import { isSelect } from './component-tree.ts';
import { formatTimestamp } from './timestamp.ts';
import { type Component, ComponentType, type Embed, type Emoji, type Message } from './types.ts';

export interface RenderOptions {
  /** BCP 47 language for dates; default `en-US`. */
  readonly locale?: string;
  /** IANA time zone for dates; default `UTC`. */
  readonly timeZone?: string;
  /** UTC epoch milliseconds that relative times are told from; by default when the message was sent, or last edited. */
  readonly now?: number;
  /** Names for ids in mentions of channels, roles and people; people mentioned in the message are known anyway. */
  readonly nameOf?: (id: string) => string | undefined;
}

const linkStyle = 5;
const ruleLine = '────────';

/**
 * The whole message as text: content, embeds, Components V2 in their order, attachments. Buttons and selects are
 * numbered from 1 as `interactiveComponents` orders them: `[1] Wait`, `[2] (disabled) Swap`, `[3] Help → https://…`.
 */
export function renderMessageText(message: Message, options: RenderOptions = {}): string {
  const inline = (text: string): string => renderInline(text, message, options);
  const painter = new Painter(inline);
  const parts = [
    message.content === '' ? [] : [inline(message.content)],
    message.embeds.flatMap((embed) => renderEmbed(embed, inline)),
    message.components.flatMap((component) => painter.paint(component)),
    attachmentLines(message),
  ];
  return parts.flat().join('\n');
}

class Painter {
  readonly #inline: (text: string) => string;
  #number = 0;

  constructor(inline: (text: string) => string) {
    this.#inline = inline;
  }

  paint(component: Component): string[] {
    if (component.type === ComponentType.button) return [this.#button(component)];
    if (isSelect(component)) return this.#select(component);
    switch (component.type) {
      case ComponentType.textDisplay:
        return [this.#inline(component.content ?? '')];
      case ComponentType.actionRow:
        return this.#row(component);
      case ComponentType.container:
        return (component.components ?? [])
          .flatMap((child) => this.paint(child))
          .map((line) => `│ ${line.replaceAll('\n', '\n│ ')}`);
      case ComponentType.section:
        return [...(component.components ?? []).flatMap((child) => this.paint(child)), ...this.#accessory(component)];
      case ComponentType.separator:
        return [component.divider === false ? '' : ruleLine];
      case ComponentType.mediaGallery:
        return (component.items ?? []).map(({ media, description }) => picture(media.url, description));
      case ComponentType.thumbnail:
        return [picture(component.media?.url ?? '', component.description)];
      case ComponentType.file:
        return [`(file: ${component.name ?? fileName(component.file?.url ?? '')})`];
      default:
        return [];
    }
  }

  #accessory(section: Component): string[] {
    return section.accessory === undefined ? [] : this.paint(section.accessory);
  }

  /** Buttons stand side by side; a select has lines of its own. */
  #row(row: Component): string[] {
    const inside = row.components ?? [];
    const lines = inside.flatMap((child) => this.paint(child));
    return inside.some(isSelect) ? lines : [lines.join('   ')];
  }

  #button(button: Component): string {
    this.#number += 1;
    const state = button.disabled === true ? '(disabled) ' : '';
    const link = button.style === linkStyle ? ` → ${button.url}` : '';
    return `[${this.#number}] ${state}${emojiText(button.emoji)}${button.label ?? ''}${link}`.trimEnd();
  }

  #select(select: Component): string[] {
    this.#number += 1;
    const state = select.disabled === true ? '(disabled) ' : '';
    const options = (select.options ?? []).map((option, index) => {
      const more = option.description ? ` · ${option.description}` : '';
      const mark = option.default === true ? ' ✓' : '';
      return `    ${this.#number}.${index + 1} ${emojiText(option.emoji)}${option.label}${more}${mark}`;
    });
    return [`[${this.#number}] ${state}▾ ${select.placeholder ?? ''}`.trimEnd(), ...options];
  }
}

function emojiText(emoji: Emoji | null | undefined): string {
  if (emoji == null) return '';
  return emoji.id == null ? `${emoji.name} ` : `:${emoji.name}: `;
}

function fileName(url: string): string {
  return decodeURIComponent(url.split('?')[0]?.split('/').at(-1) ?? '');
}

function picture(url: string, description?: string | null): string {
  return `(picture: ${description ?? fileName(url)})`;
}

function renderEmbed(embed: Embed, inline: (text: string) => string): string[] {
  const lines = [
    embed.author?.name,
    embed.title,
    embed.description,
    ...(embed.fields ?? []).map((field) => `${field.name}: ${field.value}`),
    embed.image == null ? undefined : picture(embed.image.url),
    embed.footer?.text,
  ];
  return lines
    .filter((line) => line != null && line !== '')
    .map((line) => `│ ${inline(line ?? '').replaceAll('\n', '\n│ ')}`);
}

/** Files that no component shows already. */
function attachmentLines(message: Message): string[] {
  const shown = JSON.stringify(message.components);
  return message.attachments
    .filter(({ url }) => !shown.includes(url))
    .map(({ filename, size }) => `(file: ${filename}, ${size} bytes)`);
}

/** Mentions, timestamps and custom emoji as a reader sees them; other markdown stays as it is. */
function renderInline(text: string, message: Message, options: RenderOptions): string {
  const named = (id: string): string | undefined => {
    const user = message.mentions.find((candidate) => candidate.id === id);
    return options.nameOf?.(id) ?? user?.global_name ?? user?.username;
  };
  const shownAt = Date.parse(message.edited_timestamp ?? message.timestamp);
  const { locale = 'en-US', timeZone = 'UTC', now = shownAt } = options;
  return text
    .replaceAll(/<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/g, (_, seconds, style) =>
      formatTimestamp(Number(seconds) * 1000, style ?? 'f', { locale, timeZone, now }),
    )
    .replaceAll(/<@!?(\d+)>/g, (_, id) => `@${named(id) ?? id}`)
    .replaceAll(/<@&(\d+)>/g, (_, id) => `@${named(id) ?? id}`)
    .replaceAll(/<#(\d+)>/g, (_, id) => `#${named(id) ?? id}`)
    .replaceAll(/<\/([^:>]+):\d+>/g, '/$1')
    .replaceAll(/<a?:(\w+):\d+>/g, ':$1:');
}
