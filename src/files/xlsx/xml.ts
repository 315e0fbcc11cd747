// A workbook's XML, chunk by chunk, as events.
import { SaxesParser } from 'saxes';
import { unusable } from '../reasons.ts';

/** A single text, tag or comment longer than this is no workbook's; the parser would hold it whole. */
const MAX_TOKEN_CHARS = 2 * 1024 * 1024;

interface XmlEvents {
  /** Names come without their prefix (`x:row` is `row`). */
  onOpen?(name: string, attributes: Readonly<Record<string, string>>): void;
  onClose?(name: string): void;
  onText?(text: string): void;
}

/**
 * Feeds the text to the parser and yields after every chunk, so that the caller can take what the events have built up.
 * Refused: XML that is not well formed. Entities of a document's own are not known to the parser, so none can swell.
 */
export async function* readXml(chunks: AsyncIterable<string>, events: XmlEvents): AsyncGenerator<void, void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', () => unusable({ unusable: 'excel_broken' }));
  let sinceTag = 0;
  parser.on('opentag', (tag) => {
    sinceTag = 0;
    events.onOpen?.(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    sinceTag = 0;
    events.onClose?.(localName(tag.name));
  });
  parser.on('text', (text) => events.onText?.(text));
  for await (const chunk of chunks) {
    sinceTag += chunk.length;
    parser.write(chunk);
    if (sinceTag > MAX_TOKEN_CHARS) unusable({ unusable: 'excel_bomb' });
    yield;
  }
  parser.close();
  yield;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** `_x000D_` and its like, with which workbooks write characters that XML cannot hold. */
export function unescapeText(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}
