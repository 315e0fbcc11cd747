import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARRIERS, findCarrier, normaliseTracking, trackingWarning } from '../../src/domain/carrier.ts';

const carrier = (name: string) => {
  const found = findCarrier(name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe('findCarrier', () => {
  it.each([
    ['圆通', 'yto'],
    ['圆通快递', 'yto'],
    ['圆通速递', 'yto'],
    [' YTO ', 'yto'],
    ['yuantong', 'yto'],
    ['顺丰', 'sf'],
    ['SF Express', 'sf'],
    ['Ｊ＆Ｔ', 'jt'],
    ['HTKY', 'best'],
    ['debangwuliu', 'deppon'],
    ['邮政快递包裹', 'china_post'],
    ['EMS', 'ems'],
    ['usps', 'usps'],
  ])('knows %s', (name, id) => {
    expect(findCarrier(name)?.id).toBe(id);
  });

  it.each(['', '快递', '自提', '__proto__', 'constructor', 'x'.repeat(100_000)])('does not know %j', (name) => {
    expect(findCarrier(name)).toBeUndefined();
  });

  it('finds each carrier by each of its names, and no name means two', () => {
    for (const known of CARRIERS) {
      const codes = [known.kdniao, known.kuaidi100].filter((code) => code !== undefined);
      for (const name of [known.id, known.nameZh, known.nameEn, ...known.aliases, ...codes]) {
        expect(findCarrier(name), name).toBe(known);
      }
    }
  });
});

describe('normaliseTracking', () => {
  it('keeps letters, digits and hyphens in capitals', () => {
    expect(normaliseTracking(' yt 2186-7810\u200b30229\t')).toBe('YT2186-781030229');
    expect(normaliseTracking('ＪＴ２１８６７８１０３０２２９')).toBe('JT2186781030229');
  });

  it.each(['', '123', '无需物流', 'YT123;DROP', 'ABCDEF', '1'.repeat(41), '9'.repeat(100_000)])(
    'refuses %j',
    (text) => {
      expect(normaliseTracking(text)).toBeUndefined();
    },
  );

  it('is its own fixed point', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = normaliseTracking(text);
        if (once !== undefined) expect(normaliseTracking(once)).toBe(once);
      }),
    );
  });
});

describe('trackingWarning', () => {
  it.each([
    ['jt', 'JT2186781030229'],
    ['jd', 'JDVA11408814483'],
    ['yunda', '462598779470531'],
    ['sto', '773123456789012'],
    ['yto', 'YT2186781030229'],
    ['sf', 'SF1234567890123'],
    ['ems', 'EA123456789CN'],
    ['best', 'whatever-1'],
  ])('is silent about %s %s', (id, number) => {
    expect(trackingWarning(carrier(id), number)).toBeUndefined();
  });

  it('warns of another carrier’s number, and never refuses', () => {
    expect(trackingWarning(carrier('jt'), 'SF1234567890123')).toEqual({ code: 'tracking_unusual', carrier: 'jt' });
  });
});
