// Every card of a buyer, with the worst data there is: Discord takes it, nothing in it pings, links or gives anybody away.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { button, type Card, cards, select, textCard } from '../../src/discord/card.ts';
import { cutMarkdown } from '../../src/discord/limits.ts';
import { modal } from '../../src/discord/modal.ts';
import { type OrderView, orderCard } from '../../src/discord/views/order-card.ts';
import { refundQuestion, substituteQuestion, swapQuestion } from '../../src/discord/views/order-confirm.ts';
import { orderListCard } from '../../src/discord/views/order-list.ts';
import { refusalCard } from '../../src/discord/views/refusal.ts';
import { walletCard } from '../../src/discord/views/wallet.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { factsOf } from '../../src/domain/order/facts.ts';
import type { Order } from '../../src/domain/order/order.ts';
import type { RefusalCode } from '../../src/domain/refusal.ts';
import { remediesOf } from '../../src/domain/remedy/remedies.ts';
import type { Product } from '../../src/domain/stock/product.ts';
import { formatsIn } from '../../src/i18n/format.ts';
import { ours } from '../../src/i18n/markup.ts';
import { textsIn } from '../../src/i18n/texts.ts';
import { checkBody } from '../../src/playground/local-discord/schema.ts';
import { pddPack, startOfTest } from '../support/app.ts';
import { acceptsCard, textsOf } from '../support/discord-rules.ts';
import { hostileOrder, hostileSubstitutes, hostileText, hostileVoucher } from '../support/hostile.ts';
import { order } from '../support/orders.ts';

const words = (['zh-CN', 'en-US'] as const).map((locale) => ({ t: textsIn(locale), f: formatsIn(locale) }));
const now = startOfTest;

const reportOn = (sku: string): Incident => ({
  id: 'i',
  guildId: '123456789012345678',
  merchantId: 'lin',
  kind: 'stock_out',
  sku,
  reason: 'supplier',
  ...(sku.length % 2 === 0 && { newShipAt: now }),
  reportedBy: '123456789012345678',
  reportedAt: now,
  state: 'open',
  affected: 0,
  told: 0,
  unlinked: 0,
});

function viewOf(order: Order, substitutes: readonly Product[], vouchers: OrderView['vouchers'] = []): OrderView {
  const first = order.lines[0];
  const own: Product = {
    guildId: order.guildId,
    merchantId: order.merchantId,
    sku: 'SKU',
    name: '',
    substitutes: substitutes.map(({ sku }) => sku),
  };
  const products = new Map([...substitutes, ...(first ? [own] : [])].map((product) => [product.sku, product]));
  return {
    order,
    facts: factsOf(order, now),
    remedies: remediesOf(order, products, pddPack, now),
    also: order.lines.slice(1).map((line) => ({ line, incident: reportOn(line.sku) })),
    vouchers,
    refunds: [],
    expected: [],
    timeZone: 'Asia/Shanghai',
    now,
  };
}

function isSound(card: Card): void {
  acceptsCard(card);
  expect(card.body.allowed_mentions).toEqual({ parse: [] });
  const { markdown, all } = textsOf(card);
  expect(markdown.join('\n')).not.toMatch(/(?<!\\)<[@#:/]|\[[^\]]*\]\(\w/);
  const texts = all.join('\n');
  expect(texts).not.toMatch(/@(everyone|here)/);
  expect(texts).not.toMatch(/\{\{|undefined|NaN|\[object/);
  expect(texts).not.toContain('王小明');
  expect(texts).not.toContain('13812341234');
}

function questionsOf(word: (typeof words)[number], view: OrderView): Card[] {
  const { swap, refund } = view.remedies;
  return [
    ...(refund ? [refundQuestion(word, view, refund)] : []),
    ...(swap ? [substituteQuestion(word, view, swap.options)] : []),
    ...(swap?.options.slice(0, 3) ?? []).map((option) => swapQuestion(word, view, option)),
  ];
}

describe('the order card', () => {
  it('is taken by Discord whatever the order says, and fits a phone', () => {
    fc.assert(
      fc.property(
        hostileOrder,
        hostileSubstitutes,
        fc.array(hostileVoucher, { maxLength: 5 }),
        (order, substitutes, vouchers) => {
          for (const word of words) {
            const card = orderCard(word, viewOf(order, substitutes, vouchers));
            isSound(card);
            const [container] = card.body.components;
            const text = container?.type === 17 ? container.components.find(({ type }) => type === 10) : undefined;
            expect(text && 'content' in text ? text.content.split('\n').length : 0).toBeLessThanOrEqual(10);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("tells the whole of a shop's note, as long as one may be", () => {
    const note = `${'One line for the buyers. '.repeat(19)}Its end.`;
    const trouble = { incidentId: 'i', kind: 'delay', reason: 'other', reportedAt: now, note } as const;
    for (const word of words) {
      const card = orderCard(word, viewOf(order(1, { trouble }), []));
      isSound(card);
      expect(textsOf(card).markdown.join('\n')).toContain(note);
    }
  });

  it('asks before a swap or refund in cards that are as sound', () => {
    fc.assert(
      fc.property(hostileOrder, hostileSubstitutes, (order, substitutes) => {
        const view = viewOf(order, substitutes);
        for (const word of words) for (const card of questionsOf(word, view)) isSound(card);
      }),
      { numRuns: 200 },
    );
  });
});

describe('lists', () => {
  it('are taken by Discord with any orders and vouchers', () => {
    fc.assert(
      fc.property(
        fc.array(hostileOrder, { maxLength: 30 }),
        fc.array(hostileVoucher, { maxLength: 30 }),
        (orders, vouchers) => {
          const unique = orders.map((order, index) => ({ ...order, id: `order-${index}` }));
          for (const word of words) {
            isSound(orderListCard(word, { guildId: '123456789012345678', orders: unique, total: 999, now }));
            isSound(walletCard(word, { vouchers, expired: vouchers, refunds: [], totalsByCurrency: { CNY: 1 } }, now));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('refusals', () => {
  const source = readFileSync(new URL('../../src/domain/refusal.ts', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map((match) => match[1] as RefusalCode);

  it('are each worded in both languages', () => {
    expect(codes.length).toBeGreaterThan(40);
    for (const code of codes) {
      for (const word of words) {
        const card = refusalCard(word, { refused: code, data: {} });
        expect(textsOf(card).all[0], code).not.toBe(word.t('common.refused').text);
      }
    }
  });

  it('say what was saved where something was', () => {
    const data = { kind: 'partly', imported: 51, updated: 7, unchanged: 0 };
    for (const word of words) {
      const said = textsOf(refusalCard(word, { refused: 'store_not_writable', data })).all.join();
      expect(said).toMatch(/51.*7/);
      expect(said).not.toMatch(/nothing was changed|什么都没改/);
    }
  });

  it('are sound with any data', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), hostileText(300), fc.nat(), (refused, text, at) => {
        const data = {
          order: text,
          text,
          sku: text,
          merchant: text,
          merchants: [text, text],
          by: text,
          untilAt: at,
          kind: text,
        };
        for (const word of words) isSound(refusalCard(word, { refused, data }));
      }),
      { numRuns: 300 },
    );
  });
});

describe('what does not fit', () => {
  it('is cut or left out', () => {
    const long = ours('长'.repeat(3000));
    const buttons = Array.from({ length: 9 }, (_, index) => button(`b${index}`, 'x'.repeat(200)));
    const options = Array.from({ length: 60 }, (_, index) => ({
      value: `v${index}`,
      label: '@'.repeat(300),
      description: '',
    }));
    const content = { tone: 'good', lines: [long], rows: [buttons, select('s', 'p'.repeat(300), options)] } as const;
    acceptsCard(cards(content));
    acceptsCard(textCard('good', long, long, long));
    const many = Array.from({ length: 30 }, (_, index) => ({
      tone: 'good' as const,
      lines: [ours('x')],
      rows: [[button(`n${index}`, 'n')]],
    }));
    acceptsCard(cards(...many));
  });

  it('is never cut inside a token or a character', () => {
    expect(cutMarkdown('see <t:1234567890:R> now', 12)).toBe('see …');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 60 }), (text, max) => {
        const cut = cutMarkdown(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
      }),
    );
  });

  it('holds for forms too', () => {
    const fields = Array.from({ length: 7 }, (_, index) => ({
      id: `f${index}`,
      label: 'l'.repeat(99),
      hint: 'h'.repeat(300),
      value: 'v'.repeat(900),
    }));
    const data = modal('m', 't'.repeat(99), fields);
    checkBody('post', '/interactions/{interaction_id}/{interaction_token}/callback', { type: 9, data });
  });
});
