// How messages look while they come about and change: thinking, typing, edits, threads, pictures and files.
import { describe, expect, it } from 'vitest';
import { pinduoduoXlsx } from '../../support/pinduoduo-file.ts';
import { inBrowser, PATIENCE } from './suite.ts';
import { answer, become, command, composer, drop, lastMessage } from './support.ts';

const suite = inBrowser();

/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** What a bot would ask of Discord. */
async function asBot(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const { discord } = suite.demo;
  const response = await fetch(`${discord.url}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.ok).toBe(true);
  const text = await response.text();
  return text === '' ? {} : JSON.parse(text);
}

describe('an answer', () => {
  it('is thought about in sight of who asked, and takes that place', PATIENCE, async () => {
    const page = await suite.open();
    const { store } = suite.demo.app;
    const { read } = store;
    let goOn = () => {};
    const slow = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    // A disk that takes its time.
    store.read = async (work) => {
      await slow;
      return read.call(store, work) as ReturnType<typeof work>;
    };
    try {
      await command(page, '/order list');
      await page.locator('.waiting').waitFor();
      await answer(page).getByText('正在思考').waitFor();
      await page.locator('.waiting').waitFor({ state: 'detached' });
    } finally {
      store.read = read;
      goOn();
    }
    await answer(page).getByText('3 单还没发货').waitFor();
    expect(await page.getByText('正在思考').count()).toBe(0);
  });

  it('is shown as being typed, and as edited', PATIENCE, async () => {
    const page = await suite.open();
    const channel = suite.demo.world.channels.orders;
    await asBot('POST', `/channels/${channel}/typing`);
    await page.locator('.typing', { hasText: 'Makegood 正在输入' }).waitFor();
    const sent = await asBot('POST', `/channels/${channel}/messages`, { content: 'first words' });
    await lastMessage(page).getByText('first words').waitFor();
    expect(await page.locator('.typing').innerText()).toBe('');
    await asBot('PATCH', `/channels/${channel}/messages/${sent.id}`, { content: 'second thoughts' });
    await lastMessage(page).getByText('second thoughts').waitFor();
    await lastMessage(page).getByText('已编辑').waitFor();
    expect(await page.getByText('first words').count()).toBe(0);
    await asBot('DELETE', `/channels/${channel}/messages/${sent.id}`);
    await page.getByText('second thoughts').waitFor({ state: 'detached' });
  });
});

describe('files', () => {
  it('are shown: a picture as such, a table by its first lines, a workbook by its name', PATIENCE, async () => {
    const page = await suite.open();
    await drop(page, [
      { name: 'red.png', bytes: PNG },
      { name: 'table.csv', bytes: new TextEncoder().encode('sku,count\nHC-LH-01,5\n') },
      { name: 'book.xlsx', bytes: await pinduoduoXlsx({ rows: 2 }) },
    ]);
    await composer(page).fill('three files');
    await composer(page).press('Enter');
    const message = page.locator('.message', { hasText: 'three files' });
    await message.locator('.preview', { hasText: 'HC-LH-01,5' }).waitFor();
    const picture = message.locator('img.picture');
    await expect
      .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(1);
    const downloading = page.waitForEvent('download');
    await message.getByText('book.xlsx').click();
    expect((await downloading).suggestedFilename()).toBe('book.xlsx');
  });

  it('a workbook dropped on the page becomes an import', PATIENCE, async () => {
    const page = await suite.open();
    await become(page, '林老板');
    await composer(page).fill('/');
    await page.locator('.suggestions').waitFor();
    await composer(page).fill('');
    const bytes = await pinduoduoXlsx({ rows: 30, columns: 'full', firstDealAt: suite.demo.time.now() });
    await drop(page, [{ name: 'export.xlsx', bytes }]);
    await page.locator('.chip', { hasText: 'export.xlsx' }).waitFor();
    await page.locator('.send').click();
    await answer(page).getByText('导入完成').waitFor();
  });
});

it('a buyer whose direct messages are closed is told in a private thread', PATIENCE, async () => {
  const page = await suite.open();
  const { discord, world } = suite.demo;
  discord.world.closeDms(world.member('wang').userId);
  // A thread is seen by those alone who see the channel it is in.
  discord.world.setChannelAccess(world.channels.linji, 'full', world.member('wang').userId);
  const lin = world.member('lin');
  await discord
    .person(lin.userId)
    .command({ channel: lin.channelId }, '/shop stockout', { sku: 'HC-LH-01', reason: 'supplier' });
  const thread = page.locator('.place.thread');
  await thread.waitFor();
  await thread.click();
  await page.locator('.message', { hasText: '607198974342268' }).waitFor();
  await page.locator('.message .mention', { hasText: '小王' }).first().waitFor();
  expect(await page.locator('.chat h1').innerText()).not.toContain('#');
  expect(await page.locator('.chat h1 .icon').count()).toBe(1);
  // Others who see the channel do not see it.
  discord.world.setChannelAccess(world.channels.linji, 'full', world.member('anna').userId);
  await become(page, 'Anna');
  await page.locator('.place', { hasText: '林记茶铺' }).waitFor();
  expect(await page.locator('.place.thread').count()).toBe(0);
  // What Discord refused is shown as Discord says it.
  await page.getByRole('button', { name: '看里面' }).click();
  await page.getByRole('tab', { name: '被拒绝的' }).click();
  const refused = page.locator('.inspector li').first();
  await refused.getByText('"code": 50007').waitFor();
  await refused.getByText('Cannot send messages to this user').waitFor();
});

it('an embed is shown with all that is in it', PATIENCE, async () => {
  const page = await suite.open();
  await asBot('POST', `/channels/${suite.demo.world.channels.orders}/messages`, {
    content: 'Have a look:',
    embeds: [
      {
        author: { name: '林记茶铺' },
        title: 'New in **stock**',
        description: 'Tea `HC-LH-01`',
        color: 0x23a55a,
        fields: [
          { name: 'Pieces', value: '12', inline: true },
          { name: 'Price', value: '¥68.00', inline: true },
        ],
        footer: { text: 'Until Sunday' },
      },
    ],
  });
  const embed = lastMessage(page).locator('.embed');
  await embed.waitFor();
  const shown = await embed.textContent();
  for (const text of ['林记茶铺', 'New in stock', 'Tea HC-LH-01', 'Pieces', '12', 'Price', '¥68.00', 'Until Sunday']) {
    expect(shown).toContain(text);
  }
  const [pieces, price] = await Promise.all(['Pieces', 'Price'].map((name) => embed.getByText(name).boundingBox()));
  expect(pieces?.y).toBe(price?.y);
  expect(await embed.getAttribute('style')).toContain('rgb(35, 165, 90)');
});

it('what cannot be sent is there to be changed, and it says why', PATIENCE, async () => {
  const page = await suite.open({ locale: 'en-US' });
  const big = { name: 'big.png', mimeType: 'image/png', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) };
  await page.locator('.text-bar input[type="file"]').setInputFiles(big);
  await composer(page).fill('a picture');
  await composer(page).press('Enter');
  await page.getByText('10 MB in all').waitFor();
  expect(await composer(page).inputValue()).toBe('a picture');
  await page.locator('.attached').getByRole('button', { name: 'Remove' }).click();
  await composer(page).press('Enter');
  await page.locator('.message', { hasText: 'a picture' }).waitFor();
});
