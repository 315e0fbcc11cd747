import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPolicies, PolicyFileError } from '../../src/files/policy-files.ts';
import { pddPack } from '../support/app.ts';

const shipped = fileURLToPath(new URL('../../data/policies', import.meta.url));
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'policies-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (name: string, content: unknown) =>
  writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));

function linesOf(...dirs: string[]): readonly string[] {
  try {
    loadPolicies(dirs);
  } catch (error) {
    if (error instanceof PolicyFileError) return error.lines;
    throw error;
  }
  return [];
}

describe('the packs shipped', () => {
  it('are well-formed, the default one among them, each figure with its source', () => {
    const book = loadPolicies([shipped]);
    expect(book.defaultPack.id).toBe('pdd');
    expect(book.packs.map(({ id }) => id).sort()).toEqual(['ftc', 'pdd']);
    expect(book.find('pdd')).toBe(book.defaultPack);
    expect(book.find('made-up')).toBeUndefined();
    expect(book.defaultPack.rules.every(({ verified }) => !verified)).toBe(true);
  });
});

describe('loadPolicies', () => {
  it('lets a later folder take the place of a pack', () => {
    write('mine.json', `\uFEFF${JSON.stringify({ ...pddPack, version: 'mine' })}`);
    write('notes.txt', 'not a pack');
    const book = loadPolicies([shipped, dir]);
    expect(book.defaultPack.version).toBe('mine');
    expect(book.packs).toHaveLength(2);
  });

  it('keeps the version that gave place at hand, for the orders that came in under it', () => {
    write('mine.json', { ...pddPack, version: 'mine', shipWithinHours: 24 });
    const book = loadPolicies([shipped, dir]);
    expect(book.find('pdd')?.shipWithinHours).toBe(24);
    expect(book.find('pdd', 'mine')?.shipWithinHours).toBe(24);
    expect(book.find('pdd', pddPack.version)?.shipWithinHours).toBe(48);
    expect(book.find('pdd', 'never')).toBeUndefined();
  });

  it('names file and field of everything that is wrong', () => {
    const [rule] = pddPack.rules;
    write('a.json', { ...pddPack, id: 'a', currency: 'yuan', shipWithin: 48 });
    write('b.json', '{ "id": ');
    write('c.json', { ...pddPack, id: 'c', rules: [rule, { ...rule, reason: 'other' }, { ...rule, id: 'x' }] });
    const capped = { type: 'percentage', basisPoints: 500, floorMinor: 500, capMinor: 100, rounding: 'up' };
    write('d.json', { ...pddPack, id: 'd', rules: [{ ...rule, amount: capped }] });
    const lines = linesOf(shipped, dir);
    const about = (file: string) => lines.filter((line) => line.startsWith(`${join(dir, file)}: `)).join('\n');
    expect(about('a.json')).toMatch(/currency: /);
    expect(about('a.json')).toMatch(/shipWithin/);
    expect(about('b.json')).toMatch(/is not valid JSON/);
    expect(about('c.json')).toMatch(/rules\.1\.id: is used twice: out_of_stock/);
    expect(about('c.json')).toMatch(/rules\.2\.reason: is used twice: out_of_stock/);
    expect(about('d.json')).toMatch(/rules\.0\.amount\.capMinor: must not be below floorMinor/);
  });

  it('refuses a folder with an id twice, one that is not there, and a book without the default pack', () => {
    write('a.json', { ...pddPack, id: 'twin' });
    write('b.json', { ...pddPack, id: 'twin' });
    expect(linesOf(shipped, dir)).toEqual([
      `${join(dir, 'b.json')}: id: "twin" is the id of ${join(dir, 'a.json')} too.`,
    ]);
    expect(linesOf(join(dir, 'nowhere'))).toEqual([`${join(dir, 'nowhere')}: the folder cannot be read (ENOENT).`]);
    rmSync(join(dir, 'b.json'));
    expect(linesOf(dir)).toEqual([`There is no rule pack with the id "pdd" in ${dir}.`]);
  });
});
