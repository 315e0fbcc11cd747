// Reads Discord's markdown into a tree. Nothing in it is ever taken for HTML.

export type Mark = 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler';

export type Node =
  | { readonly kind: 'text' | 'code' | 'emoji' | 'command'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: Mark | 'quote' | 'small'; readonly inside: readonly Node[] }
  | { readonly kind: 'heading'; readonly level: number; readonly inside: readonly Node[] }
  | { readonly kind: 'item'; readonly depth: number; readonly bullet: string; readonly inside: readonly Node[] }
  | { readonly kind: 'block'; readonly text: string }
  | { readonly kind: 'link'; readonly address: string; readonly inside: readonly Node[] }
  | { readonly kind: 'time'; readonly seconds: number; readonly style: string }
  | { readonly kind: 'mention'; readonly of: 'person' | 'role' | 'channel'; readonly id: string };

interface Rule {
  readonly pattern: RegExp;
  readonly make: (match: RegExpExecArray) => Node;
}

const marked = (kind: Mark, pattern: RegExp): Rule => ({
  pattern,
  make: (match) => ({ kind, inside: parseInline(match[1] ?? '') }),
});

const mention = (of: 'person' | 'role' | 'channel', pattern: RegExp): Rule => ({
  pattern,
  make: (match) => ({ kind: 'mention', of, id: match[1] ?? '' }),
});

/** In order: the first that fits where the reading stands. */
const rules: readonly Rule[] = [
  { pattern: /\\([^\w\s])/y, make: (match) => ({ kind: 'text', text: match[1] ?? '' }) },
  { pattern: /(`+)([\s\S]*?[^`])\1(?!`)/y, make: (match) => ({ kind: 'code', text: (match[2] ?? '').trim() }) },
  {
    pattern: /<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/y,
    make: (match) => ({ kind: 'time', seconds: Number(match[1]), style: match[2] ?? 'f' }),
  },
  mention('person', /<@!?(\d{1,21})>/y),
  mention('role', /<@&(\d{1,21})>/y),
  mention('channel', /<#(\d{1,21})>/y),
  { pattern: /<\/([^:>]{1,100}):\d{1,21}>/y, make: (match) => ({ kind: 'command', text: `/${match[1]}` }) },
  { pattern: /<a?:(\w{2,32}):\d{1,21}>/y, make: (match) => ({ kind: 'emoji', text: `:${match[1]}:` }) },
  {
    pattern: /\[([^[\]\n]{1,200})\]\(<?(https?:\/\/[^\s<>)]{1,500})>?\)/y,
    make: (match) => ({ kind: 'link', address: match[2] ?? '', inside: parseInline(match[1] ?? '') }),
  },
  {
    pattern: /<(https?:\/\/[^\s<>]{1,500})>/y,
    make: (match) => ({ kind: 'link', address: match[1] ?? '', inside: [{ kind: 'text', text: match[1] ?? '' }] }),
  },
  {
    pattern: /https?:\/\/[^\s<]{0,500}[^\s<.,:;"'\])!?]/y,
    make: ([address]) => ({ kind: 'link', address, inside: [{ kind: 'text', text: address }] }),
  },
  marked('bold', /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y),
  marked('underline', /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y),
  marked('italic', /\*(?![\s*])((?:\\[\s\S]|\*\*|[^\\*])+?)(?<!\s)\*(?!\*)/y),
  marked('italic', /_((?:\\[\s\S]|__|[^\\_])+?)_(?!\w)/y),
  marked('strike', /~~((?:\\[\s\S]|[^\\])+?)~~(?!~)/y),
  marked('spoiler', /\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y),
  { pattern: /\n/y, make: () => ({ kind: 'break' }) },
];

/** Where a rule may begin: everything before is plain. */
const plainRun = /[^\\`<[h*_~|\n]+|[\s\S]/y;

function ruleAt(text: string, at: number): { readonly node: Node; readonly end: number } | undefined {
  for (const { pattern, make } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { node: make(match), end: at + match[0].length };
  }
  return undefined;
}

function parseInline(text: string): Node[] {
  const nodes: Node[] = [];
  let plain = '';
  const flush = () => {
    if (plain) nodes.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const found = ruleAt(text, at);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      plainRun.lastIndex = at;
      const [run = ''] = plainRun.exec(text) ?? [];
      plain += run;
      at += run.length;
    }
  }
  flush();
  return nodes;
}

const headingLine = /^(#{1,3}) +(.+)$/;
const smallLine = /^-# +(.+)$/;
const itemLine = /^( {0,20})([-*]|\d{1,9}\.) +(.+)$/;
const quoteLine = /^> (.*)$/;

/** A line that is a block of its own; undefined for running text. */
function lineBlock(line: string): Node | undefined {
  const heading = headingLine.exec(line);
  if (heading) return { kind: 'heading', level: heading[1]?.length ?? 1, inside: parseInline(heading[2] ?? '') };
  const small = smallLine.exec(line);
  if (small) return { kind: 'small', inside: parseInline(small[1] ?? '') };
  const item = itemLine.exec(line);
  if (!item) return undefined;
  const [, indent = '', bullet = '', rest = ''] = item;
  return {
    kind: 'item',
    depth: Math.min(5, Math.floor(indent.length / 2)),
    bullet: /\d/.test(bullet) ? bullet : '•',
    inside: parseInline(rest),
  };
}

/** Everything behind `>>> ` at the start of a line is one quote. */
function parseLines(text: string): Node[] {
  const at = text.search(/^>>> /m);
  if (at < 0) return parseRows(text);
  const quoted = parseRows(text.slice(at + '>>> '.length));
  return [...(at > 0 ? parseRows(text.slice(0, at - 1)) : []), { kind: 'quote', inside: quoted }];
}

function parseRows(text: string): Node[] {
  const nodes: Node[] = [];
  let running: string[] = [];
  let quoted: string[] = [];
  const flush = () => {
    if (running.length > 0) nodes.push(...parseInline(running.join('\n')));
    if (quoted.length > 0) nodes.push({ kind: 'quote', inside: parseRows(quoted.join('\n')) });
    running = [];
    quoted = [];
  };
  for (const line of text.split('\n')) {
    const quote = quoteLine.exec(line)?.[1];
    const block = quote === undefined ? lineBlock(line) : undefined;
    if (quote === undefined ? quoted.length > 0 || block : running.length > 0) flush();
    if (quote !== undefined) quoted.push(quote);
    else if (block) nodes.push(block);
    else running.push(line);
  }
  flush();
  return nodes;
}

/** Reads a message's text. */
export function parseMarkdown(text: string): Node[] {
  return text.split(/```/).flatMap((part, index, parts): Node[] => {
    const isFenced = index % 2 === 1 && index < parts.length - 1;
    if (isFenced) return [{ kind: 'block', text: part.replace(/^[a-z0-9_+-]*\n/i, '').replace(/\n$/, '') }];
    const open = index % 2 === 1 ? '```' : '';
    // A block stands on lines of its own: the line breaks around it are not shown twice.
    return parseLines(open + part.replace(index > 0 ? /^\n/ : /^$/, ''));
  });
}

export interface PlainWords {
  readonly nameOf: (id: string) => string;
  readonly timeOf: (seconds: number, style: string) => string;
}

const blockKinds: readonly Node['kind'][] = ['quote', 'small', 'heading', 'item', 'block'];

function plainNode(node: Node, words: PlainWords): string {
  switch (node.kind) {
    case 'mention':
      return `${node.of === 'channel' ? '#' : '@'}${words.nameOf(node.id)}`;
    case 'time':
      return words.timeOf(node.seconds, node.style);
    case 'break':
      return ' ';
    case 'spoiler':
      return '…';
    default:
      return 'inside' in node ? node.inside.map((one) => plainNode(one, words)).join('') : node.text;
  }
}

/** What it says without how it is marked, in one line. */
export function plainText(nodes: readonly Node[], words: PlainWords): string {
  return nodes
    .map((node) => (blockKinds.includes(node.kind) ? ` ${plainNode(node, words)} ` : plainNode(node, words)))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
