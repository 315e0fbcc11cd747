// The playground's page on a port of its own, with a demo shop of its own, and a browser to open it in.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Config } from '../../../src/config.ts';
import type { Locale } from '../../../src/domain/scalars.ts';
import { startHttp } from '../../../src/http.ts';
import { createLog } from '../../../src/log.ts';
import { createMetrics } from '../../../src/metrics.ts';
import { type Demo, type DemoSettings, openDemo } from '../../../src/playground/demo.ts';
import { createAssets } from '../../../src/playground/web/assets.ts';
import { createPage } from '../../../src/playground/web/page.ts';

export interface Served {
  readonly url: string;
  /** The demo shown now. */
  readonly demo: Demo;
  close(): Promise<void>;
}

/** Opens a demo shop whose sweeps run only when its clock is moved. */
export async function servePlayground(): Promise<Served> {
  const dataDir = await mkdtemp(join(tmpdir(), 'makegood-page-'));
  const config: Config = {
    dataDir,
    policyDirs: ['data/policies'],
    sweepCron: '0 0 1 1 *',
    defaults: { locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
    http: { host: '127.0.0.1' },
    logLevel: 'silent',
  };
  const metrics = createMetrics();
  const open = (again: Pick<DemoSettings, 'locale' | 'port'> = {}) =>
    openDemo({ config, log: createLog('silent'), metrics, moved: () => page.moved(), ...again });
  let demo = await open();
  const reset = async (old: Demo, locale?: Locale) => {
    await old.close();
    demo = await open({ locale, port: old.discord.port });
    return demo;
  };
  const page = createPage({ demo, assets: createAssets(), reset });
  const http = await startHttp({
    host: '127.0.0.1',
    port: 0,
    metrics,
    checks: () => ({ discord: demo.bot.ready() }),
    routes: page.routes,
  });
  return {
    url: http.url,
    get demo() {
      return demo;
    },
    async close() {
      await http.close();
      await demo.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Opened {
  readonly page: Page;
  /** What went wrong in it that should not have: errors on its console, requests that failed. */
  readonly troubles: readonly string[];
}

/** Opens the page as a browser of its own would, and waits until it can be used. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: 'dark',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('blob:'))
      troubles.push(`asked for ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(url);
  await composer(page).waitFor();
  return { page, troubles };
}

export const composer = (scope: Page | Locator): Locator => scope.locator('.composer-input');
/** The newest answer that only its reader sees. */
export const answer = (scope: Page | Locator): Locator => scope.locator('.message.private').last();
export const lastMessage = (scope: Page | Locator): Locator => scope.locator('.message').last();

/** Becomes somebody else in a pane. */
export async function become(scope: Page | Locator, name: string): Promise<void> {
  const who = scope.locator('.self select');
  const value = await who.locator('option', { hasText: name }).getAttribute('value');
  await who.selectOption(value);
  await composer(scope).waitFor();
}

/** Drops files on a pane, or elsewhere, as from a folder. */
export async function drop(
  page: Page,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  on = '.pane',
  events: readonly string[] = ['dragover', 'drop'],
) {
  const contents = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
  const transfer = await page.evaluateHandle((all) => {
    // In the browser, whose types are not ours.
    const { DataTransfer: Transfer, File: OneFile } = globalThis as unknown as {
      DataTransfer: new () => { items: { add(file: unknown): void } };
      File: new (parts: Uint8Array[], name: string) => unknown;
    };
    const made = new Transfer();
    for (const { name, base64 } of all) {
      made.items.add(new OneFile([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    }
    return made;
  }, contents);
  for (const event of events) await page.dispatchEvent(on, event, { dataTransfer: transfer });
}

/** Types a slash command by its English name, and sends it when `fill` has filled it in. */
export async function command(scope: Page | Locator, path: string, fill?: () => Promise<void>): Promise<void> {
  // Commands are asked for when a place is opened, and what is typed stays in the place it was typed in: until both are there.
  for (let tries = 0; tries < 10; tries++) {
    await composer(scope).fill('/');
    const shown = scope.locator('.suggestions').waitFor({ timeout: 2_000 });
    const isOffered = await shown.then(
      () => true,
      () => false,
    );
    if (isOffered) break;
  }
  await composer(scope).fill(`${path} `);
  await scope.locator('.slash').waitFor();
  await fill?.();
  await scope.locator('.send').click();
  await scope.locator('.slash').waitFor({ state: 'detached' });
}

/** Fills in an option that is there, by typing; its list is chosen from by `Tab` where `choose` says so. */
export async function option(scope: Page | Locator, name: string, text: string, choose = false): Promise<void> {
  const field = scope.locator(`[data-option="${name}"]`);
  if ((await field.count()) === 0) {
    await scope.locator('.tail').fill(name);
    await scope.locator('.tail').press('Enter');
  }
  await field.fill(text);
  if (!choose) return;
  await scope.locator('.suggestions .option').first().waitFor();
  await field.press('Tab');
}
