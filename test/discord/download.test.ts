// An attachment is fetched from the hosts allowed alone, and never more of it than allowed.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { download } from '../../src/discord/download.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const limits = (origin: string, timeoutMs = 10_000) => ({ maxBytes: 10, timeoutMs, origins: [origin] });

it('brings the bytes', async () => {
  const origin = await serve((_, response) => response.end('12345'));
  expect(await download({ name: 'x', size: 5, url: `${origin}/x.csv` }, limits(origin))).toEqual(Buffer.from('12345'));
});

it('goes nowhere else, and follows nobody there', async () => {
  let elsewhereAsked = 0;
  const elsewhere = await serve((_, response) => {
    elsewhereAsked += 1;
    response.end('12345');
  });
  const origin = await serve((_, response) => response.writeHead(302, { location: `${elsewhere}/x.csv` }).end());
  for (const url of ['http://169.254.169.254/latest', 'file:///etc/passwd', `${origin}.evil.example/x`, 'nonsense']) {
    expect(await download({ name: 'x', size: 1, url }, limits(origin))).toBe('not_discord');
  }
  expect(await download({ name: 'x', size: 1, url: origin }, limits(origin))).toBe('unreachable');
  expect(elsewhereAsked).toBe(0);
});

it('holds to the cap, whatever was said of the size', async () => {
  const origin = await serve((_, response) => {
    for (let part = 0; part < 100; part++) response.write('1234567');
    response.end();
  });
  expect(await download({ name: 'x', size: 11, url: origin }, limits(origin))).toBe('too_large');
  expect(await download({ name: 'x', size: 1, url: origin }, limits(origin))).toBe('too_large');
});

it('gives up on a server that says no, or nothing', async () => {
  const refusing = await serve((_, response) => response.writeHead(404).end());
  expect(await download({ name: 'x', size: 1, url: refusing }, limits(refusing))).toBe('unreachable');
  const silent = await serve(() => {});
  expect(await download({ name: 'x', size: 1, url: silent }, limits(silent, 300))).toBe('unreachable');
});
