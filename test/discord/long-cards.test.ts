// Cards with a long story to tell: ten lines at a time, and nothing left out.
import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../src/app/case-file.ts';
import type { Card } from '../../src/discord/card.ts';
import { caseCard } from '../../src/discord/views/case.ts';
import { policyCard, policySourcesCard } from '../../src/discord/views/policy.ts';
import type { CaseEntry } from '../../src/domain/case-file/entry.ts';
import { compensationReasonSchema, type PolicyPack } from '../../src/domain/compensation/policy.ts';
import { formatsIn } from '../../src/i18n/format.ts';
import { textsIn } from '../../src/i18n/texts.ts';
import { guild, pddPack, startOfTest } from '../support/app.ts';
import { acceptsCard, textsOf } from '../support/discord-rules.ts';
import { buyer, linkedTo, order } from '../support/orders.ts';

const both = (['zh-CN', 'en-US'] as const).map((locale) => ({ t: textsIn(locale), f: formatsIn(locale) }));
const now = startOfTest;

function linesOf(card: Card): string[] {
  acceptsCard(card);
  return textsOf(card).markdown.flatMap((text) => text.split('\n'));
}

/** What stands on its buttons. */
function buttonsOf(card: Card): string[] {
  const { markdown, all } = textsOf(card);
  return all.filter((text) => !markdown.includes(text));
}

it('a long note is read whole in the file on an order, on as many pages as it takes', () => {
  for (const words of both) {
    const file = fileWith(12, true);
    const entries = file.entries.map((entry, n) => ({
      ...entry,
      data: { text: `note${n}.${'_*`'.repeat(325)}end${n}.` },
    }));
    const long = { ...file, entries };
    const read = new Set<string>();
    for (let page = 0; page < 12; page++) {
      const text = linesOf(caseCard(words, long, page, now)).join('\n');
      expect(text.length).toBeLessThanOrEqual(4000);
      for (const [end] of text.matchAll(/end\d+\./g)) read.add(end);
    }
    expect(read.size).toBe(12);
  }
});

function fileWith(count: number, full: boolean): CaseFile {
  const entries = Array.from({ length: count }, (_, n): CaseEntry => {
    const id = String(n).padStart(16, '0');
    return {
      id,
      guildId: guild,
      orderId: 'order1',
      at: now + n,
      kind: 'note',
      by: buyer(9),
      data: { text: `note${n}.` },
    };
  });
  const refund = {
    id: 'r',
    guildId: guild,
    merchantId: 'lin',
    orderId: 'order1',
    orderNumber: '1',
    kind: 'full',
    amountMinor: 6800,
    currency: 'CNY',
    requestedAt: now,
    dueAt: now,
    state: 'due',
    reminded: 'none',
  } as const;
  const more = full ? { ...linkedTo(buyer(1)), escalatedAt: now, carrier: 'sf', tracking: 'SF1234567890123' } : {};
  return {
    order: order(1, more),
    merchantName: '林记',
    entries,
    notices: [],
    ledger: [],
    refunds: full ? [refund] : [],
    vouchers: [],
  };
}

describe('a case file', () => {
  it.each([0, 1, 5, 6, 7, 8, 13, 14, 15, 40])('of %i entries is told ten lines at a time, each entry once', (count) => {
    for (const words of both) {
      for (const full of [false, true]) {
        const file = fileWith(count, full);
        const seen: string[] = [];
        for (let page = 0; page < 20; page++) {
          const card = caseCard(words, file, page, now);
          const lines = linesOf(card);
          expect(lines.length).toBeLessThanOrEqual(10);
          expect(lines[0]).toContain(file.order.number);
          seen.unshift(...lines.flatMap((line) => line.match(/note\d+\./) ?? []));
          const buttons = buttonsOf(card);
          expect(new Set(buttons).size).toBe(buttons.length);
          if (!buttons.includes(words.t.plain('staff.case.earlier'))) break;
        }
        expect(seen).toEqual(Array.from({ length: count }, (_, n) => `note${n}.`));
      }
    }
  });

  it('has a way back to its latest page', () => {
    const [zh] = both;
    if (!zh) return;
    const buttons = (page: number) => buttonsOf(caseCard(zh, fileWith(40, true), page, now));
    expect([0, 1, 2, 99].map(buttons)).toEqual([
      ['更早'],
      ['更早', '更近'],
      ['更早', '更近', '最新'],
      ['更近', '最新'],
    ]);
  });
});

describe('a rule book', () => {
  const rules = compensationReasonSchema.options.map((reason) => {
    const [rule] = pddPack.rules;
    if (!rule) throw new Error('the default pack has no rule');
    return { ...rule, id: reason, reason };
  });

  it.each([
    ['ours', pddPack],
    ['one with a rule for every reason', { ...pddPack, rules } satisfies PolicyPack],
    ['one without rules', { ...pddPack, rules: [] } satisfies PolicyPack],
  ])('is ten lines, and so are its sources: %s', (_, pack) => {
    for (const words of both) {
      const shown = { ...pack, inForce: true };
      const general = linesOf(policyCard(words, guild, shown));
      expect(general.length).toBeLessThanOrEqual(10);
      const sources = linesOf(policySourcesCard(words, guild, shown));
      expect(sources.length).toBeLessThanOrEqual(10);
      for (const { source } of pack.rules) {
        const said = typeof source === 'string' ? source : source[words.t.locale];
        expect(sources.join('\n')).toContain(said.slice(0, 20));
      }
    }
  });
});
