// The tour from its first to its last step, in both languages: each step puts the reader where it says, and does what it says.
import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { inBrowser, PATIENCE } from './suite.ts';
import { lastMessage } from './support.ts';

const suite = inBrowser();
beforeEach(() => suite.reset());

const tour = (page: Page): Locator => page.locator('.tour');
const at = (page: Page, step: number) => tour(page).getByText(`${step}/9`).waitFor();
const whoIsThere = (page: Page) => page.locator('.self option:checked').innerText();

/** Has the step's command filled in, looks whether it is the one meant, and sends it; a reason stands there in words. */
async function sendFilledIn(page: Page, command: string, reason?: string): Promise<void> {
  await tour(page).locator('.button.primary').click();
  await page.locator('.slash').waitFor();
  expect(await page.locator('.slash-name').innerText()).toBe(command);
  expect(await page.locator('.chip.wrong').count()).toBe(0);
  if (reason !== undefined) expect(await page.locator('[data-option="reason"]').inputValue()).toBe(reason);
  await page.locator('.send').click();
}

describe.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
  const say = (zh: string, en: string) => (locale === 'zh-CN' ? zh : en);

  it('leads from a late order to one of your own', PATIENCE, async () => {
    const page = await suite.open({ locale });
    await page.getByRole('button', { name: say('导览', 'tour') }).click();

    await at(page, 1);
    expect(await whoIsThere(page)).toContain('小王');
    await sendFilledIn(page, say('/订单 状态', '/order status'));

    await at(page, 2);
    const choice = lastMessage(page).getByRole('button', { name: say('找人工', 'Talk to a person') });
    await choice.click();

    await at(page, 3);
    expect(await whoIsThere(page)).toContain('林老板');
    await sendFilledIn(page, say('/店铺 报缺货', '/shop stockout'), say('供应商没到货', 'Supplier did not deliver'));

    await at(page, 4);
    expect(await whoIsThere(page)).toContain('Anna');
    const told = page.locator('.message', { hasText: '607198974342391' }).last();
    await told.getByRole('button').first().click();

    await at(page, 5);
    expect(await whoIsThere(page)).toContain('阿清');
    await sendFilledIn(page, say('/赔付', '/compensate'), say('缺货', 'Out of stock'));

    await at(page, 6);
    await lastMessage(page).getByRole('button', { name: '¥5.00' }).click();

    await at(page, 7);
    expect(await whoIsThere(page)).toContain('林老板');
    await sendFilledIn(page, say('/店铺 导入', '/shop import'));
    await page.locator('.message.private', { hasText: '50' }).last().waitFor();

    await at(page, 8);
    const before = suite.demo.time.now();
    const pings = await page.locator('.message').count();
    await tour(page).locator('.button.primary').click();
    await expect.poll(() => page.locator('.message').count()).toBeGreaterThan(pings);
    expect(suite.demo.time.now()).toBeGreaterThan(before);
    await tour(page)
      .getByRole('button', { name: say('下一步', 'Next') })
      .click();

    await at(page, 9);
    await tour(page)
      .getByRole('button', { name: say('结束导览', 'End the tour') })
      .click();
    await tour(page).waitFor({ state: 'detached' });
    expect(await page.locator('.inviting').count()).toBe(0);
    expect(suite.demo.discord.refusals).toEqual([]);
  });

  it('goes back, and can be left at any step', PATIENCE, async () => {
    const page = await suite.open({ locale });
    await page.getByRole('button', { name: say('导览', 'tour') }).click();
    await tour(page)
      .getByRole('button', { name: say('下一步', 'Next') })
      .click();
    await at(page, 2);
    await tour(page)
      .getByRole('button', { name: say('上一步', 'Back') })
      .click();
    await at(page, 1);
    await page.getByRole('button', { name: say('导览', 'Tour'), exact: true }).click();
    await tour(page).waitFor({ state: 'detached' });
  });
});
