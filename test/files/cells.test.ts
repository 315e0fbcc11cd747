import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateContext, DateReader } from '../../src/files/cells/date.ts';
import { parseMoney } from '../../src/files/cells/money.ts';
import { clip, headerKey, idOf, isRounded, statusKey, textOf } from '../../src/files/cells/text.ts';

describe('text', () => {
  it.each(['', ' ', '\t', '-', ' - ', '—', '\ufeff', '\u00a0\t'])('takes %j for none', (raw) => {
    expect(textOf(raw)).toBe('');
  });

  it('drops what cannot be seen', () => {
    expect(textOf('\u202e红茶\u200b\u0007盒\t')).toBe('红茶 盒');
  });

  it.each([
    ['="35153131473293579"', '35153131473293579'],
    ["'13800138000", '13800138000'],
    ['\t6917926768823643751\t', '6917926768823643751'],
    ['=""', ''],
    ['260517-607198974342268', '260517-607198974342268'],
  ])('reads the id in %j', (raw, id) => {
    expect(idOf(raw)).toBe(id);
  });

  it('knows a number Excel has rounded', () => {
    for (const text of ['3.5E+16', '2.60517E+17', '9E+12', '1.38001e+10']) expect(isRounded(text), text).toBe(true);
    for (const text of ['35153131473293579', 'E+16', '5E3', 'TEA-1E+2', '1E'])
      expect(isRounded(text), text).toBe(false);
  });

  it('sees one header in all its spellings', () => {
    for (const header of ['商品总价(元)', '商品总价（元）', ' 商品总价 （元）\t', '\ufeff商品总价(元)', '商品总价']) {
      expect(headerKey(header)).toBe('商品总价');
    }
    expect(headerKey('Paid at')).toBe(headerKey('paid_at'));
    expect(statusKey('已发货，待收货')).toBe(statusKey('已发货, 待收货'));
  });

  it('never cuts a character in two', () => {
    expect(clip('ab😀', 3)).toBe('ab');
  });
});

describe('money', () => {
  it.each([
    ['168.99\t', 'CNY', 16899],
    ['¥1,168.5', 'CNY', 116850],
    ['￥ 168 元', 'CNY', 16800],
    ['1，168.00', 'CNY', 116800],
    ['CNY 5.00', 'CNY', 500],
    ['0', 'CNY', 0],
    ['0.07', 'CNY', 7],
    ['25.10', 'USD', 2510],
    ['1200', 'JPY', 1200],
    ['1200.00', 'JPY', 1200],
    ['1.234', 'KWD', 1234],
  ])('%j %s is %i', (raw, currency, minor) => {
    expect(parseMoney(raw, currency)).toBe(minor);
  });

  it.each(['-5', '-1,000.00', '(5.00)'])('refuses the negative %j', (raw) => {
    expect(parseMoney(raw, 'CNY')).toEqual({ code: 'amount_negative', value: raw });
  });

  it.each(['1.005', '168,99', '1,16', '1e3', 'abc', '1.2.3', '=1+1', '9'.repeat(13), '1'.repeat(100_000)])(
    'refuses %j',
    (raw) => {
      expect(parseMoney(raw, 'CNY')).toMatchObject({ code: 'amount_invalid' });
    },
  );

  it.each([
    ['5.', 'JPY'],
    ['.50', 'CNY'],
    ['5.', 'CNY'],
    [`${'9'.repeat(13)}.00`, 'CNY'],
    ['5.0000000000⁰', 'CNY'],
  ])('refuses %j in %s', (raw, currency) => {
    expect(parseMoney(raw, currency)).toMatchObject({ code: 'amount_invalid' });
  });

  it('reads back every amount exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999_999 }), (minor) => {
        const digits = String(minor).padStart(3, '0');
        const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
        expect(parseMoney(`${whole}.${digits.slice(-2)}`, 'CNY')).toBe(minor);
      }),
    );
  });
});

describe('dates', () => {
  const context: DateContext = {
    timeZone: 'Asia/Shanghai',
    date1904: false,
    earliestAt: Date.UTC(2005, 0, 1),
    latestAt: Date.UTC(2028, 0, 1),
  };
  const shanghai = new DateReader(context);
  const newYork = new DateReader({ ...context, timeZone: 'America/New_York' });

  it.each([
    ['2026-06-05 10:00:00', '2026-06-05T02:00:00Z'],
    ['2026/6/6 13:41', '2026-06-06T05:41:00Z'],
    ['2026年6月6日', '2026-06-05T16:00:00Z'],
    ['2026-06-05T10:00:00.123+02:00', '2026-06-05T08:00:00Z'],
    ['2026-06-05 10:00:00 -0400', '2026-06-05T14:00:00Z'],
    ['2026-06-05 10:00:00 UTC', '2026-06-05T10:00:00Z'],
    ['46178', '2026-06-04T16:00:00Z'],
    ['46178.4166666667', '2026-06-05T02:00:00Z'],
  ])('reads %j', (raw, iso) => {
    expect(new Date(Number(shanghai.parse(raw))).toISOString()).toBe(new Date(iso).toISOString());
  });

  it('takes a promise for a day as holding to its last second', () => {
    expect(shanghai.parse('2026-06-08', 'end')).toBe(Date.parse('2026-06-08T15:59:59Z'));
    expect(shanghai.parse('46181', 'end')).toBe(Date.parse('2026-06-08T15:59:59Z'));
  });

  it('counts from 1904 where the workbook does', () => {
    const mac = new DateReader({ ...context, date1904: true });
    expect(mac.parse('44716')).toBe(shanghai.parse('46178'));
  });

  it.each([
    '2026-02-30',
    '2026-13-01',
    '2026-06-05 24:00',
    '2026-6',
    '29999',
    '60001',
    '1999-01-01',
    '2031-01-01',
    'x',
  ])('refuses %j', (raw) => {
    expect(shanghai.parse(raw)).toEqual({ code: 'date_invalid', value: raw });
  });

  it('moves a skipped time on by the gap and takes the earlier of two', () => {
    expect(newYork.parse('2027-03-14 02:30')).toBe(Date.parse('2027-03-14T07:30:00Z'));
    expect(newYork.parse('2026-11-01 01:30')).toBe(Date.parse('2026-11-01T05:30:00Z'));
    expect(newYork.parse('2026-11-01 02:00')).toBe(Date.parse('2026-11-01T07:00:00Z'));
  });

  it('answers the same whatever was asked before', () => {
    const minutes = fc.integer({ min: Date.UTC(2026, 9, 30) / 60_000, max: Date.UTC(2026, 10, 3) / 60_000 });
    for (const timeZone of ['America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']) {
      const warm = new DateReader({ ...context, timeZone });
      fc.assert(
        fc.property(minutes, (minute) => {
          const text = new Date(minute * 60_000).toISOString().slice(0, 16).replace('T', ' ');
          expect(warm.parse(text)).toBe(new DateReader({ ...context, timeZone }).parse(text));
        }),
        { numRuns: 60 },
      );
    }
  });
});
