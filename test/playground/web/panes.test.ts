// What stands around the messages: mentions, what is unread, files dropped anywhere, whose form it is, and a phone's buttons.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { pinduoduoXlsx } from '../../support/pinduoduo-file.ts';
import { inBrowser, PATIENCE } from './suite.ts';
import { answer, become, command, composer, drop, lastMessage } from './support.ts';

const suite = inBrowser();
const WIDE = { viewport: { width: 1600, height: 900 } } as const;

async function twoPanes(page: Page, label: string) {
  await page.getByRole('button', { name: label }).click();
  return [page.locator('.pane').first(), page.locator('.pane').last()] as const;
}

describe('an @', () => {
  it.each(['Enter', 'Tab', 'click'])('mentions the bot, chosen by %s, and it answers', PATIENCE, async (by) => {
    await suite.reset();
    const page = await suite.open();
    await composer(page).focus();
    await page.keyboard.type('@mak');
    const bot = page.locator('.suggestions .option', { hasText: 'Makegood' });
    await bot.waitFor();
    if (by === 'click') await bot.click();
    else await page.keyboard.press(by);
    expect(await composer(page).inputValue()).toBe('@Makegood ');
    await page.keyboard.type('我的订单在哪');
    await page.keyboard.press('Enter');
    const mine = page.locator('.message', { hasText: '我的订单在哪' });
    await mine.locator('.mention', { hasText: '@Makegood' }).waitFor();
    await lastMessage(page).locator('.app').waitFor();
    const sent = suite.demo.discord.messages(suite.demo.world.channels.orders);
    expect(sent.some(({ content }) => content === `<@${suite.demo.discord.world.botId}> 我的订单在哪`)).toBe(true);
  });

  it('lists who is there, in the middle of a text too, and is left by Escape', PATIENCE, async () => {
    const page = await suite.open();
    await become(page, '林老板');
    await composer(page).fill('问问 好吗');
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.type(' @');
    const list = page.locator('.suggestions');
    await list.locator('.option', { hasText: 'Makegood' }).waitFor();
    expect(await list.innerText()).toContain('店长');
    // Who does not see the channel cannot be called into it.
    expect(await list.innerText()).not.toContain('小王');
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await page.keyboard.type('店');
    await list.locator('.option', { hasText: '店长' }).click();
    expect(await composer(page).inputValue()).toBe('问问 @店长  好吗');
    await page.keyboard.type('x');
    expect(await composer(page).inputValue()).toBe('问问 @店长 x 好吗');
  });
});

it.each([
  ['in two panes', { viewport: { width: 1280, height: 800 } }],
  ['on a phone', { viewport: { width: 390, height: 780 } }],
])('counts what is unread on the channels button, %s', PATIENCE, async (where, options) => {
  await suite.reset();
  const page = await suite.open(options);
  const pane = where === 'in two panes' ? (await twoPanes(page, '两个人'))[0] : page.locator('.pane');
  const menu = pane.getByRole('button', { name: '频道' });
  const { discord, world } = suite.demo;
  const before = Number((await menu.innerText()).match(/\d+/)?.[0] ?? 0);
  const lin = world.member('lin');
  await discord
    .person(lin.userId)
    .command({ channel: lin.channelId }, '/shop stockout', { sku: 'HC-LH-01', reason: 'supplier' });
  await menu.locator('.badge', { hasText: String(before + 1) }).waitFor();
  await menu.click();
  await pane.locator('.place', { hasText: 'Makegood' }).click();
  await menu.locator('.badge').waitFor({ state: 'detached' });
});

describe('a file dropped', () => {
  const picture = { name: 'red.png', bytes: new Uint8Array([1]) };

  it('outside of the panes goes to the active one', PATIENCE, async () => {
    const page = await suite.open(WIDE);
    const [, right] = await twoPanes(page, '两个人');
    await right.locator('h1').click();
    for (const place of ['.toolbar', 'body']) {
      await drop(page, [{ ...picture, name: `${place}.png` }], place);
      await right.locator('.attached', { hasText: `${place}.png` }).waitFor();
    }
    expect(await page.locator('.pane').first().locator('.attached').count()).toBe(0);
    // Over a pane it is that one's, whichever is active.
    await drop(page, [picture]);
    await page.locator('.pane').first().locator('.attached', { hasText: 'red.png' }).waitFor();
  });

  it('onto the bar above, as a table of orders, becomes an import', PATIENCE, async () => {
    const page = await suite.open();
    const bytes = await pinduoduoXlsx({ rows: 30, columns: 'full' });
    await drop(page, [{ name: 'mine.xlsx', bytes }], '.toolbar');
    await page.locator('.chip', { hasText: 'mine.xlsx' }).waitFor();
    expect(await page.locator('.self option:checked').innerText()).toContain('林老板');
  });

  it('is told beforehand where it will go, of whichever kind it is', PATIENCE, async () => {
    const page = await suite.open();
    await drop(page, [picture], '.toolbar', ['dragover']);
    const over = page.locator('.drop-here');
    expect(await over.innerText()).toMatch(/订单.*林老板[\s\S]*其他文件.*消息/);
    await drop(page, [picture], '.pane', ['drop']);
    await over.waitFor({ state: 'detached' });
    // Something is being written: everything goes with it.
    await drop(page, [picture], '.pane', ['dragover']);
    expect(await over.innerText()).not.toContain('林老板');
  });
});

it('says whose form it is', PATIENCE, async () => {
  const page = await suite.open({ ...WIDE, locale: 'en-US' });
  const [left] = await twoPanes(page, 'Two people');
  await become(left, '林老板');
  await command(left, '/shop due');
  await answer(left).getByRole('button', { name: 'Report out of stock' }).click();
  await page.getByRole('dialog').getByText('You are 林老板, merchant').waitFor();
});

it('gives each person a colour that outlives a reset', PATIENCE, async () => {
  const page = await suite.open();
  const colours = () =>
    page.locator('.member .avatar').evaluateAll((all) => all.slice(0, 8).map((one) => one.className));
  await page.locator('.member').first().waitFor();
  const before = await colours();
  expect(new Set(before).size).toBeGreaterThan(3);
  const { demo } = suite;
  await suite.reset();
  expect(suite.demo).not.toBe(demo);
  await page.reload();
  await page.locator('.member').first().waitFor();
  expect(await colours()).toEqual(before);
});

it('shows that requests can be opened, and when each was made', PATIENCE, async () => {
  const page = await suite.open({ locale: 'en-US' });
  await command(page, '/order list');
  await answer(page).waitFor();
  await page.getByRole('button', { name: 'Look inside' }).click();
  await page.getByRole('tab', { name: 'Requests' }).click();
  const first = page.locator('.inspector summary').first();
  expect(await first.locator('time').innerText()).toMatch(/\d:\d\d:\d\d/);
  const mark = await first.evaluate((element) => {
    // In the browser, whose types are not ours.
    const { getComputedStyle } = globalThis as unknown as {
      getComputedStyle: (of: unknown, part: string) => { content: string };
    };
    return getComputedStyle(element, '::before').content;
  });
  expect(mark).not.toBe('none');
  // What is long scrolls, by keyboard too.
  await first.click();
  await page.locator('.inspector details[open] pre').first().focus();
  expect(await page.locator('.inspector pre:focus').count()).toBe(1);
});

it.each(['zh-CN', 'en-US'])('has buttons on a phone that a thumb can hit, in %s', PATIENCE, async (locale) => {
  const page = await suite.open({ locale, viewport: { width: 390, height: 780 }, hasTouch: true });
  for (const button of await page.locator('.toolbar button:visible').all()) {
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(36);
  }
  expect((await page.locator('.toolbar').boundingBox())?.height).toBeLessThan(140);
});

it('lets a person close their direct messages, and open them again', PATIENCE, async () => {
  await suite.reset();
  const page = await suite.open({ locale: 'en-US' });
  const { discord, world } = suite.demo;
  const { userId } = world.member('wang');
  await page.locator('.place', { hasText: 'Makegood' }).click();
  const takes = page.getByRole('checkbox', { name: 'Let Makegood write to me' });
  expect(await takes.isChecked()).toBe(true);
  await takes.uncheck();
  await expect.poll(() => discord.world.user(userId).dmsClosed).toBe(true);
  await page.reload();
  await composer(page).waitFor();
  expect(await takes.isChecked()).toBe(false);
  await takes.check();
  await expect.poll(() => discord.world.user(userId).dmsClosed).toBe(false);
});
