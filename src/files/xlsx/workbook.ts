// An XLSX workbook as rows of text: its first visible sheet.
import { posix } from 'node:path';
import type { ByteSource } from '../bytes.ts';
import type { FileLimits } from '../limits.ts';
import { unusable } from '../reasons.ts';
import type { RowSource } from '../rows.ts';
import { readSharedTexts } from './shared-texts.ts';
import { readSheet } from './sheet.ts';
import { readXml } from './xml.ts';
import { openZip, type ZipParts } from './zip.ts';

interface Workbook {
  /** Relation id of the first sheet that is shown. */
  readonly sheetRelation: string | undefined;
  readonly date1904: boolean;
}

/**
 * Opens a workbook; the sheet itself is read as a stream, its table of texts is held (that is how the format works).
 * Refused: broken, locked and swelling files.
 */
export async function openWorkbook(source: ByteSource, limits: FileLimits): Promise<RowSource> {
  const zip = await openZip(source, limits);
  const workbook = await readWorkbook(zip);
  const sheet = await sheetPart(zip, workbook.sheetRelation);
  const texts = zip.has('xl/sharedStrings.xml')
    ? await readSharedTexts(zip.text('xl/sharedStrings.xml'), limits.maxSharedTextChars)
    : [];
  return {
    encoding: 'xlsx',
    size: zip.size(sheet),
    date1904: workbook.date1904,
    batches: () => readSheet(zip.text(sheet), texts, limits),
  };
}

async function readWorkbook(zip: ZipParts): Promise<Workbook> {
  let sheetRelation: string | undefined;
  let date1904 = false;
  const onOpen = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'workbookPr') date1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
    if (name === 'sheet' && attributes.state !== 'hidden' && attributes.state !== 'veryHidden') {
      sheetRelation ??= attributes['r:id'];
    }
  };
  for await (const _ of readXml(zip.text('xl/workbook.xml'), { onOpen }));
  return { sheetRelation, date1904 };
}

async function sheetPart(zip: ZipParts, relation: string | undefined): Promise<string> {
  let part: string | undefined;
  const onOpen = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'Relationship' && attributes.Id === relation && attributes.Target !== undefined) {
      part = posix.join('/xl', posix.isAbsolute(attributes.Target) ? `..${attributes.Target}` : attributes.Target);
    }
  };
  for await (const _ of readXml(zip.text('xl/_rels/workbook.xml.rels'), { onOpen }));
  const name = part?.slice(1);
  return name !== undefined && zip.has(name) ? name : unusable({ unusable: 'excel_broken' });
}
