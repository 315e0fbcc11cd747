// Who is let in to the playground's page, and what it gives away to others: nothing.
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLoopback, isOurs } from '../../../src/playground/web/guard.ts';
import { type Served, servePlayground } from './support.ts';

let served: Served;
beforeAll(async () => {
  served = await servePlayground();
}, 60_000);
afterAll(() => served.close());

/** A request with exactly these headers, which `fetch` would not send. */
function ask(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, served.url), { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

describe('a request', () => {
  const host = '127.0.0.1:3000';
  it.each([
    ['GET', { host }, true],
    ['GET', { host: 'localhost:3000' }, true],
    ['GET', { host: '[::1]:3000' }, true],
    ['GET', { host: 'evil.example' }, false],
    ['GET', { host: '127.0.0.1.evil.example:3000' }, false],
    ['GET', {}, false],
    ['GET', { host, origin: 'http://evil.example' }, false],
    ['GET', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, false],
    ['GET', { host, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, false],
    ['GET', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, true],
    ['POST', { host }, false],
    ['POST', { host, origin: 'null' }, false],
    ['POST', { host, origin: 'http://localhost:3000' }, false],
    ['POST', { host, origin: 'http://127.0.0.1:3000' }, true],
  ] as const)('%s with %j is let in: %s', (method, headers, let_in) => {
    expect(isOurs(method, (name) => (headers as Record<string, string>)[name])).toBe(let_in);
  });

  it('is taken on loopback only', () => {
    expect(['127.0.0.1', '127.1.2.3', 'localhost', '::1'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '192.168.1.2', '::', 'example.com'].some(isLoopback)).toBe(false);
  });
});

describe('the page', () => {
  it('comes under a strict policy and without anything from elsewhere', async () => {
    const { status, headers, text } = await ask('GET', '/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(text).not.toMatch(/https?:\/\//);
  });

  it('is small: script and style together under 500 kB', async () => {
    const sizes = await Promise.all(
      ['/assets/app.js', '/assets/app.css', '/assets/fonts.css'].map(async (path) =>
        Number((await ask('GET', path)).headers['content-length']),
      ),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(500_000);
  });

  it.each([
    '/assets/../guard.ts',
    '/assets/%2e%2e/guard.ts',
    '/assets/fonts/..%2findex.css',
    '/assets/emoji/x.svg',
    '/assets/constructor',
    '/assets/__proto__',
    '/assets/fonts/%00.woff2',
    '/files/..%2f..%2f/1/x',
    '/files/1/1/%2e%2e%2fpackage.json',
    '/assets/',
    '/files/1/1/%E0%A4%A',
  ])('gives no other file: %s', async (path) => {
    expect((await ask('GET', path)).status).toBe(404);
  });

  it('is not driven from elsewhere', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ask('POST', '/api/clock', headers, '{"move":"by","ms":1}')).status).toBe(403);
    const evil = { ...headers, origin: 'http://evil.example' };
    expect((await ask('POST', '/api/reset', evil)).status).toBe(403);
    expect((await ask('GET', '/api/state', { host: 'evil.example' })).status).toBe(403);
    for (const header of [
      { host: 'evil.example' },
      { origin: 'http://evil.example' },
      { 'sec-fetch-site': 'same-site' },
    ])
      expect((await ask('GET', '/api/events', header)).status).toBe(403);
  });

  it.each([
    ['/api/clock', '{"move":"by","ms":-1}'],
    ['/api/clock', '{"move":"by","ms":1e12}'],
    ['/api/clock', 'nonsense'],
    ['/api/act', '{"act":1}'],
    ['/api/clock', '[]'],
    ['/api/clock', 'null'],
    ['/api/dismiss', '{"messageId":"1"}'],
    ['/api/dms', '[]'],
    ['/api/dms', '{"userId":"1","open":false}'],
  ])('refuses what is malformed: %s %s', async (path, body) => {
    const headers = { 'content-type': 'application/json', origin: served.url };
    expect((await ask('POST', path, headers, body)).status).toBe(400);
  });

  const act = (what: object | string, files: Readonly<Record<string, Blob>> = {}) => {
    const form = new FormData();
    form.set('act', typeof what === 'string' ? what : JSON.stringify(what));
    for (const [name, file] of Object.entries(files)) form.append(name, file, 'x.csv');
    return fetch(`${served.url}/api/act`, { method: 'POST', body: form, headers: { origin: served.url } });
  };
  const wang = () => {
    const { world } = served.demo;
    return { as: world.member('wang').userId, locale: 'en-US', channelId: world.channels.orders };
  };

  it('lets nobody act as the bot, or as somebody who is not there', async () => {
    const action = { kind: 'message', channelId: wang().channelId, content: 'x' };
    for (const as of [served.demo.discord.applicationId, '1']) {
      expect(await (await act({ as, locale: 'en-US', action })).json()).toMatchObject({ ok: false, why: 'refused' });
    }
  });

  it.each([
    ['a message far too long', { kind: 'message', content: 'x'.repeat(8000) }],
    ['a message of nothing', { kind: 'message', content: '' }],
    ['a message where nobody is', { kind: 'message', content: 'x', channelId: '1' }],
    ['a reply to nothing', { kind: 'message', content: 'x', replyTo: '1' }],
    ['a command there is none of', { kind: 'command', path: '/nothing at all', values: {} }],
    ['a command of other people', { kind: 'command', path: '/setup show', values: {} }],
    ['a name out of the prototype', { kind: 'command', path: '/__proto__ constructor', values: { __proto__: 'x' } }],
    ['an option there is none of', { kind: 'command', path: '/order status', values: { toString: 'x' } }],
    ['a button of nothing', { kind: 'press', messageId: '1', customId: 'x' }],
    ['a menu of nothing', { kind: 'select', messageId: '1', customId: 'x', values: [] }],
    ['a form that was never opened', { kind: 'modal', interactionId: '1', values: {} }],
    ['suggestions for nothing', { kind: 'autocomplete', path: '/order status', values: {}, option: 'x', typed: 'x' }],
  ])('answers what Discord would not do: %s', async (_, action) => {
    const { as, locale, channelId } = wang();
    const response = await act({ as, locale, action: { channelId, ...action } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ok: false, why: 'refused', text: expect.any(String) });
  });

  it.each([
    ['no JSON', '{'],
    ['deep JSON', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['another kind', { as: '1', locale: 'en-US', action: { kind: 'reset' } }],
    ['another language', { as: '1', locale: '../..', action: { kind: 'press', messageId: '1', customId: 'x' } }],
    ['no person', { locale: 'en-US', action: { kind: 'press', messageId: '1', customId: 'x' } }],
  ])('refuses an action that is malformed: %s', async (_, what) => {
    expect((await act(what)).status).toBe(400);
  });

  it('takes files as large as Discord does, and no larger, however they are sent', async () => {
    const { as, locale, channelId } = wang();
    const what = { as, locale, action: { kind: 'message', channelId, content: 'x' } };
    const mebibytes = (count: number) => new Blob([new Uint8Array(count * 1024 * 1024)]);
    expect((await act(what, { 'file:a': mebibytes(10) })).status).toBe(200);
    expect((await act(what, { 'file:a': mebibytes(12) })).status).toBe(413);
    const endless = Readable.from(
      (function* () {
        for (;;) yield new Uint8Array(1024 * 1024);
      })(),
    );
    const sent = fetch(`${served.url}/api/act`, {
      method: 'POST',
      body: Readable.toWeb(endless) as ReadableStream<Uint8Array>,
      duplex: 'half',
      headers: { origin: served.url, 'content-type': 'multipart/form-data; boundary=x' },
    } as RequestInit);
    // Some learn of it by the answer, some by the line being cut.
    expect(await sent.then(({ status }) => status).catch(() => 413)).toBe(413);
  });

  it('lives on after all that', async () => {
    expect((await ask('GET', '/healthz')).status).toBe(200);
    const { as, locale, channelId } = wang();
    const action = { kind: 'command', channelId, path: '/order status', values: {} };
    expect(await (await act({ as, locale, action })).json()).toMatchObject({ ok: true, shows: 'message' });
  });
});
