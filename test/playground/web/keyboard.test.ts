// The page by keyboard alone: where the focus is after each thing done, what the keys do, and what is said to be missing.
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inBrowser, PATIENCE } from './suite.ts';
import { answer, become, composer, lastMessage } from './support.ts';

const { open } = inBrowser();

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
