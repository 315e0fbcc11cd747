import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UPLOAD_LIMITS } from '../../src/files/limits.ts';
import { numberText } from '../../src/files/xlsx/sheet.ts';
import { readAll, readUsable } from './read-all.ts';

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const RELATIONS =
  '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>';
const HEADER = ['order', 'state', 'paid_at', 'currency', 'paid', 'sku', 'quantity'];

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const number = (value: string) => `<c><v>${value}</v></c>`;
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;
const headerRow = row(...HEADER.map(text));

/** A workbook of the given parts; what is not given is as plain as can be. */
function workbook(sheetData: string, parts: Record<string, string> = {}): Uint8Array {
  const files: Record<string, string> = {
    'xl/workbook.xml': `${XML}<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': XML + RELATIONS,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet><sheetData>${sheetData}</sheetData></worksheet>`,
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(xml)])), { level: 6 });
}

const good = [text('A-1'), text('to_ship'), number('46178.416666666664'), text('CNY'), number('168.99000000000001')];

describe('a workbook', () => {
  it('gives dates, amounts and pieces from its numbers', async () => {
    const { file, taken } = await readUsable(workbook(headerRow + row(...good, text('T-1'), number('2'))));
    expect(file.encoding).toBe('xlsx');
    expect(taken[0]?.draft).toMatchObject({
      paidAt: Date.parse('2026-06-05T02:00:00Z'),
      paidMinor: 16899,
      lines: [{ sku: 'T-1', quantity: 2 }],
    });
  });

  it('keeps the row numbers of the sheet, sparse cells apart, and later cells in their columns', async () => {
    const cells = '<c r="A9" t="inlineStr"><is><t>A-1</t></is></c><c r="G9"><v>1</v></c>';
    const { rejected } = await readUsable(workbook(`${headerRow}<row r="9">${cells}</row>`));
    expect(rejected.map((reject) => [reject.row, reject.column])).toContainEqual([9, 'state']);
    expect(rejected.map((reject) => reject.column)).not.toContain('quantity');
  });

  it('refuses numbers whose last digits Excel has lost, wherever they stand for an id', async () => {
    for (const value of ['35153131473293579', '3.5153131473293501E+16', '9007199254740993', '1234567890123456']) {
      const cells = [number(value), ...good.slice(1), text('T-1'), number('1')];
      const { taken, rejected } = await readUsable(workbook(headerRow + row(...cells)));
      expect(taken).toEqual([]);
      expect(rejected[0]).toMatchObject({ row: 2, column: 'order', reason: { code: 'number_rounded' } });
    }
    const whole = [number('1.23456E5'), ...good.slice(1), number('123456789012'), number('1')];
    const { taken } = await readUsable(workbook(headerRow + row(...whole)));
    expect(taken[0]?.draft).toMatchObject({ number: '123456', lines: [{ sku: '123456789012' }] });
  });

  it('takes no failed formula for a code', async () => {
    const failed = '<c t="e"><f>VLOOKUP(A2,codes,2,0)</f><v>#N/A</v></c>';
    const { taken, rejected } = await readUsable(workbook(headerRow + row(...good, failed, number('1'))));
    expect(taken).toEqual([]);
    expect(rejected).toEqual([{ row: 2, column: 'sku', reason: { code: 'formula_failed', value: '#N/A' } }]);
  });

  it('reads shared and rich texts, and takes a formula for the value it shows', async () => {
    const shared = `${XML}<sst><si><t>A-1</t></si><si><r><t>T</t></r><r><t>-1</t></r><rPh><t>no</t></rPh></si></sst>`;
    const cells = ['<c t="s"><v>0</v></c>', ...good.slice(1), '<c t="s"><v>1</v></c>', '<c><f>1+1</f><v>2</v></c>'];
    const { taken } = await readUsable(workbook(headerRow + row(...cells), { 'xl/sharedStrings.xml': shared }));
    expect(taken[0]?.draft).toMatchObject({ number: 'A-1', lines: [{ sku: 'T-1', quantity: 2 }] });
  });

  it('reads the first sheet that is shown, and days counted from 1904', async () => {
    const cells = [text('A-1'), text('to_ship'), number('44716'), text('CNY'), number('5'), text('T'), number('1')];
    const bytes = workbook('', {
      'xl/workbook.xml': `${XML}<workbook><workbookPr date1904="1"/><sheets><sheet state="hidden" r:id="r1"/><sheet r:id="r2"/></sheets></workbook>`,
      'xl/worksheets/sheet2.xml': `${XML}<x:worksheet><x:sheetData>${(headerRow + row(...cells)).replace(/<(\/?)(row|c|is|t|v)\b/g, '<$1x:$2')}</x:sheetData></x:worksheet>`,
    });
    expect((await readUsable(bytes)).taken[0]?.draft.paidAt).toBe(Date.parse('2026-06-04T16:00:00Z'));
  });

  it('finds the orders behind a cover sheet, or one that is empty', async () => {
    const cover = row(text('Orders of the tea house'), text('made on Monday'));
    const orders = headerRow + row(...good, text('T-1'), number('2'));
    for (const first of ['', cover]) {
      const bytes = workbook(first, {
        'xl/workbook.xml': `${XML}<workbook><sheets><sheet r:id="r1"/><sheet r:id="r9"/><sheet r:id="r2"/></sheets></workbook>`,
        'xl/worksheets/sheet2.xml': `${XML}<worksheet><sheetData>${orders}</sheetData></worksheet>`,
      });
      expect((await readUsable(bytes)).taken).toHaveLength(1);
    }
  });

  it('reads the first of several sheets of orders, and says that there are others', async () => {
    const sheet = (id: string, ...products: string[]) =>
      row(...[...HEADER, ...products.map(() => 'product')].map(text)) +
      row(text(id), ...good.slice(1), text('T-1'), number('2'), ...products.map(text));
    const bytes = workbook(sheet('A-1'), {
      'xl/workbook.xml': `${XML}<workbook><sheets><sheet r:id="r1"/><sheet r:id="r2"/></sheets></workbook>`,
      'xl/worksheets/sheet2.xml': `${XML}<worksheet><sheetData>${sheet('EXAMPLE-1', 'Tea')}</sheetData></worksheet>`,
    });
    const { file, taken } = await readUsable(bytes);
    expect(taken.map(({ draft }) => draft.number)).toEqual(['A-1']);
    expect(file.notes).toContainEqual({ code: 'other_sheets' });
  });

  it('shows numbers as Excel would', () => {
    expect(['168.99000000000001', '1E3', '0.30000000000000004', '1e15', 'x'].map(numberText)).toEqual([
      '168.99',
      '1000',
      '0.3',
      '1E+15',
      'x',
    ]);
  });
});

describe('a workbook that is', () => {
  const sheet = (xml: string) => ({ 'xl/worksheets/sheet1.xml': XML + xml });

  it.each([
    ['cut off', workbook(headerRow).subarray(0, 200)],
    ['not well-formed', workbook('', sheet('<worksheet><sheetData><row></sheetData>'))],
    ['pointing at a text that is not there', workbook(row('<c t="s"><v>7</v></c>'))],
    ['numbering rows backwards', workbook(`<row r="5">${text('a')}</row><row r="4">${text('b')}</row>`)],
    ['numbering cells backwards', workbook(row('<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>'))],
    ['using entities of its own', workbook('', sheet('<!DOCTYPE w [<!ENTITY a "b">]><worksheet>&a;</worksheet>'))],
  ])('%s is broken', async (_, bytes) => {
    expect(await readAll(bytes)).toEqual({ unusable: 'excel_broken' });
  });

  it('an old one or locked with a password is told so, and a web page that is named like one', async () => {
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]);
    const page = '\r\n<html><table><tr><td>订单号</td><td>订单状态</td></tr></table></html>';
    const pages = [Buffer.from(page), Buffer.from(`\ufeff${page}`), Buffer.from(`\ufeff${page}`, 'utf16le')];
    for (const bytes of [ole, ...pages]) {
      expect(await readAll(bytes)).toEqual({ unusable: 'excel_old_or_locked' });
    }
  });

  it('a zip of something else is told to be unpacked', async () => {
    const zips = [
      { 'orders_export_1.csv': 'Name,Email' },
      { mimetype: 'application/vnd.oasis.opendocument.spreadsheet' },
    ];
    for (const parts of zips) {
      const bytes = zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
      expect(await readAll(bytes)).toEqual({ unusable: 'zip_no_workbook' });
    }
  });

  it('a bomb is not unpacked', async () => {
    const zeros = workbook(headerRow + ' '.repeat(9_000_000));
    expect(zeros.length).toBeLessThan(100_000);
    expect(await readAll(zeros)).toEqual({ unusable: 'excel_bomb' });
    const noise = Array.from({ length: 250_000 }, (_, index) => (index * 2_654_435_761).toString(36)).join('');
    const long = workbook(headerRow + row(text(noise)));
    expect(await readAll(long)).toMatchObject({ unusable: expect.stringMatching(/excel_bomb|cell_too_large/) });
  });

  it('is refused before it is read where it swells, unpacks to too much or has too many parts', async () => {
    const cells = workbook(`${headerRow}<row>${'<c/>'.repeat(3_000_000)}</row>`);
    expect(await readAll(cells)).toEqual({ unusable: 'excel_bomb' });
    const plain = headerRow + row(...good, text('T'), number('1'));
    const size = Buffer.byteLength(`${XML}<worksheet><sheetData>${plain}</sheetData></worksheet>`);
    const unpackingTo = (maxUnpackedBytes: number) =>
      readAll(workbook(plain), { limits: { ...UPLOAD_LIMITS, maxUnpackedBytes } });
    expect(await unpackingTo(size - 1)).toEqual({ unusable: 'excel_bomb' });
    expect(await unpackingTo(size)).toMatchObject({ taken: [{}] });
    const parts = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`xl/media/${n}`, 'x']));
    expect(await readAll(workbook(plain, parts))).toEqual({ unusable: 'excel_bomb' });
  });

  it('full of texts, columns or rows beyond the limits is refused', async () => {
    const shared = `<sst>${'<si><t>12345678901234567890</t></si>'.repeat(100)}</sst>`;
    const limits = { ...UPLOAD_LIMITS, maxSharedTextChars: 1000, maxRows: 2 };
    const texts = workbook(headerRow, { 'xl/sharedStrings.xml': XML + shared });
    expect(await readAll(texts, { limits })).toEqual({ unusable: 'excel_bomb' });
    const wide = workbook(row('<c r="ZZ1"><v>1</v></c>'));
    expect(await readAll(wide)).toMatchObject({ unusable: 'too_many_columns', row: 1 });
    const rows = row(...good, text('T'), number('1'));
    expect(await readAll(workbook(headerRow + rows.repeat(3)), { limits })).toEqual({
      unusable: 'too_many_rows',
      max: 2,
    });
  });
});
