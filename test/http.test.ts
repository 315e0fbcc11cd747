// Health and metrics as an operator's tools ask for them.
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpServer, startHttp } from '../src/http.ts';
import { createMetrics } from '../src/metrics.ts';

let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
});

async function serve(ready: boolean) {
  const metrics = createMetrics();
  server = await startHttp({ host: '127.0.0.1', port: 0, metrics, checks: () => ({ discord: ready }) });
  return { metrics, get: (path: string) => fetch(`${server?.url}${path}`) };
}

describe('health', () => {
  it('is ok while the process runs, ready only while every check holds', async () => {
    const { get } = await serve(false);
    expect((await get('/healthz')).status).toBe(200);
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, checks: { discord: false } });
  });

  it('names what holds', async () => {
    const { get } = await serve(true);
    const response = await get('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ready: true, checks: { discord: true } });
  });
});

describe('metrics', () => {
  it('count answers, messages and sweeps in Prometheus text', async () => {
    const { metrics, get } = await serve(true);
    metrics.answered('order status', 'ok', 0.01);
    metrics.delivered({ sent: 2, later: 1, undeliverable: 0, dropped: 0 });
    metrics.swept(0.001);
    metrics.watchGateway(() => true);
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    expect(text).toContain('makegood_interactions_total{name="order status",outcome="ok"} 1');
    expect(text).toContain('makegood_notices_total{outcome="sent"} 2');
    expect(text).toContain('makegood_sweep_seconds_count 1');
    expect(text).toContain('makegood_gateway_ready 1');
  });
});

it('says so when the port is taken', async () => {
  await serve(true);
  const port = Number(new URL(server?.url ?? '').port);
  const second = startHttp({ host: '127.0.0.1', port, metrics: createMetrics(), checks: () => ({}) });
  await expect(second).rejects.toThrow(`HTTP_PORT ${port} on 127.0.0.1 cannot be used: another program listens there`);
});

it.each(['300.1.1.1', '192.0.2.1'])('says so when the host %s is not one of this machine', async (host) => {
  const started = startHttp({ host, port: 0, metrics: createMetrics(), checks: () => ({}) });
  await expect(started).rejects.toThrow(`HTTP_HOST ${host} cannot be used: it is no address of this machine`);
});
