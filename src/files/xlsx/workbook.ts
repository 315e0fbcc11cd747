// An XLSX workbook as rows of text: the sheets that are shown.
import { posix } from 'node:path';
import type { ByteSource } from '../bytes.ts';
import type { FileLimits } from '../limits.ts';
import { unusable } from '../reasons.ts';
import type { RowSource } from '../rows.ts';
import { readSharedTexts } from './shared-texts.ts';
import { readSheet } from './sheet.ts';
import { readXml } from './xml.ts';
import { openZip, type ZipParts } from './zip.ts';

/** Orders are on one of the first. */
const MAX_SHEETS = 5;
const WORKBOOK = 'xl/workbook.xml';

interface Workbook {
  /** Relation ids of the sheets that are shown, in order. */
  readonly sheetRelations: readonly string[];
  readonly date1904: boolean;
}

/**
 * Opens a workbook: its visible sheets, at least one. Each is read as a stream, the table of texts is held (that is how the
 * format works). Refused: other zips; broken, locked and swelling files.
 */
export async function openWorkbook(source: ByteSource, limits: FileLimits): Promise<readonly RowSource[]> {
  const zip = await openZip(source, limits);
  if (!zip.has(WORKBOOK)) unusable({ unusable: 'zip_no_workbook' });
  const { sheetRelations, date1904 } = await readWorkbook(zip);
  const sheets = await sheetParts(zip, sheetRelations);
  const texts = zip.has('xl/sharedStrings.xml')
    ? await readSharedTexts(zip.text('xl/sharedStrings.xml'), limits.maxSharedTextChars)
    : [];
  return sheets.map((sheet) => ({
    encoding: 'xlsx',
    size: zip.size(sheet),
    date1904,
    batches: () => readSheet(zip.text(sheet), texts, limits),
  }));
}

async function readWorkbook(zip: ZipParts): Promise<Workbook> {
  const sheetRelations: string[] = [];
  let date1904 = false;
  const onOpen = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'workbookPr') date1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
    const relation = attributes['r:id'];
    const isShown = attributes.state !== 'hidden' && attributes.state !== 'veryHidden';
    if (name === 'sheet' && relation !== undefined && isShown) sheetRelations.push(relation);
  };
  for await (const _ of readXml(zip.text(WORKBOOK), { onOpen }));
  return { sheetRelations: sheetRelations.slice(0, MAX_SHEETS), date1904 };
}

/** The parts that hold the sheets of these relations. Refused: a workbook that has none of them. */
async function sheetParts(zip: ZipParts, relations: readonly string[]): Promise<readonly string[]> {
  const parts = new Map<string, string>();
  const onOpen = (name: string, { Id, Target }: Readonly<Record<string, string>>): void => {
    if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
    parts.set(Id, posix.join('/xl', posix.isAbsolute(Target) ? `..${Target}` : Target).slice(1));
  };
  for await (const _ of readXml(zip.text('xl/_rels/workbook.xml.rels'), { onOpen }));
  const found = relations.flatMap((id) => parts.get(id) ?? []).filter((part) => zip.has(part));
  return found.length > 0 ? found : unusable({ unusable: 'excel_broken' });
}
