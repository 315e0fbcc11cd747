// What each person of the demo shop mainly does there, from the first to the last step, in both languages.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OptionValues } from '../../../src/playground/local-discord/client/options.ts';
import { inBrowser, PATIENCE } from './suite.ts';
import { answer, become, command, composer, option } from './support.ts';

const suite = inBrowser();
beforeEach(() => suite.reset());

/** The words of the language the journey is made in. */
type Say = (zh: string, en: string) => string;

interface Journey {
  readonly who: string;
  readonly does: string;
  readonly go: (page: Page, say: Say) => Promise<void>;
}

const press = (page: Page, name: string) => answer(page).getByRole('button', { name }).click();
/** Waits until a button of it is no longer offered. */
const gone = (page: Page, name: string) => answer(page).getByRole('button', { name }).waitFor({ state: 'detached' });
/** Waits until the answer to the last thing done says so. */
const answered = (page: Page, text: string) => answer(page).getByText(text).first().waitFor();

/** Somebody else does something meanwhile, elsewhere. */
async function meanwhile(key: string, path: string, values: OptionValues, label?: string): Promise<void> {
  const { discord, world } = suite.demo;
  const { userId, channelId } = world.member(key);
  const person = discord.person(userId, { locale: 'zh-CN' });
  const asked = await person.command({ channel: channelId }, path, values);
  await asked.response();
  if (label === undefined) return;
  if (!asked.message) throw new Error(`${path} was not answered by a message`);
  await (await person.press(asked.message, label)).response();
}

async function numberEnding(serial: string): Promise<string> {
  const { discord, world } = suite.demo;
  const { userId, channelId } = world.member('qing');
  const [first] = await discord.person(userId).autocomplete({ channel: channelId }, '/compensate', 'order', serial);
  return String(first?.value);
}

/** What the list above the composer offers, once it is there. */
async function offered(page: Page): Promise<string> {
  await page.locator('.suggestions .option').first().waitFor();
  return page.locator('.suggestions').innerText();
}

const journeys: readonly Journey[] = [
  {
    who: '小王',
    does: 'asks about a late order and takes the money back',
    async go(page, say) {
      await command(page, '/order status');
      await answered(page, say('晚了 3 小时', '3 hours late'));
      await press(page, say('退款 ¥68.00', 'Refund ¥68.00'));
      await answered(page, say('会取消', 'is cancelled'));
      await press(page, say('退款 ¥68.00', 'Refund ¥68.00'));
      await gone(page, say('返回', 'Back'));
      await command(page, '/wallet');
      await answered(page, '¥68.00');
    },
  },
  {
    who: 'Anna',
    does: 'hears of a stock-out without asking and takes something else instead',
    async go(page, say) {
      // She is written to in the language she last used.
      await command(page, '/order list');
      await page.locator('.place', { hasText: 'Makegood' }).click();
      await meanwhile('lin', '/shop stockout', { sku: 'HC-LH-01', reason: 'supplier', substitutes: 'BC-LH-01' });
      const told = page.locator('.message', { hasText: '607198974342391' }).last();
      await told.getByRole('button', { name: say('换货', 'Swap') }).click();
      await told.getByRole('button', { name: '白茶礼盒' }).click();
      await told.getByRole('button', { name: say('返回', 'Back') }).waitFor({ state: 'detached' });
      expect(await told.textContent()).toContain('白茶礼盒');
    },
  },
  {
    who: '林老板',
    does: 'sees what is due and ships it',
    async go(page, say) {
      await command(page, '/shop due');
      await answered(page, say('6 单要到发货时限', '6 orders are due to ship'));
      await command(page, '/shop ship', async () => {
        await option(page, 'order', '342270', true);
        await option(page, 'carrier', '顺丰', true);
        await option(page, 'tracking', 'SF1234567890123');
      });
      await answered(page, 'SF1234567890123');
      await command(page, '/shop due');
      await answered(page, say('5 单要到发货时限', '5 orders are due to ship'));
    },
  },
  {
    who: '满姐',
    does: 'sees her own orders and nothing of the other shop',
    async go(page, say) {
      expect(await page.locator('.places').innerText()).not.toContain('林记茶铺');
      await command(page, '/shop due');
      await answered(page, say('2 单要到发货时限', '2 orders are due to ship'));
      expect(await answer(page).textContent()).not.toContain('607198974');
      await composer(page).fill('/shop ship ');
      await page.locator('[data-option="order"]').fill('3');
      expect(await offered(page)).toMatch(/713055120043101[\s\S]*713055120043188/);
      await page.locator('[data-option="order"]').fill('607198974');
      await expect.poll(() => page.locator('.suggestions .option').count()).toBe(0);
      await page.locator('[data-option="order"]').press('Escape');
      // A number she has from elsewhere is of no use to her.
      await command(page, '/shop ship', async () => {
        await option(page, 'order', await numberEnding('342270'));
        await option(page, 'carrier', 'SF');
        await option(page, 'tracking', 'SF1234567890123');
      });
      await answered(page, say('没找到订单', 'cannot find order'));
    },
  },
  {
    who: '阿清',
    does: 'compensates by the rule book, once',
    async go(page, say) {
      await command(page, '/compensate', async () => {
        await option(page, 'order', '342268', true);
        await option(page, 'reason', say('延迟', 'late'), true);
      });
      await answered(page, say('余额 ¥1,240.00 → ¥1,237.00', 'balance ¥1,240.00 → ¥1,237.00'));
      await press(page, say('确认赔 ¥3.00', 'Confirm ¥3.00'));
      await answered(page, say('账目第 3 号', 'Ledger entry 3'));
      await gone(page, '¥3.00');
    },
  },
  {
    who: 'Sam',
    does: 'finds done what a colleague has done, and why',
    async go(page, say) {
      await meanwhile(
        'qing',
        '/compensate',
        { order: await numberEnding('342268'), reason: 'late_shipment' },
        '确认赔 ¥3.00',
      );
      await command(page, '/compensate', async () => {
        await option(page, 'order', '342268', true);
        await option(page, 'reason', say('延迟', 'late'), true);
      });
      await answered(page, say('已经因为延迟发货赔过了', 'has already been compensated for late shipment'));
      expect(await answer(page).textContent()).toContain('@阿清');
      expect(await answer(page).locator('.button').count()).toBe(0);
      await command(page, '/case show', () => option(page, 'order', '342268', true));
      await answered(page, say('第 3 号', 'ledger entry 3'));
    },
  },
  {
    who: '店长',
    does: 'sets the shop up',
    async go(page, say) {
      await command(page, '/setup merchant', async () => {
        await option(page, 'id', 'yazhu');
        await option(page, 'name', '雅竹');
        await option(page, 'member', '@Anna', true);
      });
      await answered(page, '雅竹');
      await command(page, '/setup deposit', async () => {
        await option(page, 'merchant', 'yazhu', true);
        await option(page, 'amount', '88.5');
      });
      await answered(page, '¥88.50');
      await command(page, '/setup show');
      await answered(page, say('这个服务器的设置', 'Settings of this server'));
      expect(await answer(page).textContent()).toMatch(/雅竹.*¥88\.50/);
      await become(page, '小王');
      await composer(page).fill('/');
      expect(await offered(page)).not.toMatch(/setup|设置/);
    },
  },
];

describe.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
  const say: Say = (zh, en) => (locale === 'zh-CN' ? zh : en);

  it.each(journeys)('$who $does', PATIENCE, async ({ who, go }) => {
    const page = await suite.open({ locale });
    await become(page, who);
    await go(page, say);
    expect(suite.demo.discord.refusals).toEqual([]);
  });
});
