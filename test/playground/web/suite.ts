// One browser and one playground for the tests of a file; each test opens pages of its own and must leave no trouble behind.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../../../scripts/browser.ts';
import type { Demo } from '../../../src/playground/demo.ts';
import { type Opened, openPage, type Served, servePlayground } from './support.ts';

export interface Suite {
  /** The page as a new visitor sees it. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** Opens the demo shop afresh. */
  reset(): Promise<void>;
  readonly demo: Demo;
}

/** For a test: starting a browser on a busy machine takes its time. */
export const PATIENCE = { timeout: 60_000 } as const;

export function inBrowser(): Suite {
  let browser: Browser;
  let served: Served;
  let opened: Opened[] = [];
  beforeAll(async () => {
    [browser, served] = await Promise.all([launchBrowser(), servePlayground()]);
  }, 2 * PATIENCE.timeout);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  afterEach(async () => {
    const all = opened;
    opened = [];
    for (const { page } of all) await page.context().close();
    expect(all.flatMap(({ troubles }) => troubles)).toEqual([]);
  }, PATIENCE.timeout);
  return {
    async open(options) {
      const one = await openPage(browser, served.url, options);
      opened.push(one);
      return one.page;
    },
    async reset() {
      const { url } = served;
      const { ok } = await fetch(`${url}/api/reset`, { method: 'POST', headers: { origin: url } });
      expect(ok).toBe(true);
    },
    get demo() {
      return served.demo;
    },
  };
}
