// The line of live events: what it holds is let go of, also where it never came to be.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Demo } from '../../../src/playground/demo.ts';
import type { Assets } from '../../../src/playground/web/assets.ts';
import { createPage } from '../../../src/playground/web/page.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('keeps nothing going where the shop could not be told', async () => {
  const failed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const demo = { discord: { on: () => () => undefined } } as unknown as Demo;
  const { routes } = createPage({ demo, assets: {} as Assets, reset: async () => demo });
  const response = await routes.request('/api/events', { headers: { host: 'localhost' } });
  expect(await response.text()).toBe('');
  expect(failed).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});
