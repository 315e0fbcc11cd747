// How smoothly a channel of the playground's page scrolls, beside a plain list of as many lines in the same browser.
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.ts';
import { openPage, type Served, servePlayground } from '../../test/playground/web/support.ts';
import { type Figure, quantile } from '../figures.ts';

const rounds = 3;
const text = (count: number) => `**${count}** 号留言 <t:1700000000:R> https://example.com/${count}`;

/** Run in the page: scrolls a box from its end to its beginning and answers how long each frame took, ms. */
const scrollUp = (selector: string) => `new Promise((resolve) => {
  const box = document.querySelector(${JSON.stringify(selector)});
  box.scrollTop = box.scrollHeight;
  const frames = [];
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    box.scrollTop -= 300;
    if (box.scrollTop > 0) requestAnimationFrame(step);
    else resolve(frames.slice(1));
  };
  requestAnimationFrame(step);
})`;

async function serveMessages(count: number): Promise<Served> {
  const served = await servePlayground();
  const { discord, world } = served.demo;
  const anna = discord.person(world.member('anna').userId);
  for (let i = 1; i <= count; i++) await anna.message({ channel: world.channels.orders }, text(i));
  return served;
}

async function framesOf(page: Page, selector: string): Promise<number[]> {
  await page.evaluate('document.fonts.ready');
  const frames = (await page.evaluate(scrollUp(selector))) as number[];
  await page.context().close();
  return frames;
}

async function ours(browser: Browser, { url }: Served, count: number): Promise<number[]> {
  const { page } = await openPage(browser, url);
  await page.locator('.message', { hasText: `${count} 号留言` }).waitFor();
  return framesOf(page, '.messages');
}

async function plainList(browser: Browser, count: number): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const lines = Array.from({ length: count }, (_, i) => `<div>${i + 1} 号留言 https://example.com/${i + 1}</div>`);
  await page.setContent(`<div id="list" style="height:100vh;overflow:auto;line-height:3">${lines.join('')}</div>`);
  return framesOf(page, '#list');
}

/** @param size messages */
export async function measure(size: number): Promise<Figure[]> {
  const [browser, served] = await Promise.all([launchBrowser(), serveMessages(size)]);
  const frames: number[] = [];
  const theirs: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      frames.push(...(await ours(browser, served, size)));
      theirs.push(...(await plainList(browser, size)));
    }
  } finally {
    await browser.close();
    await served.close();
  }
  const name = 'a plain list of divs';
  return [
    {
      measure: 'a frame while a channel scrolls',
      size,
      unit: 'ms',
      value: quantile(frames, 0.5),
      p99: quantile(frames, 0.99),
      peers: [
        { name, value: quantile(theirs, 0.5) },
        { name: `${name}, p99`, value: quantile(theirs, 0.99) },
      ],
    },
    {
      measure: 'the longest frame of it',
      size,
      unit: 'ms',
      value: Math.max(...frames),
      peers: [{ name, value: Math.max(...theirs) }],
    },
  ];
}
