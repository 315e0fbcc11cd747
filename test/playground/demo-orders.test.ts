import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillInTimes } from '../../src/playground/demo-orders.ts';

const now = Date.UTC(2026, 10, 21, 13, 0, 0);

describe('the demo order files', () => {
  it('get their times relative to now, in the shop’s zone', () => {
    expect(fillInTimes('{date -51h}-1,{time -51h},{time +0.5h}', now, 'Asia/Shanghai')).toBe(
      '261119-1,2026-11-19 18:00:00,2026-11-21 21:30:00',
    );
  });

  it('have no token left, whatever file', () => {
    for (const file of readdirSync('data/demo')) {
      const filled = fillInTimes(readFileSync(`data/demo/${file}`, 'utf8'), now, 'Asia/Shanghai');
      expect(filled, file).not.toMatch(/[{}]/);
      expect(filled, file).toMatch(/\d{6}-\d{15},待发货/);
    }
  });
});
