// Whether what a person typed proves that an order is theirs: the phone's last four digits, or the e-mail on it.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Order } from './order.ts';

/**
 * Compares in constant time, both ways always. A masked phone (138****1234) works while its last four digits can be read;
 * a masked e-mail proves nothing.
 *
 * @param recipient undefined where there is no such order: takes as long, and is never proved
 */
export function proves(recipient: Order['recipient'] | undefined, proof: string): boolean {
  const given = proof.trim().normalize('NFKC').toLowerCase().slice(0, 254);
  const byPhone = same(given, lastFour(recipient?.phone));
  const byEmail = same(given, readable(recipient?.email));
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

/** Hashes both also where there is nothing to compare with, so that it takes as long. */
function same(given: string, known: string | undefined): boolean {
  const equal = timingSafeEqual(digest(given), digest(known ?? ''));
  return known !== undefined && equal;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
