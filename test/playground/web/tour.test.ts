// The tour from its first to its last step, in both languages: each step puts the reader where it says, and does what it says.
import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { everywhere } from '../../../src/app/collections.ts';
import { inBrowser, PATIENCE } from './suite.ts';
import { answer, command, lastMessage, option } from './support.ts';

const suite = inBrowser();
beforeEach(() => suite.reset());

const DAY_MS = 86_400_000;
/** All of it, with the shop's clock moved on by days. */
const LONG = { timeout: 2 * PATIENCE.timeout } as const;

const tour = (page: Page): Locator => page.locator('.tour');
const at = (page: Page, step: number) => tour(page).getByText(`${step}/11`).waitFor();
const isThere = (page: Page, name: string) =>
  expect.poll(() => page.locator('.self option:checked').innerText()).toContain(name);

/** Has the step's command filled in, looks whether it is the one meant, and sends it by Enter; a reason stands there in words. */
async function sendFilledIn(page: Page, command: string, reason?: string): Promise<void> {
  await tour(page).locator('.button.primary').click();
  await page.locator('.slash').waitFor();
  expect(await page.locator('.slash-name').innerText()).toBe(command);
  expect(await page.locator('.chip.wrong').count()).toBe(0);
  if (reason !== undefined) expect(await page.locator('[data-option="reason"]').inputValue()).toBe(reason);
  await page.keyboard.press('Enter');
  await page.locator('.slash').waitFor({ state: 'detached' });
}

/** Which order a card is about. */
const card = (page: Page, serial: string): Locator => page.locator('.message', { hasText: serial }).last();

describe.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
  const say = (zh: string, en: string) => (locale === 'zh-CN' ? zh : en);

  const next = (page: Page) =>
    tour(page)
      .getByRole('button', { name: say('下一步', 'Next'), exact: true })
      .click();
  /** Goes on once what was to be done is done, which the reader has time to look at. */
  const goOn = async (page: Page) => {
    await tour(page).getByText('✓').waitFor();
    await next(page);
  };

  it('leads from a late order to one of your own', LONG, async () => {
    const page = await suite.open({ locale });
    await page.getByRole('button', { name: say('导览', 'tour') }).click();

    await at(page, 1);
    await isThere(page, say('小王', 'Wang'));
    await sendFilledIn(page, say('/订单 状态', '/order status'));

    await at(page, 2);
    await lastMessage(page)
      .getByRole('button', { name: say('等到', 'Wait until') })
      .click();
    await lastMessage(page).getByText(say('你选了', 'You chose')).waitFor();
    await goOn(page);

    await at(page, 3);
    await isThere(page, say('林老板', 'Lin'));
    await sendFilledIn(page, say('/店铺 导入', '/shop import'));
    await answer(page).getByText(say('新单 50', '50 new orders')).waitFor();

    await at(page, 4);
    await tour(page).locator('.button.primary').click();

    await at(page, 5);
    await sendFilledIn(page, say('/店铺 报缺货', '/shop stockout'), say('供应商没到货', 'Supplier did not deliver'));
    await answer(page).getByText(say('影响 54 单', '54 orders are affected')).waitFor();
    await answer(page).getByText(say('正在通知 52 位买家', '52 buyers are being told')).waitFor();
    await goOn(page);

    await at(page, 6);
    await isThere(page, 'Anna');
    const hers = page.locator('.message', { hasText: '607198974342391' }).last();
    await hers.getByRole('button', { name: /换货|Swap/ }).click();
    await hers.getByRole('button', { name: '白茶礼盒' }).click();
    await goOn(page);

    await at(page, 7);
    await isThere(page, say('小王', 'Wang'));
    // The news of the delay stands above the news of the stock-out.
    const his = page.locator('.message', { hasText: '607198974342268' }).nth(1);
    for (const what of [say('等到', 'Wait until'), say('返回', 'Back')]) {
      await his.getByRole('button', { name: what }).waitFor();
      await his.getByRole('button', { name: say('退款', 'Refund') }).click();
    }
    await goOn(page);
    const told = await suite.demo.app.store.read((tx) => tx.list('notices', 'settled', { group: everywhere }));
    expect(told.filter(({ kind, state }) => kind === 'trouble_reported' && state === 'sent').length).toBe(53);

    await at(page, 8);
    await isThere(page, say('阿清', 'Qing'));
    await sendFilledIn(page, say('/赔付', '/compensate'), say('缺货', 'Out of stock'));

    await at(page, 9);
    await lastMessage(page).getByRole('button', { name: '¥5.00' }).click();
    await goOn(page);

    await at(page, 10);
    await isThere(page, say('林老板', 'Lin'));
    const before = suite.demo.time.now();
    await tour(page)
      .getByRole('button', { name: say('拨到下一个时限', 'To the next deadline') })
      .click();
    await tour(page).getByText(say('#林记茶铺 1 条', '#lin-tea (1)')).waitFor();
    await tour(page)
      .getByRole('button', { name: say('过了答应的日子', 'Past the promised date') })
      .click();
    await tour(page).getByText(say('50 位顾客的私信', 'those of 50 customers')).waitFor({ timeout: 40_000 });
    expect(suite.demo.time.now()).toBeGreaterThan(before + 5 * DAY_MS);
    await next(page);

    await at(page, 11);
    await tour(page)
      .getByRole('button', { name: say('结束导览', 'End the tour') })
      .click();
    await tour(page).waitFor({ state: 'detached' });
    expect(await page.locator('.inviting').count()).toBe(0);
    expect(suite.demo.discord.refusals).toEqual([]);
  });

  it('begins again when the shop is opened afresh, and asks for each thing anew', PATIENCE, async () => {
    const page = await suite.open({ locale });
    await command(page, '/order status');
    await page.getByRole('button', { name: say('导览', 'tour') }).click();
    // What was done before it began is no step of it.
    await at(page, 1);
    for (const step of [2, 3]) {
      await next(page);
      await at(page, step);
    }
    await sendFilledIn(page, say('/店铺 导入', '/shop import'));
    await at(page, 4);
    await suite.reset();
    await at(page, 1);
    await isThere(page, '小王');
    await sendFilledIn(page, say('/订单 状态', '/order status'));
    await at(page, 2);
    // Asking back is not choosing.
    await answer(page)
      .getByRole('button', { name: say('退款', 'Refund') })
      .click();
    await answer(page)
      .getByRole('button', { name: say('返回', 'Back') })
      .click();
    await answer(page)
      .getByRole('button', { name: say('等到', 'Wait until') })
      .click();
    await goOn(page);
    await at(page, 3);
    await sendFilledIn(page, say('/店铺 导入', '/shop import'));
    await answer(page).getByText(say('新单 50', '50 new orders')).waitFor();
  });

  it('goes back, and can be left at any step', PATIENCE, async () => {
    const page = await suite.open({ locale });
    await page.getByRole('button', { name: say('导览', 'tour') }).click();
    await tour(page)
      .getByRole('button', { name: say('下一步', 'Next'), exact: true })
      .click();
    await at(page, 2);
    await tour(page)
      .getByRole('button', { name: say('上一步', 'Back') })
      .click();
    await at(page, 1);
    await page.getByRole('button', { name: say('导览', 'Tour'), exact: true }).click();
    await tour(page).waitFor({ state: 'detached' });
  });

  const press = (scope: Locator, name: string) => scope.getByRole('button', { name }).click();
  const begin = (page: Page) => page.getByRole('button', { name: say('导览', 'tour') }).click();

  it('says so when something else is chosen, and goes on from what is', PATIENCE, async () => {
    const page = await suite.open({ locale });
    await begin(page);
    await at(page, 1);
    await sendFilledIn(page, say('/订单 状态', '/order status'));
    await at(page, 2);
    for (const left of [say('返回', 'Back'), say('找人工', 'Talk to a person')]) {
      await press(answer(page), say('退款', 'Refund'));
      await answer(page).getByRole('button', { name: left }).waitFor();
    }
    await tour(page).getByText(say('你选了别的', 'You chose something else')).waitFor();
    expect(await tour(page).getByText('✓').count()).toBe(0);
    for (const step of [3, 4, 5]) {
      await next(page);
      await at(page, step);
    }
    await sendFilledIn(page, say('/店铺 报缺货', '/shop stockout'));
    await goOn(page);
    await at(page, 6);
    await press(card(page, '607198974342391'), say('等到', 'Wait until'));
    await tour(page).getByText(say('你选了别的', 'You chose something else')).waitFor();
    await card(page, '607198974342391').getByText(say('你选了', 'You chose')).waitFor();
    await press(card(page, '607198974342391'), say('换货', 'Swap'));
    await press(card(page, '607198974342391'), '白茶礼盒');
    await goOn(page);
    await at(page, 7);
    await tour(page).getByText(say('小王的这单之前已经定了', "Wang's order was settled before")).waitFor();
  });

  it('offers the step that is missing, and counts only what it asked for', PATIENCE, async () => {
    const page = await suite.open({ locale });
    await begin(page);
    for (const step of [1, 2, 3, 4, 5, 6]) {
      await at(page, step);
      if (step < 6) await next(page);
    }
    await press(tour(page), say('去第 5 步', 'Go to step 5'));
    await at(page, 5);
    await command(page, '/shop stockout', async () => {
      await option(page, 'sku', 'LC-G-01', true);
      await option(page, 'reason', say('供应商没到货', 'Supplier did not deliver'), true);
    });
    await answer(page).getByText('LC-G-01').first().waitFor();
    await at(page, 5);
    expect(await tour(page).getByText('✓').count()).toBe(0);
    await sendFilledIn(page, say('/店铺 报缺货', '/shop stockout'));
    await goOn(page);
    await at(page, 6);
  });

  it('goes on after a reload, with the same orders', PATIENCE, async () => {
    const page = await suite.open({ locale });
    await begin(page);
    for (const step of [1, 2]) {
      await at(page, step);
      await next(page);
    }
    await at(page, 3);
    await sendFilledIn(page, say('/店铺 导入', '/shop import'));
    await at(page, 4);
    await page.reload();
    await at(page, 4);
    await tour(page).locator('.button.primary').click();
    await at(page, 5);
    await sendFilledIn(page, say('/店铺 报缺货', '/shop stockout'));
    await answer(page).getByText(say('正在通知 52 位买家', '52 buyers are being told')).waitFor();
  });

  it('offers to begin with a shop opened afresh where this one was used', PATIENCE, async () => {
    const { discord, world } = suite.demo;
    const { userId, channelId } = world.member('lin');
    const used = await discord
      .person(userId)
      .command({ channel: channelId }, '/shop stockout', { sku: 'HC-LH-01', reason: 'supplier' });
    await used.response();
    const page = await suite.open({ locale });
    await begin(page);
    await press(tour(page), say('就这样开始', 'Begin as it is'));
    await at(page, 1);
    await page.getByRole('button', { name: say('导览', 'Tour'), exact: true }).click();
    await page.getByRole('button', { name: say('导览', 'Tour'), exact: true }).click();
    await press(tour(page), say('重新打开', 'Open it afresh'));
    await at(page, 1);
    await isThere(page, say('小王', 'Wang'));
    expect(suite.demo.discord.url).toBe(discord.url);
    expect(await suite.demo.used()).toBe(false);
  });
});
