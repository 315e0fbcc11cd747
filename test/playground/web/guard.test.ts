// Who is let in to the playground's page, and what it gives away to others: nothing.
import { request } from 'node:http';
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

  it.each(['/assets/../guard.ts', '/assets/%2e%2e/guard.ts', '/assets/fonts/..%2findex.css', '/assets/emoji/x.svg'])(
    'gives no other file: %s',
    async (path) => {
      expect((await ask('GET', path)).status).toBe(404);
    },
  );

  it('is not driven from elsewhere', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ask('POST', '/api/clock', headers, '{"move":"by","ms":1}')).status).toBe(403);
    const evil = { ...headers, origin: 'http://evil.example' };
    expect((await ask('POST', '/api/reset', evil)).status).toBe(403);
    expect((await ask('GET', '/api/state', { host: 'evil.example' })).status).toBe(403);
  });

  it.each([
    ['/api/clock', '{"move":"by","ms":-1}'],
    ['/api/clock', '{"move":"by","ms":1e12}'],
    ['/api/clock', 'nonsense'],
    ['/api/act', '{"act":1}'],
  ])('refuses what is malformed: %s %s', async (path, body) => {
    const headers = { 'content-type': 'application/json', origin: served.url };
    expect((await ask('POST', path, headers, body)).status).toBe(400);
  });

  it('lets nobody act as the bot, or as somebody who is not there', async () => {
    const { applicationId } = served.demo.discord;
    for (const as of [applicationId, '1']) {
      const form = new FormData();
      const action = { kind: 'message', channelId: served.demo.world.channels.orders, content: 'x' };
      form.set('act', JSON.stringify({ as, locale: 'en-US', action }));
      const response = await fetch(`${served.url}/api/act`, {
        method: 'POST',
        body: form,
        headers: { origin: served.url },
      });
      expect(await response.json()).toMatchObject({ ok: false, why: 'refused' });
    }
  });
});
