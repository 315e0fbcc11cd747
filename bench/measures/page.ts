// How long the playground takes from its command to a page one can type a command in.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.ts';
import { composer, openPage } from '../../test/playground/web/support.ts';
import { type Figure, quantile } from '../figures.ts';

const rounds = 5;
const goalMs = 3_000;

interface Opening {
  /** Until its address was printed, ms. */
  readonly address: number;
  /** Until the commands were listed in the composer, ms. */
  readonly usable: number;
}

async function addressPrinted(output: Readable): Promise<string> {
  let printed = '';
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    printed += chunk;
    const [, url] = /playground: (http:\S+)\s/.exec(printed) ?? [];
    if (url) return url;
  }
  throw new Error('the playground did not start');
}

async function open(browser: Browser, dataDir: string): Promise<Opening> {
  const start = performance.now();
  const child = spawn(process.execPath, ['scripts/run.mjs', 'src/main.ts'], {
    env: { ...process.env, HTTP_PORT: '0', DATA_DIR: dataDir, DISCORD_TOKEN: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await addressPrinted(child.stdout);
    const address = performance.now() - start;
    const { page } = await openPage(browser, url);
    await composer(page).fill('/');
    await page.locator('.suggestions').waitFor();
    const usable = performance.now() - start;
    await page.context().close();
    return { address, usable };
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

/** The browser is open already; its cache is empty each time. */
export async function measure(_size: number, directory: string): Promise<Figure[]> {
  const browser = await launchBrowser();
  const openings: Opening[] = [];
  try {
    for (let round = 0; round < rounds; round++) openings.push(await open(browser, join(directory, `page-${round}`)));
  } finally {
    await browser.close();
  }
  const median = (key: keyof Opening) =>
    quantile(
      openings.map((opening) => opening[key]),
      0.5,
    );
  const usable = median('usable');
  return [
    {
      measure: 'start to usable page',
      size: 1,
      unit: 'ms',
      value: usable,
      peers: [{ name: 'its address printed', value: median('address') }],
      goal: { text: `≤ ${goalMs} ms`, reached: usable <= goalMs },
    },
  ];
}
