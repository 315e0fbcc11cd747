// Files that were never meant to be read: whatever their bytes, they are refused or read, and nothing else happens.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UPLOAD_LIMITS } from '../../src/files/limits.ts';
import { openOrderFile } from '../../src/files/open-order-file.ts';
import { pinduoduoBytes, pinduoduoXlsx } from '../support/pinduoduo-file.ts';
import { shopifyCsv } from '../support/shopify-file.ts';
import { NOW, readAll, readUsable } from './read-all.ts';

/** Changes, cuts, repeats and drops bytes. */
const edits = fc.array(
  fc.record({ at: fc.nat(), byte: fc.nat(255), kind: fc.constantFrom('set', 'cut', 'repeat', 'drop') }),
  {
    minLength: 1,
    maxLength: 6,
  },
);
type Edits = readonly { readonly at: number; readonly byte: number; readonly kind: string }[];

function mutate(bytes: Uint8Array, changes: Edits): Uint8Array {
  let mutated = Buffer.from(bytes);
  for (const { at, byte, kind } of changes) {
    const index = mutated.length === 0 ? 0 : at % mutated.length;
    if (kind === 'set' && mutated.length > 0) mutated[index] = byte;
    if (kind === 'cut') mutated = mutated.subarray(0, index);
    if (kind === 'repeat')
      mutated = Buffer.concat([mutated.subarray(0, index), mutated.subarray(Math.max(0, index - byte))]);
    if (kind === 'drop') mutated = Buffer.concat([mutated.subarray(0, index), mutated.subarray(index + byte)]);
  }
  return mutated;
}

/** Every order read from a damaged file must still be a sound one. */
async function expectSound(bytes: Uint8Array): Promise<void> {
  const result = await readAll(bytes);
  if ('unusable' in result) return;
  for (const { draft } of result.taken) {
    expect(draft.lines.length).toBeGreaterThan(0);
    expect(Number.isSafeInteger(draft.paidMinor) && draft.paidMinor >= 0).toBe(true);
    for (const line of draft.lines) expect(line.sku !== '' && line.quantity >= 1).toBe(true);
  }
  for (const reject of result.rejected) expect(reject.row).toBeGreaterThan(0);
}

describe('damaged files', () => {
  it.each([
    ['UTF-8', async () => pinduoduoBytes({ rows: 12, columns: 'full', titleRow: true })],
    ['GB18030', async () => pinduoduoBytes({ rows: 12, columns: 'full' }, 'gb18030')],
    ['UTF-16', async () => pinduoduoBytes({ rows: 12 }, 'utf-16le')],
    ['XLSX', async () => pinduoduoXlsx({ rows: 12 })],
    [
      'Shopify',
      async () => Buffer.from(shopifyCsv([{ name: '#1', lines: [{ name: 'Tea', quantity: 1, price: '1' }] }])),
    ],
  ])(
    '%s: whatever byte is changed',
    async (_, make) => {
      const bytes = await make();
      await fc.assert(
        fc.asyncProperty(edits, async (changes) => expectSound(mutate(bytes, changes))),
        { numRuns: 300 },
      );
    },
    60_000,
  );

  it('any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => expectSound(bytes)),
      { numRuns: 500 },
    );
  });
});

describe('unusable files', () => {
  it.each([
    ['nothing', '', { unusable: 'empty' }],
    ['blank lines', '\r\n\r\n', { unusable: 'empty' }],
    ['no header', 'one,two,three\nfour,five,six\n', { unusable: 'format_unknown', seen: ['one', 'two', 'three'] }],
    ['rows of data alone', '林知夏,13800138000,文三路1号\n', { unusable: 'format_unknown', seen: [] }],
    ['binary', '\u0000\u0001\u0002', { unusable: 'undecodable' }],
    [
      'an open quote',
      '订单号,订单状态,商品,商品数量(件),用户实付金额(元)\n"260605-1',
      { unusable: 'quote_unclosed', row: 2 },
    ],
  ])('%s', async (_, text, expected) => {
    expect(await readAll(text)).toMatchObject(expected);
  });

  it('text whose encoding would make other names of its names', async () => {
    const order = { name: '#1', lines: [{ name: 'Tisch', quantity: 1, price: '1' }] };
    const file = (name: Uint8Array) => {
      const [before = '', after = ''] = shopifyCsv([{ ...order, cells: { 'Shipping Name': '@@' } }]).split('@@');
      return Buffer.concat([Buffer.from(before), name, Buffer.from(after)]);
    };
    const names = {
      'windows-1252': Buffer.from('Jürgen Müller', 'latin1'),
      big5: Buffer.from('a4fda470a9fa20acf5aff9c2a7b2b0', 'hex'), // 王小明 紅茶禮盒
      'euc-jp': Buffer.from('b9c8c3e3a5bba5c3a5c8', 'hex'), // 紅茶セット
      shift_jis: Buffer.from('8d6792838350836283672093638bbb', 'hex'),
      'UTF-8 with two bytes amiss': Buffer.concat([Buffer.from('王小满的红茶礼盒'), Buffer.from([0xe5, 0xe5])]),
    };
    for (const [encoding, name] of Object.entries(names)) {
      expect(await readAll(file(name)), encoding).toEqual({ unusable: 'undecodable' });
    }
    const known = {
      王小满: 'cdf5d0a1c2fa',
      朱镕基: 'd6ece946bbf9',
      𠮷野家: '9534b235d2b0bcd2',
      'Tea set': '54656120736574',
    };
    for (const [name, hex] of Object.entries(known)) {
      const { taken } = await readUsable(file(Buffer.from(`${hex}20cdf5`, 'hex')));
      expect(taken[0]?.draft.recipient.name).toBe(`${name} 王`);
    }
    // Three of its four characters look like UTF-8.
    const { taken } = await readUsable(file(Buffer.from('c5aed7b0d0a1c2eb', 'hex')));
    expect(taken[0]?.draft.recipient.name).toBe('女装小码');
  });

  it('a last row that ends before the columns do, where the file ends with it', async () => {
    const whole = shopifyCsv(['#1', '#2'].map((name) => ({ name, lines: [{ name: 'Tea', quantity: 1, price: '1' }] })));
    const cut = await readUsable(whole.slice(0, whole.lastIndexOf('Example')));
    expect(cut.taken.map(({ draft }) => draft.number)).toEqual(['#1']);
    expect(cut.rejected).toEqual([{ row: 3, reason: { code: 'row_cut_off' } }]);
    for (const end of ['', '\n', '\r\n']) {
      const { taken } = await readUsable(whole.trimEnd() + end);
      expect(taken).toHaveLength(2);
    }
    const short = 'order,state,paid_at,currency,paid,sku,quantity,note\nA-1,to_ship,2026-06-05,CNY,5,T,1\n';
    expect((await readUsable(short)).taken).toHaveLength(1);
  });

  it('bytes that are in no known encoding', async () => {
    const bytes = Buffer.concat([pinduoduoBytes({ rows: 50 }), Buffer.from([0xff, 0xff, 0xff])]);
    expect(await readAll(bytes)).toEqual({ unusable: 'undecodable' });
  });

  it('too many bytes, rows or columns', async () => {
    const bytes = pinduoduoBytes({ rows: 10 });
    const limited = (limits: object) => readAll(bytes, { limits: { ...UPLOAD_LIMITS, ...limits } });
    expect(await limited({ maxBytes: 100 })).toMatchObject({ unusable: 'too_large' });
    expect(await limited({ maxRows: 9 })).toEqual({ unusable: 'too_many_rows', max: 9 });
    expect(await limited({ maxColumns: 20 })).toEqual({ unusable: 'too_many_columns', max: 20, row: 1 });
    expect(await limited({ maxCellChars: 5 })).toMatchObject({ unusable: 'cell_too_large' });
  });

  it('a cell that is too large, wherever it stands, before any order is handed out', async () => {
    const head = 'order,state,paid_at,currency,paid,sku,quantity,note\nA-1,to_ship,2026-06-05,CNY,5,T,1,ok\n';
    const rows = Array.from({ length: 2000 }, (_, at) => `A-${at + 2},to_ship,2026-06-05,CNY,5,T,1,ok\n`).join('');
    const long = 'x'.repeat(UPLOAD_LIMITS.maxCellChars + 1);
    const expected = { unusable: 'cell_too_large', max: UPLOAD_LIMITS.maxCellChars, row: 2003 };
    expect(await readAll(`${head}${rows}A-9999,to_ship,2026-06-05,CNY,5,T,1,${long}\n`)).toEqual(expected);
    expect(await readAll(`${head}${rows}A-9999,to_ship,2026-06-05,CNY,5,T,1,"${long}"\n`)).toEqual(expected);
  });

  it('a path that is not there, or no file', async () => {
    const options = { timeZone: 'Asia/Shanghai', now: NOW };
    expect(await openOrderFile({ path: '/nowhere/orders.csv' }, options)).toEqual({ unusable: 'unreadable' });
    expect(await openOrderFile({ path: tmpdir() }, options)).toEqual({ unusable: 'unreadable' });
  });
});

describe('hostile contents', () => {
  it('headers named after an object’s own members do nothing', async () => {
    const header = '__proto__,constructor,toString,order,state,paid_at,currency,paid,sku,quantity';
    const { taken } = await readUsable(`${header}\nx,y,z,A-1,to_ship,2026-06-05,CNY,5,__proto__,1\n`);
    expect(taken[0]?.draft.lines[0]?.sku).toBe('__proto__');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('a formula is a text like any other', async () => {
    const { taken } = await readUsable(
      'order,state,paid_at,currency,paid,sku,product,quantity\nA-1,to_ship,2026-06-05,CNY,5,T,"=cmd|\'/c calc\'!A1",1\n',
    );
    expect(taken[0]?.draft.lines[0]?.name).toBe("=cmd|'/c calc'!A1");
  });
});

describe('a file at a path', () => {
  it('is read as from memory, and again after the first time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'makegood-files-'));
    const path = join(folder, 'orders.csv');
    const bytes = pinduoduoBytes({ rows: 2000 });
    await writeFile(path, bytes);
    expect((await readUsable({ path })).taken).toEqual((await readUsable(bytes)).taken);
    const file = await openOrderFile({ path }, { timeZone: 'Asia/Shanghai', now: NOW });
    if ('unusable' in file) throw new Error(file.unusable);
    const count = async () => {
      let orders = 0;
      for await (const some of file.orders()) orders += some.length;
      return orders;
    };
    expect(await count()).toBe(await count());
    await file.close();
    await rm(folder, { recursive: true });
  });
});
