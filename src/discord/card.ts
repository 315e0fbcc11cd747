// Cards as raw Discord components: what every view builds, and nothing sends unfitted.
import type {
  APIButtonComponentWithCustomId,
  APIComponentInContainer,
  APIContainerComponent,
  APIMessageTopLevelComponent,
  APISelectMenuOption,
  APIStringSelectComponent,
} from 'discord.js';
import { clip, type Markup, plainText } from '../i18n/markup.ts';
import { fitComponents } from './limits.ts';

/** What a card is about, as its accent colour. A word or mark says the same: colour never stands alone. */
export type Tone = 'overdue' | 'soon' | 'good' | 'closed' | 'neutral';

const colours: Readonly<Record<Tone, number>> = {
  overdue: 0xd83c3e,
  soon: 0xe8a33d,
  good: 0x3ba55d,
  closed: 0x80848e,
  neutral: 0x5865f2,
};

/** The mark that stands beside a colour. */
export const marks: Readonly<Record<Exclude<Tone, 'neutral'>, string>> = {
  overdue: '🔴',
  soon: '🟠',
  good: '🟢',
  closed: '⚪',
};

/** A file that goes out with a card. The name is ours, never data. */
export interface OutgoingFile {
  readonly name: string;
  readonly data: Buffer;
}

/** A message body as Discord takes it, without the ephemeral flag: Components V2, nobody pinged. */
export interface MessageBody {
  readonly flags: number;
  readonly components: APIMessageTopLevelComponent[];
  readonly allowed_mentions: { readonly parse: [] };
}

/** A body with the files it refers to. */
export interface Card {
  readonly body: MessageBody;
  readonly files: readonly OutgoingFile[];
}

export type Button = APIButtonComponentWithCustomId;
/** A row: up to five buttons, or one select. */
export type Row = readonly Button[] | APIStringSelectComponent;

const styles = { primary: 1, secondary: 2, success: 3, danger: 4 } as const;

/**
 * A button.
 * @param customId from a `customId(...)` schema
 * @param label says what happens, in plain text (`t.plain`); cut at 80 characters
 */
export function button(
  customId: string,
  label: string,
  options: { readonly style?: keyof typeof styles; readonly disabled?: boolean } = {},
): Button {
  return {
    type: 2,
    style: styles[options.style ?? 'secondary'],
    custom_id: customId,
    label: clip(label, 80),
    ...(options.disabled && { disabled: true }),
  };
}

export interface Choice {
  readonly value: string;
  /** Data is welcome: it is cleaned and cut. */
  readonly label: string;
  readonly description?: string | undefined;
}

/** A select of one (or up to `max`) of at most 25 choices; further ones are left out. */
export function select(
  customId: string,
  placeholder: string,
  choices: readonly Choice[],
  options: { readonly max?: number } = {},
): APIStringSelectComponent {
  const shown: APISelectMenuOption[] = choices.slice(0, 25).map((choice) => ({
    value: choice.value,
    label: plainText(choice.label, 100) || '–',
    ...(choice.description && { description: plainText(choice.description, 100) }),
  }));
  return {
    type: 3,
    custom_id: customId,
    placeholder: clip(placeholder, 150),
    options: shown,
    min_values: 1,
    max_values: Math.min(options.max ?? 1, Math.max(1, shown.length)),
  };
}

export interface CardContent {
  readonly tone: Tone;
  /** One paragraph each; `undefined` is left out, so that views can say `cond ? text : undefined`. Ten lines fit a phone. */
  readonly lines: readonly (Markup | undefined)[];
  readonly rows?: readonly (Row | undefined)[];
  /** Shown below the text and sent along. */
  readonly files?: readonly OutgoingFile[];
}

function rowComponent(row: Row): APIComponentInContainer | undefined {
  if ('type' in row) return row.options.length > 0 ? { type: 1, components: [row] } : undefined;
  return row.length > 0 ? { type: 1, components: row.slice(0, 5) } : undefined;
}

function textOf(lines: CardContent['lines']): string {
  let text = '';
  for (const line of lines) if (line && line.text !== '') text += text === '' ? line.text : `\n${line.text}`;
  return text;
}

function container({ tone, lines, files = [], rows = [] }: CardContent): APIContainerComponent {
  const components: APIComponentInContainer[] = [];
  const text = textOf(lines);
  if (text) components.push({ type: 10, content: text });
  for (const file of files) components.push({ type: 13, file: { url: `attachment://${file.name}` } });
  for (const row of rows) {
    const component = row && rowComponent(row);
    if (component) components.push(component);
  }
  return { type: 17, accent_color: colours[tone], components };
}

const componentsV2 = 1 << 15;

/** One message of one or more cards, cut to what Discord takes. */
export function cards(...contents: readonly CardContent[]): Card {
  return {
    body: {
      flags: componentsV2,
      components: fitComponents(contents.map(container)),
      allowed_mentions: { parse: [] },
    },
    files: contents.flatMap((content) => content.files ?? []),
  };
}

/** One card of nothing but text. */
export function textCard(tone: Tone, ...lines: readonly (Markup | undefined)[]): Card {
  return cards({ tone, lines });
}

const containersOf = ({ body }: Card) => body.components.filter((component) => component.type === 17);

/** Cards above another in one message, as text only: what can be pressed is on the one below. */
export function above(first: readonly Card[], main: Card): Card {
  const texts = first
    .flatMap(containersOf)
    .map((one) => ({ ...one, components: one.components.filter((component) => component.type === 10) }));
  return { ...main, body: { ...main.body, components: fitComponents([...texts, ...containersOf(main)]) } };
}
