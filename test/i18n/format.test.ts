// Money, days, stretches of time and masks, as people read them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatsIn, maskedName, maskedPhone, person, shortName } from '../../src/i18n/format.ts';
import { localeFor, textsIn } from '../../src/i18n/texts.ts';

const [zh, en] = [formatsIn('zh-CN'), formatsIn('en-US')];

describe('money', () => {
  it.each([
    [6800, 'CNY', '¥68.00', '¥68.00'],
    [1200, 'USD', '$12.00', '$12.00'],
    [800, 'JPY', 'JP¥800', 'JP¥800'],
    [-500, 'CNY', '-¥5.00', '-¥5.00'],
    [499_500, 'CNY', '¥4,995.00', '¥4,995.00'],
  ])('%i %s', (minor, currency, chinese, english) => {
    expect(zh.money(minor, currency)).toBe(chinese);
    expect(en.money(minor, currency)).toBe(english);
  });
});

describe('money of any sum', () => {
  const sums = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
  it.each(['CNY', 'USD', 'JPY', 'EUR', 'KWD', 'HKD', 'CHF'])('is written as Intl writes %s', (currency) => {
    const language = currency === 'JPY' ? 'zh-CN' : 'en-US';
    const currencyDisplay = currency === 'CNY' || currency === 'USD' ? 'narrowSymbol' : 'symbol';
    const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay });
    const units = 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
    fc.assert(
      fc.property(sums, (minor) => {
        expect(en.money(minor, currency)).toBe(format.format(minor / units));
      }),
    );
  });
});

describe('days', () => {
  const now = Date.UTC(2026, 10, 21);
  it('are the shop’s own, with the year when it is another', () => {
    expect(zh.day(Date.UTC(2026, 10, 24, 17), 'Asia/Shanghai', now)).toBe('11月25日');
    expect(en.day(Date.UTC(2026, 10, 24, 17), 'Asia/Shanghai', now)).toBe('25 Nov');
    expect(en.day(Date.UTC(2076, 10, 21), 'Asia/Shanghai', now)).toBe('21 Nov 2076');
  });
});

describe('stretches of time', () => {
  it.each([
    [30_000, '1 分钟', '1 minute'],
    [52 * 60_000, '52 分钟', '52 minutes'],
    [-3 * 3_600_000, '3 小时', '3 hours'],
    [47 * 3_600_000, '47 小时', '47 hours'],
    [72 * 3_600_000, '3 天', '3 days'],
  ])('%i ms', (ms, chinese, english) => {
    expect(zh.duration(ms)).toBe(chinese);
    expect(en.duration(ms)).toBe(english);
  });
});

it.each([
  [30 * 60_000, '30 分钟', '30 minutes'],
  [90 * 60_000, '90 分钟', '90 minutes'],
  [24 * 3_600_000, '24 小时', '24 hours'],
  [50 * 3_600_000, '50 小时', '50 hours'],
  [72 * 3_600_000, '3 天', '3 days'],
])('a length of %i ms that somebody has set is not rounded', (ms, chinese, english) => {
  expect(zh.length(ms)).toBe(chinese);
  expect(en.length(ms)).toBe(english);
});

it.each([
  [1, '1 小时', '1 hour'],
  [24, '24 小时', '24 hours'],
  [72, '72 小时', '72 hours'],
  [100, '100 小时', '100 hours'],
  [168, '7 天', '7 days'],
  [720, '30 天', '30 days'],
])('a term of %i hours is said as shops say it', (hours, chinese, english) => {
  expect(zh.term(hours)).toBe(chinese);
  expect(en.term(hours)).toBe(english);
});

describe('a short name', () => {
  it.each([
    ['Black tea', 24, 'Black tea'],
    ['Tie Guan Yin oolong tea, loose leaf', 24, 'Tie Guan Yin oolong tea…'],
    ['Tie Guan Yin oolong tea, loose leaf', 16, 'Tie Guan Yin…'],
    ['Tie Guan Yin oolong tea, loose leaf', 28, 'Tie Guan Yin oolong tea…'],
    ['Supercalifragilisticexpialidocious', 16, 'Supercalifragil…'],
    ['A Supercalifragilisticexpialidocious', 16, 'A Supercalifrag…'],
    ['正宗武夷山手工红茶礼盒装送礼佳品', 10, '正宗武夷山手工红茶…'],
    ['红茶礼盒 大号正宗武夷山手工红茶', 10, '红茶礼盒 大号正宗…'],
  ])('%s at %i', (name, max, short) => {
    expect(shortName(name, max)).toBe(short);
  });
});

describe('masks', () => {
  it('show next to nothing', () => {
    expect(maskedName('王小明')).toBe('王*');
    expect(maskedName('')).toBe('*');
    expect(maskedPhone('+86 138-1234-1234')).toBe('861****1234');
    expect(maskedPhone('13812341234')).toBe('138****1234');
    expect(maskedPhone('1234')).toBe('****');
    expect(person('system').text).toBe('–');
  });
});

describe('texts', () => {
  it('choose the language, the plural, and survive what is missing', () => {
    expect(localeFor('zh-TW', 'en-US')).toBe('zh-CN');
    expect(localeFor('fr', 'zh-CN')).toBe('en-US');
    expect(localeFor(undefined, 'zh-CN')).toBe('zh-CN');
    expect(textsIn('en-US')('order.list.title', { count: 1 }).text).toContain('1 order not');
    expect(textsIn('en-US')('order.list.title', { count: 2 }).text).toContain('2 orders not');
    expect(textsIn('en-US')('order.linked', {}).text).toContain('Linked');
    expect(textsIn('zh-CN').find('refusals.nothing_like_it')).toBeUndefined();
  });

  it('escape data in markdown, and clean it in labels', () => {
    const t = textsIn('zh-CN');
    expect(t('order.button.swap_yes', { name: '*x*' }).text).toBe('换成\\*x\\*');
    expect(t.plain('order.button.swap_yes', { name: '*x*\u202e' })).toBe('换成*x*');
  });
});
