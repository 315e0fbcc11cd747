import { describe, expect, it } from 'vitest';
import { remindersSchema } from '../../src/domain/merchant.ts';
import { parseQuietHours, parseTimeZone } from '../../src/domain/reminder-settings.ts';

describe('parseQuietHours', () => {
  it.each([
    ['22:00-08:00', { from: '22:00', to: '08:00' }],
    [' 9:30 – 17:05 ', { from: '09:30', to: '17:05' }],
    ['２２：００-８：００', { from: '22:00', to: '08:00' }],
  ])('%s', (text, hours) => {
    expect(parseQuietHours(text)).toEqual(hours);
    expect(remindersSchema.shape.quietHours.safeParse(hours).success).toBe(true);
  });

  it('is switched off by its name', () => {
    expect(parseQuietHours(' OFF ')).toBe('off');
  });

  it.each(['', '22:00', '24:00-08:00', '22:60-08:00', '22-8', '08:00-08:00', 'x'.repeat(5000)])(
    'refuses %s',
    (text) => {
      expect(parseQuietHours(text)).toMatchObject({ refused: 'quiet_hours_invalid' });
    },
  );
});

describe('parseTimeZone', () => {
  it('takes IANA names in any spelling of case', () => {
    expect(parseTimeZone('Asia/Shanghai')).toBe('Asia/Shanghai');
    expect(parseTimeZone(' europe/berlin ')).toBe('Europe/Berlin');
    expect(parseTimeZone('asia/kolkata')).toBe('Asia/Kolkata');
    expect(parseTimeZone('UTC')).toBe('UTC');
  });

  it.each(['', '+08:00', 'Mars/Olympus', 'Asia/Shanghai; x', 'GMT+8'])('refuses %s', (text) => {
    expect(parseTimeZone(text)).toMatchObject({ refused: 'timezone_invalid' });
  });
});
