// The playground in a real browser: what each person does, in both languages, by mouse, by keyboard and on a phone.
import { readFile } from 'node:fs/promises';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { pinduoduoXlsx } from '../../support/pinduoduo-file.ts';
import { inBrowser, PATIENCE } from './suite.ts';
import { answer, become, command, composer, drop, lastMessage, option } from './support.ts';

const suite = inBrowser();
const { open } = suite;

async function findings(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
      }
    ).axe.run();
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`),
    }));
  });
}

interface TestFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function chooseAbove(page: Page, { name, bytes }: TestFile): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Load my orders' }).click();
  await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
}

describe('a buyer', () => {
  it('asks in Chinese, and chooses by keyboard alone', PATIENCE, async () => {
    const page = await open();
    await composer(page).focus();
    await page.keyboard.type('/');
    await page.locator('.suggestions').waitFor();
    await page.keyboard.type('订单 状');
    await page.keyboard.press('Enter');
    await page.locator('.slash').waitFor();
    await page.keyboard.press('Enter');
    await answer(page)
      .getByRole('button', { name: /退款 ¥68\.00/ })
      .waitFor();
    expect(await answer(page).textContent()).toMatch(/607198974342268[\s\S]*晚了/);
    expect(await answer(page).textContent()).toContain('只有你能看见');
    await answer(page).getByRole('button', { name: '找人工' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.message.private', { hasText: /客服/ }).last().waitFor();
  });

  it('asks in English, and thinks again before taking the money back', PATIENCE, async () => {
    const page = await open({ locale: 'en-US', colorScheme: 'light' });
    await become(page, 'Anna');
    await command(page, '/order status', () => option(page, 'order', '043101', true));
    await answer(page).getByText('Order', { exact: false }).first().waitFor();
    await answer(page)
      .getByRole('button', { name: /^Refund ¥59\.00/ })
      .click();
    await answer(page).getByRole('button', { name: 'Back' }).click();
    await answer(page)
      .getByRole('button', { name: /^Refund ¥59\.00/ })
      .waitFor();
  });

  it('writes to the bot, and is answered', PATIENCE, async () => {
    const page = await open();
    await page.locator('.place', { hasText: 'Makegood' }).click();
    await composer(page).fill('你好 **世界** <img src=x onerror=alert(1)>');
    await composer(page).press('Enter');
    await page.locator('.message', { hasText: '<img src=x onerror=alert(1)>' }).waitFor();
    expect(await page.locator('.markdown strong', { hasText: '世界' }).count()).toBe(1);
    await lastMessage(page).locator('.app').waitFor();
  });
});

describe('a merchant', () => {
  it('reports a stock-out on the left, and a buyer hears of it on the right', PATIENCE, async () => {
    const page = await open({ viewport: { width: 1600, height: 900 } });
    await page.getByRole('button', { name: '两个人' }).click();
    const [left, right] = [page.locator('.pane').first(), page.locator('.pane').last()];
    await become(left, '林老板');
    await become(right, '小王');
    await right.locator('.place', { hasText: 'Makegood' }).click();
    await command(left, '/shop stockout', async () => {
      await option(left, 'sku', 'HC-LH', true);
      await option(left, 'reason', '供应商', true);
    });
    await right.locator('.message', { hasText: '607198974342268' }).last().waitFor();
    await right
      .getByRole('button', { name: /退款 ¥68\.00/ })
      .last()
      .waitFor();
  });

  it('is told what is missing before anything is sent', PATIENCE, async () => {
    const page = await open();
    await become(page, '林老板');
    await composer(page).fill('/');
    await page.locator('.suggestions').waitFor();
    await composer(page).fill('/shop stockout ');
    await page.locator('.send').click();
    await page.getByText('先填好标红的选项').waitFor();
    expect(await page.locator('.chip.wrong').count()).toBeGreaterThan(0);
  });

  it('drops a file of orders on the page', PATIENCE, async () => {
    const page = await open();
    await become(page, '林老板');
    await composer(page).fill('/');
    await page.locator('.suggestions').waitFor();
    await composer(page).fill('');
    const text = await readFile('data/demo/orders-xiaoman.csv', 'utf8');
    const filled = text.replaceAll(/\{date [^}]*\}/g, '261101').replaceAll(/\{time [^}]*\}/g, '2026-11-01 10:00:00');
    await drop(page, [{ name: 'mine.csv', bytes: new TextEncoder().encode(filled) }]);
    await page.locator('.chip', { hasText: 'mine.csv' }).waitFor();
    await page.locator('.send').click();
    await page.locator('.message.private', { hasText: '导入完成' }).last().waitFor();
    expect(await lastMessage(page).textContent()).toMatch(/导入/);
  });

  it.each([
    ['dropped by whoever is there', (page: Page, file: TestFile) => drop(page, [file])],
    ['chosen above', chooseAbove],
  ])('becomes who brings in a table of orders, %s', PATIENCE, async (_, bring) => {
    await suite.reset();
    const page = await open({ locale: 'en-US' });
    expect(await page.locator('.self option:checked').innerText()).toContain('小王');
    await bring(page, { name: 'mine.xlsx', bytes: await pinduoduoXlsx({ rows: 30, columns: 'full' }) });
    await page.locator('.chip', { hasText: 'mine.xlsx' }).waitFor();
    expect(await page.locator('.self option:checked').innerText()).toContain('林老板');
    await page.locator('.send').click();
    await page.locator('.message.private', { hasText: 'mine.xlsx is in' }).waitFor();
  });

  it('is pinged when the clock reaches a deadline', PATIENCE, async () => {
    const page = await open();
    await become(page, '满姐');
    const before = await page.locator('.message').count();
    await page.getByRole('button', { name: '+1 周' }).click();
    await page.waitForFunction(
      (count) =>
        (
          globalThis as unknown as { document: { querySelectorAll(s: string): { length: number } } }
        ).document.querySelectorAll('.message').length > count,
      before,
    );
    await page.getByRole('button', { name: '暂停' }).click();
    await page.getByRole('button', { name: '恢复走时' }).click();
    await page.getByRole('button', { name: '暂停' }).waitFor();
  });

  it('fills in a form', PATIENCE, async () => {
    const page = await open();
    await become(page, '林老板');
    await command(page, '/shop due');
    const due = page.locator('.message.private').last();
    await due.getByRole('button', { name: '报缺货' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('combobox').first().click();
    await form.getByRole('option', { name: /LC-G-01/ }).click();
    await form.getByRole('combobox').nth(1).press('ArrowDown');
    await page.keyboard.press('Enter');
    await form.getByRole('button', { name: '提交' }).click();
    await form.waitFor({ state: 'detached' });
    await page.locator('.message.private', { hasText: 'LC-G-01' }).last().waitFor();
  });
});

describe('staff', () => {
  it('compensates once, and finds it in the ledger', PATIENCE, async () => {
    const page = await open({ locale: 'en-US' });
    await become(page, 'Sam');
    await command(page, '/compensate', async () => {
      await option(page, 'order', '342270', true);
      await option(page, 'reason', 'late', true);
    });
    const quote = page.locator('.message.private').last();
    await quote.getByRole('button', { name: /^Confirm/ }).click();
    await quote.getByRole('button', { name: /^Confirm/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Look inside' }).click();
    await page.locator('.inspector').getByText('compensation').first().waitFor();
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.locator('.inspector').getByText('POST /interactions').first().waitFor();
  });
});

describe('whoever looks inside', () => {
  it.each([
    [
      'zh-CN',
      ['看里面', '账本', '档案', '通知队列'],
      ['林记茶铺的余额', '赔付 ¥3.00', '已通知买家：缺货或延迟的通知（私信）', '已发'],
    ],
    [
      'en-US',
      ['Look inside', 'Ledger', 'Case file', 'Notices'],
      ['Balance of 林记茶铺', 'Compensated ¥3.00', 'Buyer told: the news of a stock-out or delay (by DM)', 'sent'],
    ],
  ] as const)('reads words, not codes, in %s', PATIENCE, async (locale, [inside, ...tabs], words) => {
    await suite.reset();
    const page = await open({ locale });
    await become(page, '阿清');
    await command(page, '/compensate', async () => {
      await option(page, 'order', '342268', true);
      await option(page, 'reason', locale === 'zh-CN' ? '延迟' : 'late', true);
    });
    await answer(page).getByRole('button', { name: '¥3.00' }).click();
    await become(page, '林老板');
    await command(page, '/shop stockout', async () => {
      await option(page, 'sku', 'HC-LH', true);
      await option(page, 'reason', locale === 'zh-CN' ? '供应商' : 'Supplier', true);
    });
    await answer(page).getByText('HC-LH-01').first().waitFor();
    await suite.demo.bot.courier.idle();
    await page.getByRole('button', { name: inside }).click();
    let all = '';
    for (const tab of tabs) {
      await page.getByRole('tab', { name: tab }).click();
      await page.locator('.inspector li').first().waitFor();
      const text = await page.locator('.inspector').innerText();
      expect(text).not.toMatch(/[a-z]_[a-z]|(?:merchant|voucher|refund|buyer|goods)[:/]|Ms\b|Minor\b|\d{17}/);
      if (locale === 'zh-CN') expect(text).not.toMatch(/system|deposit|outside|pending|sent|dropped|channel/);
      all += text;
    }
    for (const word of words) expect(all).toContain(word);
  });
});

describe('the page', () => {
  it.each(['zh-CN', 'en-US'])('keeps its bar to one line on a small laptop, in %s', PATIENCE, async (locale) => {
    const page = await open({ locale, viewport: { width: 1280, height: 720 } });
    const bar = await page.locator('.toolbar').boundingBox();
    expect(bar?.height).toBeLessThan(50);
  });

  it('fits a phone', PATIENCE, async () => {
    const page = await open({ viewport: { width: 390, height: 780 }, hasTouch: true });
    await page.getByRole('button', { name: '频道' }).click();
    await become(page, '林老板');
    await page.locator('.place', { hasText: '订单' }).click();
    await command(page, '/help');
    await page.locator('.message.private').last().waitFor();
    expect(
      await page.evaluate(() => {
        const { document } = globalThis as unknown as {
          document: { documentElement: { scrollWidth: number; clientWidth: number } };
        };
        return document.documentElement.scrollWidth <= document.documentElement.clientWidth;
      }),
    ).toBe(true);
  });

  it.each(['dark', 'light'] as const)('has no accessibility findings, %s', PATIENCE, async (colorScheme) => {
    const page = await open({ colorScheme, viewport: { width: 1500, height: 900 } });
    await command(page, '/order list');
    await page.locator('.message.private').last().waitFor();
    await page.getByRole('button', { name: '看里面' }).click();
    await page.getByRole('button', { name: '导览' }).click();
    await composer(page).fill('/');
    await page.locator('.suggestions').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it.each(['dark', 'light'] as const)(
    'has none in forms, lists and the books either, %s',
    PATIENCE,
    async (colorScheme) => {
      const page = await open({ colorScheme, locale: 'en-US', viewport: { width: 1500, height: 900 } });
      await become(page, '林老板');
      await page.getByRole('button', { name: 'Look inside' }).click();
      for (const tab of ['Case file', 'Notices', 'Requests', 'Refused', 'Ledger']) {
        await page.getByRole('tab', { name: tab }).click();
        // What is opened there may scroll.
        await page.locator('.inspector').evaluate((box) => {
          for (const one of box.querySelectorAll('details')) one.setAttribute('open', '');
        });
        expect(await findings(page)).toEqual([]);
      }
      await page.getByRole('button', { name: '+1 week' }).click();
      await page.locator('.day').first().waitFor();
      await command(page, '/shop due');
      await answer(page).getByRole('combobox').first().click();
      await page.locator('.picker-list .option').first().waitFor();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await answer(page).getByRole('button', { name: 'Report out of stock' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await findings(page)).toEqual([]);
    },
  );

  it('opens the demo shop afresh', PATIENCE, async () => {
    const page = await open();
    const { demo } = suite;
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: '重来' }).click();
    await page.getByRole('button', { name: '正在重来' }).waitFor();
    await page.getByRole('button', { name: '重来', exact: true }).waitFor();
    expect(suite.demo).not.toBe(demo);
    await command(page, '/order status');
    await page.locator('.message.private', { hasText: '607198974342268' }).waitFor();
  });

  it('leaves nothing of the old shop standing when another page opens it afresh', PATIENCE, async () => {
    const page = await open({ locale: 'en-US' });
    await become(page, '林老板');
    await command(page, '/shop due');
    await answer(page).getByRole('button', { name: 'Report out of stock' }).click();
    await page.getByRole('dialog').waitFor();
    await suite.reset();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await answer(page).waitFor({ state: 'detached' });
    await lastMessage(page).waitFor();
    expect(await page.locator('.place.on .badge').count()).toBe(0);
    await page.locator('.place', { hasText: '订单' }).click();
    expect(await page.locator('.place', { hasText: '林记茶铺' }).locator('.badge').count()).toBe(0);
  });
});
