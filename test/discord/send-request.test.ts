// Requests leave by a shorter way than discord.js's own: whatever happens to them, the same comes of it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DefaultRestOptions, DiscordAPIError, REST, type RESTOptions } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { sendRequest } from '../../src/discord/send-request.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

interface Received {
  readonly line: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A server that gives these answers one after the other, then the last one again and again. */
async function answering(makeRequest: RESTOptions['makeRequest'], ...answers: Answer[]) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    received.push({ line: `${request.method} ${request.url}`, contentType: request.headers['content-type'], body });
    answers[Math.min(received.length, answers.length) - 1]?.(response, request);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const rest = new REST({ api, makeRequest, timeout: 300 });
  return { rest: rest.setToken('token'), received };
}

describe.each([
  ['ours', sendRequest],
  ["discord.js's own", DefaultRestOptions.makeRequest],
])('a request sent by %s', (_, makeRequest) => {
  it('takes JSON there and brings JSON back, however it is cut on its way', async () => {
    const text = Buffer.from(JSON.stringify({ name: '林记' }));
    const { rest, received } = await answering(makeRequest, (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(text.subarray(0, 10));
      setImmediate(() => response.end(text.subarray(10)));
    });
    const query = new URLSearchParams({ with_response: 'true', q: '茶' });
    expect(await rest.post('/channels/1/messages', { body: { content: '到了吗？' }, query })).toEqual({ name: '林记' });
    expect(received).toEqual([
      {
        line: 'POST /api/v10/channels/1/messages?with_response=true&q=%E8%8C%B6',
        contentType: 'application/json',
        body: '{"content":"到了吗？"}',
      },
    ]);
  });

  it('sends none where there is none to send, and takes none where none comes back', async () => {
    const { rest, received } = await answering(makeRequest, (response) => response.writeHead(204).end());
    expect(await rest.delete('/channels/1')).toEqual(new ArrayBuffer(0));
    expect(received).toEqual([{ line: 'DELETE /api/v10/channels/1', contentType: undefined, body: '' }]);
  });

  it('passes on what Discord refuses', async () => {
    const { rest } = await answering(makeRequest, (response) =>
      json(response, 404, { code: 10_062, message: 'Unknown' }),
    );
    const refused = rest.post('/interactions/1/token/callback', { body: {}, auth: false });
    await expect(refused).rejects.toThrow(DiscordAPIError);
    await expect(refused).rejects.toMatchObject({ code: 10_062, status: 404 });
  });

  it('is sent again after an error of theirs, when it was too much, and when the line broke', async () => {
    const { rest, received } = await answering(
      makeRequest,
      (response) => json(response, 503, {}),
      (response) => {
        response.setHeader('retry-after', '0.01');
        json(response, 429, { message: 'slow down', retry_after: 0.01, global: false });
      },
      (_response, request) => request.socket.resetAndDestroy(),
      (response) => json(response, 200, { id: '1' }),
    );
    expect(await rest.post('/channels/1/messages', { body: { content: 'x' } })).toEqual({ id: '1' });
    expect(received).toHaveLength(4);
  });

  it.each(['destroy', 'resetAndDestroy'] as const)('is not sent again once it was answered (%s)', async (end) => {
    const { rest, received } = await answering(makeRequest, (response, request) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"id":');
      setTimeout(() => request.socket[end](), 20);
    });
    await expect(rest.post('/channels/1/messages', { body: { content: 'x' } })).rejects.toThrow();
    expect(received).toHaveLength(1);
  });

  it('passes over what is said before the answer', async () => {
    const { rest } = await answering(makeRequest, (response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      json(response, 200, { id: '1' });
    });
    expect(await rest.get('/gateway')).toEqual({ id: '1' });
  });

  it('is given up, and tried again, where no answer comes in time', async () => {
    const { rest, received } = await answering(
      makeRequest,
      () => undefined,
      (response) => json(response, 200, { id: '1' }),
    );
    expect(await rest.get('/gateway')).toEqual({ id: '1' });
    expect(received).toHaveLength(2);
  });

  it('fails where nobody is there', async () => {
    const { rest } = await answering(makeRequest, () => undefined);
    for (const server of servers) await new Promise((resolve) => server.close(resolve));
    await expect(rest.get('/gateway')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('takes files', async () => {
    const { rest, received } = await answering(makeRequest, (response) => json(response, 200, { id: '1' }));
    const files = [{ name: 'orders.csv', data: Buffer.from('订单,1') }];
    expect(await rest.post('/channels/1/messages', { body: { content: 'x' }, files })).toEqual({ id: '1' });
    expect(received[0]?.contentType).toMatch(/^multipart\/form-data/);
    expect(received[0]?.body).toContain('订单,1');
  });
});
