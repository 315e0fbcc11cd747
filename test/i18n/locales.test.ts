// The locale files: both languages complete, consistent, in our voice, and within what Discord takes.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type PolicyPack, policyPackSchema } from '../../src/domain/compensation/policy.ts';
import { type CommandNames, nameCommands } from '../../src/i18n/command-names.ts';
import { readLocaleFile, textsIn } from '../../src/i18n/texts.ts';

const folder = new URL('../../data/locales/', import.meta.url);
const filesOf = (locale: string) => readdirSync(new URL(locale, folder)).sort();

function leaves(tree: unknown, path = ''): Map<string, string> {
  if (typeof tree === 'string') return new Map([[path, tree]]);
  return new Map(Object.entries(tree as object).flatMap(([key, child]) => [...leaves(child, `${path}/${key}`)]));
}

const variables = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].sort();
const isPlural = (key: string) => /_(one|other)$/.test(key);
const base = (key: string) => key.replace(/_(one|other)$/, '');

describe('the two languages', () => {
  it('have the same files', () => {
    expect(filesOf('zh-CN')).toEqual(filesOf('en-US'));
  });
});

const areas = filesOf('en-US').map((file) => file.replace('.json', ''));

describe.each(areas)('%s', (file) => {
  const zh = leaves(readLocaleFile('zh-CN', file));
  const en = leaves(readLocaleFile('en-US', file));

  it('has the same keys in both languages', () => {
    const keys = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(base))].sort();
    expect(keys(zh)).toEqual(keys(en));
  });

  it('has plural forms where it counts: one and other in English, other in Chinese', () => {
    for (const key of [...en.keys()].filter(isPlural)) expect(en.has(`${base(key)}_other`), key).toBe(true);
    for (const key of [...zh.keys()].filter(isPlural)) expect(zh.has(`${base(key)}_other`), key).toBe(true);
  });

  it('fills in the same things in both languages', () => {
    for (const [key, text] of zh) {
      const english = en.get(key) ?? en.get(`${base(key)}_other`) ?? '';
      expect(variables(text), key).toEqual(variables(english));
    }
  });

  it('is in our voice: nothing empty, no exclamation marks, 你 and not 您', () => {
    for (const [key, text] of [...zh, ...en]) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/[!！]/);
      expect(text, key).not.toMatch(/您|亲[,，]|dear customer/i);
    }
  });
});

describe('commands named in texts', () => {
  const commands = areas.filter((area) => area.startsWith('commands-')).map((area) => area.replace('commands-', ''));
  const namesIn = (locale: 'zh-CN' | 'en-US') =>
    Object.fromEntries(commands.map((name) => [name, readLocaleFile(locale, `commands-${name}`) as CommandNames]));
  const named = areas
    .filter((area) => !area.startsWith('commands-'))
    .flatMap((area) => [...leaves(readLocaleFile('zh-CN', area)), ...leaves(readLocaleFile('en-US', area))])
    .flatMap(([key, text]) => [...text.matchAll(/`\/[^`]*`/g)].map(([mention]) => ({ key, mention })));

  it('are named as each reader’s Discord lists them', () => {
    expect(String(textsIn('zh-CN')('order.list.empty'))).toContain('`/订单 绑定`');
    expect(String(textsIn('en-US')('order.list.empty'))).toContain('`/order link`');
    expect(nameCommands('`/shop stock sku set`, `/wallet`, `npm run x`', namesIn('zh-CN'))).toBe(
      '`/店铺 库存 货号 改为`, `/钱包`, `npm run x`',
    );
    expect(nameCommands('`/nothing of ours`', namesIn('zh-CN'))).toBe('`/nothing of ours`');
  });

  it.each(named)('$mention of $key is one of ours', ({ mention }) => {
    expect(nameCommands(mention, namesIn('zh-CN'))).toMatch(/^`\/[\u4e00-\u9fff ]+`$/);
    expect(nameCommands(mention, namesIn('en-US'))).toBe(mention);
  });

  it('are not followed in Chinese by the word they end with', () => {
    for (const area of areas) {
      for (const [key, text] of leaves(readLocaleFile('zh-CN', area))) {
        expect(nameCommands(text, namesIn('zh-CN')), key).not.toMatch(/`\/(?:[^`]* )?([^ `/]+)` ?\1/);
      }
    }
  });
});

describe('a reason', () => {
  const wordsOf = (area: string) => leaves(readLocaleFile('zh-CN', area));
  it.each([
    ['commands-shop', '/subcommands/stockout/options/reason/choices/', '/reason/'],
    ['commands-shop', '/subcommands/delay/options/reason/choices/', '/reason/'],
    ['commands-compensate', '/options/reason/choices/', '/compensation/'],
  ])('is read as it was picked (%s %s)', (area, picked, read) => {
    const common = wordsOf('common');
    for (const [key, text] of wordsOf(area)) {
      if (key.startsWith(picked)) expect(common.get(read + key.slice(picked.length)), key).toBe(text);
    }
  });
});

/** What is typed stands in half-width letters; sentences do not. */
const betweenHan = /[\u4e00-\u9fff] [\u4e00-\u9fff]/;
const halfWidth = /[\u4e00-\u9fff}][,;:?()]|[,;:?()][\u4e00-\u9fff]/;

describe('Chinese punctuation', () => {
  it.each(areas.filter((area) => area !== 'playground'))('is full-width in %s', (area) => {
    for (const [key, text] of leaves(readLocaleFile('zh-CN', area))) {
      expect(text, key).not.toMatch(halfWidth);
      expect(text, key).not.toMatch(betweenHan);
    }
  });

  it.each(['pdd', 'ftc'])('is full-width in the rule book %s, which speaks both languages throughout', (id) => {
    const pack: PolicyPack = policyPackSchema.parse(
      JSON.parse(readFileSync(new URL(`../../data/policies/${id}.json`, import.meta.url), 'utf8')),
    );
    const { name, summary, source, rules } = pack;
    const said = [name, summary, source, ...rules.flatMap((rule) => [rule.source, ...(rule.note ? [rule.note] : [])])];
    for (const text of said) {
      if (typeof text === 'string') throw new Error(`one language only: ${text}`);
      expect(text['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
      expect(text['zh-CN']).not.toMatch(halfWidth);
    }
  });
});

describe.each(areas.filter((file) => file.startsWith('commands-')))('%s', (file) => {
  it('keeps names, descriptions and choices within Discord’s limits', () => {
    for (const [key, text] of [...leaves(readLocaleFile('zh-CN', file)), ...leaves(readLocaleFile('en-US', file))]) {
      if (/\/choices\//.test(key)) expect(text.length, key).toBeLessThanOrEqual(100);
      else if (key.endsWith('/name')) expect(text, key).toMatch(/^[-_'\p{L}\p{N}]{1,32}$/u);
      else expect(text.length, key).toBeLessThanOrEqual(100);
      if (key.endsWith('/name')) expect(text, key).toBe(text.toLowerCase());
    }
  });
});
