// The demo shop's order files: real marketplace exports, save that their times are written relative to now.
import { Temporal } from 'temporal-polyfill';

const token = /\{(date|time) ([+-]\d{1,4}(?:\.\d)?)h\}/g;

/**
 * Fills in a demo file: `{time -3h}` becomes `YYYY-MM-DD HH:mm:ss` three hours before `now` in `timeZone`, `{date -3h}` the same
 * instant as `yymmdd`, the way a Pinduoduo order number begins.
 */
export function fillInTimes(template: string, now: number, timeZone: string): string {
  return template.replace(token, (_, kind: string, hours: string) => {
    const instant = Temporal.Instant.fromEpochMilliseconds(Math.round(now + Number(hours) * 3_600_000));
    const local = instant.toZonedDateTimeISO(timeZone).toPlainDateTime().round('second').toString();
    return kind === 'date' ? local.slice(2, 10).replaceAll('-', '') : local.replace('T', ' ').slice(0, 19);
  });
}
