// Opening the demo shop afresh: nobody who asks meanwhile is turned away, and what was printed stays true.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Served, servePlayground } from './support.ts';

let served: Served;
beforeAll(async () => {
  served = await servePlayground();
}, 60_000);
afterAll(() => served.close());

const get = (path: string) => fetch(served.url + path);
const post = (path: string, body: string | FormData, type?: string) =>
  fetch(served.url + path, {
    method: 'POST',
    headers: { origin: served.url, ...(type && { 'content-type': type }) },
    body,
  });
const postJson = (path: string, body: object) => post(path, JSON.stringify(body), 'application/json');
const shop = async () => (await get('/api/shop')).json();

it('answers everybody who asks while it goes on', { timeout: 60_000 }, async () => {
  let isOver = false;
  const statuses: Promise<number>[] = [];
  const before = served.demo;
  const { userId, channelId } = before.world.member('wang');
  const moving = postJson('/api/clock', { move: 'by', ms: 7 * 24 * 3_600_000 });
  const resetting = postJson('/api/reset', {}).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const form = new FormData();
    const action = { kind: 'command', channelId, path: '/order list', values: {} };
    form.set('act', JSON.stringify({ as: userId, locale: 'zh-CN', action }));
    const asked = [
      get('/api/inspect?locale=zh-CN'),
      get('/api/state'),
      get('/api/shop'),
      get(`/api/commands?as=${userId}&channel=${channelId}`),
      postJson('/api/clock', { move: 'by', ms: 1 }),
      post('/api/act', form),
    ];
    statuses.push(...asked.map(async (answer) => (await answer).status));
    await Promise.race([resetting, ...asked]);
  }
  expect((await resetting).status).toBe(200);
  expect((await moving).status).toBe(200);
  expect(new Set(await Promise.all(statuses))).toEqual(new Set([200]));
  expect(served.demo).not.toBe(before);
});

it('keeps the address of the local Discord', { timeout: 60_000 }, async () => {
  const { url } = served.demo.discord;
  await postJson('/api/reset', {});
  expect(served.demo.discord.url).toBe(url);
});

it('opens it in the language asked for, and in its own where none is', { timeout: 60_000 }, async () => {
  await postJson('/api/reset', { locale: 'en-US' });
  expect(await shop()).toEqual({ used: false, locale: 'en-US' });
  expect(served.demo.world.member('wang').name).toBe('Wang');
  await postJson('/api/reset', {});
  expect(await shop()).toEqual({ used: false, locale: 'zh-CN' });
  expect(served.demo.world.member('wang').name).toBe('小王');
});

it('knows whether somebody has used it', { timeout: 60_000 }, async () => {
  const type = async (key: string, path: string, values: Record<string, string> = {}) => {
    const { userId, channelId } = served.demo.world.member(key);
    await (await served.demo.discord.person(userId).command({ channel: channelId }, path, values)).response();
  };
  await postJson('/api/reset', {});
  await type('wang', '/order status');
  expect(await shop()).toMatchObject({ used: false });
  await type('lin', '/shop stockout', { sku: 'HC-LH-01', reason: 'supplier' });
  expect(await shop()).toMatchObject({ used: true });
  await postJson('/api/reset', {});
  await postJson('/api/clock', { move: 'next' });
  expect(await shop()).toMatchObject({ used: true });
});
