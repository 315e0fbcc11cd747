// The page by keyboard alone: where the focus is after each thing done, what the keys do, and what is said to be missing.
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { inBrowser, PATIENCE } from './suite.ts';
import { answer, become, command, composer, lastMessage } from './support.ts';

const { open, reset } = inBrowser();

const focused = (target: Locator) =>
  expect.poll(() => target.evaluate((element) => element.matches(':focus'))).toBe(true);

/** Types a command's name into the composer, which must have the focus, and takes it from the list. */
async function begin(page: Page, path: string): Promise<void> {
  await page.keyboard.type('/');
  await page.locator('.suggestions').waitFor();
  await page.keyboard.type(path.slice(1));
  await page.keyboard.press('Enter');
  await page.locator('.slash').waitFor();
}

it('goes on writing after a command is left or sent, and when replying', PATIENCE, async () => {
  const page = await open({ locale: 'en-US' });
  await composer(page).focus();
  await begin(page, '/order status');
  await page.keyboard.press('Escape');
  await focused(composer(page));
  await begin(page, '/order status');
  await page.keyboard.press('Enter');
  await focused(composer(page));
  await answer(page).waitFor();
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await lastMessage(page).locator('.reply-button').press('Enter');
  await focused(composer(page));
  await page.locator('.replying').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.replying').waitFor({ state: 'detached' });
});

/** A key as browsers give it while Chinese is composed; Safari counts the one that ends it no longer, and gives its old number. */
const composed = {
  'while composing': { isComposing: true },
  'at the end, in Safari': { keyCode: 229 },
};

it.each(Object.entries(composed))('leaves keys to the input method (%s)', PATIENCE, async (_, how) => {
  const page = await open();
  const key = (name: string, on: Locator) => on.dispatchEvent('keydown', { key: name, bubbles: true, ...how });
  const before = await page.locator('.message').count();
  await composer(page).fill('你好');
  await key('Enter', composer(page));
  await composer(page).fill('/订');
  await page.locator('.suggestions').waitFor();
  await key('Enter', composer(page));
  await page.locator('.suggestions').waitFor();
  await composer(page).fill('/order status ');
  await page.locator('.slash').waitFor();
  for (const name of ['Enter', 'Escape']) await key(name, page.locator('.slash input').first());
  await page.locator('.slash').waitFor();
  expect(await page.locator('.message').count()).toBe(before);
});

it('stays where a button was pressed, also when a form it opened is closed', PATIENCE, async () => {
  const page = await open({ locale: 'en-US' });
  await become(page, '林老板');
  await composer(page).focus();
  await begin(page, '/shop due');
  await page.keyboard.press('Enter');
  const button = answer(page).getByRole('button', { name: 'Report out of stock' });
  const form = page.getByRole('dialog');
  for (const close of [
    () => page.keyboard.press('Escape'),
    () => form.getByRole('button', { name: 'Cancel' }).click(),
  ]) {
    await button.press('Enter');
    await form.waitFor();
    await close();
    await form.waitFor({ state: 'detached' });
    await focused(button);
  }
});

it('says in the form what must still be picked, and goes there', PATIENCE, async () => {
  const page = await open();
  await become(page, '林老板');
  await composer(page).focus();
  await begin(page, '/shop due');
  await page.keyboard.press('Enter');
  await answer(page).getByRole('button', { name: '报缺货' }).press('Enter');
  const form = page.getByRole('dialog');
  await form.getByRole('button', { name: '提交' }).press('Enter');
  await form.getByText('这一项必填').first().waitFor();
  expect(await form.getByText('这一项必填').count()).toBe(2);
  const [sku, reason] = [form.getByRole('combobox').first(), form.getByRole('combobox').nth(1)];
  await focused(sku);
  for (const key of ['Enter', 'Enter']) await page.keyboard.press(key);
  await form.getByRole('button', { name: '提交' }).press('Enter');
  await focused(reason);
  expect(await form.getByText('这一项必填').count()).toBe(1);
});

it('finds an option wanting once it has been left, or the command sent', PATIENCE, async () => {
  const page = await open({ locale: 'en-US' });
  await become(page, '林老板');
  await composer(page).focus();
  await begin(page, '/shop stockout');
  const wrong = page.locator('.chip.wrong');
  expect(await wrong.count()).toBe(0);
  await page.locator('.tail').focus();
  await expect.poll(() => wrong.count()).toBe(1);
  await page.keyboard.press('Enter');
  await page.getByText('Fill in the options marked red first').waitFor();
  await expect.poll(() => wrong.count()).toBe(2);
  await focused(page.locator('[data-option="sku"]'));
});

it('says that a message is too long until it is changed', PATIENCE, async () => {
  const page = await open({ locale: 'en-US' });
  await composer(page).fill('x'.repeat(2001));
  await composer(page).press('Enter');
  const told = page.getByText('A message has at most 2000 characters');
  await told.waitFor();
  await composer(page).fill('x');
  await told.waitFor({ state: 'detached' });
});

it('never moves a press on to another button when Enter is pressed again', PATIENCE, async () => {
  await reset();
  const page = await open();
  await command(page, '/order status');
  const wait = answer(page).getByRole('button', { name: '等到' });
  await wait.focus();
  await page.keyboard.press('Enter');
  await answer(page).getByText('你选了').waitFor();
  // Where it was pressed one is still, but on nothing that can be pressed.
  await focused(answer(page));
  for (let again = 0; again < 2; again++) await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await answer(page).evaluate((element) => element.matches(':focus-within'))).toBe(true);
  expect(await page.getByText('已取消').count()).toBe(0);
});

it('never moves the second half of a double click on to another button', PATIENCE, async () => {
  await reset();
  const page = await open();
  await command(page, '/order status');
  const refund = answer(page).getByRole('button', { name: /退款 ¥68\.00/ });
  await refund.click();
  await answer(page).getByRole('button', { name: '返回' }).waitFor();
  // The second half of a double click, on whatever has come to stand there.
  const under = answer(page).locator('.button').first();
  const there = (await under.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(there.x + there.width / 2, there.y + there.height / 2);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await answer(page).getByRole('button', { name: '返回' }).click();
  await answer(page).getByRole('button', { name: '找人工' }).waitFor();
  expect(await page.getByText('已取消').count()).toBe(0);
});

describe('Enter', () => {
  it('takes what the bot suggests', PATIENCE, async () => {
    const page = await open();
    await become(page, '林老板');
    await composer(page).focus();
    await begin(page, '/报缺货');
    await page.keyboard.type('HC');
    await page.locator('.suggestions .option.at', { hasText: 'HC-LH-01' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await page.locator('[data-option="sku"]').inputValue()).toContain('HC-LH-01');
    await focused(page.locator('[data-option="reason"]'));
  });

  it('takes what is marked before it sends, also where something else is settled already', PATIENCE, async () => {
    const page = await open();
    await become(page, '店长');
    await composer(page).focus();
    await begin(page, '/设置 客服');
    await page.locator('.suggestions .option').first().waitFor();
    await page.keyboard.press('Enter');
    await focused(page.locator('.tail'));
    await page.keyboard.type('频道');
    await page.keyboard.press('Enter');
    await page.keyboard.type('客服');
    await page.keyboard.press('Enter');
    await focused(page.locator('.tail'));
    expect(await page.locator('[data-option="channel"]').inputValue()).toBe('#客服');
    // An option gone back to keeps what was chosen.
    await page.locator('[data-option="role"]').focus();
    const role = await page.locator('[data-option="role"]').inputValue();
    await page.keyboard.press('Enter');
    expect(await page.locator('[data-option="role"]').inputValue()).toBe(role);
  });
});

it('drops what was wrong with a command that is left', PATIENCE, async () => {
  const page = await open({ locale: 'en-US' });
  await become(page, '林老板');
  await composer(page).focus();
  await begin(page, '/shop stockout');
  await page.locator('.tail').focus();
  await page.keyboard.press('Enter');
  const told = page.getByText('Fill in the options marked red first');
  await told.waitFor();
  await page.keyboard.press('Escape');
  await composer(page).waitFor();
  expect(await told.count()).toBe(0);
});

it('dismisses an answer for good, and stays among the messages', PATIENCE, async () => {
  await reset();
  const page = await open({ locale: 'en-US' });
  await command(page, '/order list');
  await answer(page).getByRole('button', { name: 'Dismiss' }).press('Enter');
  await answer(page).waitFor({ state: 'detached' });
  await focused(page.locator('.messages'));
  await page.reload();
  await composer(page).waitFor();
  expect(await answer(page).count()).toBe(0);
});

it('writes into the composer wherever the focus is on nothing that takes letters', PATIENCE, async () => {
  const page = await open({ locale: 'en-US', viewport: { width: 1600, height: 900 } });
  await page.getByRole('button', { name: 'Two people' }).click();
  const [left, right] = [page.locator('.pane').first(), page.locator('.pane').last()];
  await page.keyboard.type('hello');
  await expect.poll(() => composer(left).inputValue()).toBe('hello');
  await right.locator('h1').click();
  await page.keyboard.type('there');
  await expect.poll(() => composer(right).inputValue()).toBe('there');
  expect(await composer(left).inputValue()).toBe('hello');
});
