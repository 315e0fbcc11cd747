// Whether what a person typed proves that an order is theirs: the phone's last four digits, or the e-mail on it.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Order } from './order.ts';

/** What an order is compared with that is not there, so that a miss costs as much as a wrong proof. */
const nothing = '\u0000';

/**
 * Compares in constant time, both ways always. A masked phone (138****1234) works while its last four digits can be read;
 * a masked e-mail proves nothing.
 *
 * @param recipient undefined where there is no such order: takes as long, and is never proved
 */
export function proves(recipient: Order['recipient'] | undefined, proof: string): boolean {
  const given = proof.trim().normalize('NFKC').toLowerCase().slice(0, 254);
  const byPhone = same(given, lastFour(recipient?.phone) ?? nothing);
  const byEmail = same(given, readable(recipient?.email) ?? nothing);
  return byPhone || byEmail;
}

/** Private numbers carry an extension (`18412345678-0012`), which is not the phone's end. */
function lastFour(phone = ''): string | undefined {
  const main = phone.trim().replace(/^(\d{11})[-#,转]\d{1,6}$/, '$1');
  return /\d{4}$/.exec(main.replace(/[\s()-]/g, ''))?.[0];
}

function readable(email = ''): string | undefined {
  const text = email.trim().normalize('NFKC').toLowerCase();
  return text.includes('@') && !text.includes('*') ? text : undefined;
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
