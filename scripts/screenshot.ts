// Makes the README's picture of the playground: a stock-out reported on the left reaches the buyer on the right.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { launchBrowser } from './browser.ts';

const FILE = 'docs/playground.png';
const DAY_MS = 86_400_000;

async function command(pane: Locator, path: string, options: Readonly<Record<string, string>> = {}): Promise<void> {
  const composer = pane.locator('.composer-input');
  await composer.fill('/');
  await pane.locator('.suggestions').waitFor();
  await composer.fill(`${path} `);
  for (const [name, value] of Object.entries(options)) {
    const field = pane.locator(`[data-option="${name}"]`);
    if ((await field.count()) === 0) {
      await pane.locator('.tail').fill(name);
      await pane.locator('.tail').press('Enter');
    }
    await field.fill(value);
  }
  await pane.locator('.send').click();
}

async function become(pane: Locator, name: string): Promise<void> {
  const who = pane.locator('.self select');
  await who.selectOption(await who.locator('option', { hasText: name }).getAttribute('value'));
}

const dataDir = await mkdtemp(join(tmpdir(), 'makegood-picture-'));
const child = spawn(process.execPath, ['scripts/run.mjs', 'src/main.ts'], {
  env: { ...process.env, HTTP_PORT: '0', DATA_DIR: dataDir, DISCORD_TOKEN: '', DEFAULT_LOCALE: 'en-US' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise<string>((resolve, reject) => {
  child.stdout.on('data', (chunk: Buffer) => {
    const [, address] = /playground: (http:\S+)/.exec(chunk.toString()) ?? [];
    if (address) resolve(address);
  });
  child.on('exit', () => reject(new Error('the playground did not start')));
});
const browser = await launchBrowser();
try {
  const page = await browser.newPage({
    viewport: { width: 1560, height: 800 },
    locale: 'en-US',
    timezoneId: 'Asia/Shanghai',
    colorScheme: 'dark',
  });
  await page.goto(url);
  await page.getByRole('button', { name: 'Two people' }).click();
  const [merchant, buyer] = [page.locator('.pane').first(), page.locator('.pane').last()];
  await become(merchant, 'Lin');
  await become(buyer, 'Anna');
  await buyer.locator('.place', { hasText: 'Makegood' }).click();
  const back = new Date(Date.now() + 4 * DAY_MS).toISOString().slice(0, 10);
  await command(merchant, '/shop stockout', {
    sku: 'HC-LH-01',
    reason: 'Supplier did not deliver',
    restock: back,
    substitutes: 'BC-LH-01',
  });
  await buyer.locator('.card .button').first().waitFor();
  await merchant.locator('.message.private').last().waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate('document.fonts.ready');
  await page.waitForTimeout(500);
  await page.screenshot({ path: FILE });
  console.log(FILE);
} finally {
  await browser.close();
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  await rm(dataDir, { recursive: true, force: true });
}
