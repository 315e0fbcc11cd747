// A workbook's table of texts, to which its cells point by number.
import { unusable } from '../reasons.ts';
import { readXml, unescapeText } from './xml.ts';

/** Refused: more than `maxChars` characters in all (`excel_bomb`), for the table has to be held in memory. */
export async function readSharedTexts(chunks: AsyncIterable<string>, maxChars: number): Promise<readonly string[]> {
  const texts: string[] = [];
  let chars = 0;
  let current = '';
  let inText = false;
  let phonetic = false;
  const onOpen = (name: string): void => {
    if (name === 'si') current = '';
    if (name === 'rPh') phonetic = true;
    inText = name === 't' && !phonetic;
  };
  const onClose = (name: string): void => {
    inText = false;
    if (name === 'rPh') phonetic = false;
    if (name !== 'si') return;
    // Each entry costs memory beyond its characters.
    chars += current.length + 16;
    if (chars > maxChars) unusable({ unusable: 'excel_bomb' });
    texts.push(unescapeText(current));
  };
  const onText = (text: string): void => {
    if (inText) current += text;
  };
  for await (const _ of readXml(chunks, { onOpen, onClose, onText }));
  return texts;
}
