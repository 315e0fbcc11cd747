// What lies behind the page, put into words: kinds, accounts, people and ways instead of codes and ids.

import { entryText, messageName } from '../../discord/views/case-lines.ts';
import { compensationReason } from '../../discord/views/compensate.ts';
import type { CaseEntry } from '../../domain/case-file/entry.ts';
import type { LedgerEntry } from '../../domain/ledger/entry.ts';
import type { Merchant } from '../../domain/merchant.ts';
import type { Addressee, Notice } from '../../domain/notice/notice.ts';
import type { Order } from '../../domain/order/order.ts';
import type { Locale } from '../../domain/scalars.ts';
import { formatsIn } from '../../i18n/format.ts';
import { textsIn } from '../../i18n/texts.ts';
import type { World } from '../local-discord/world.ts';
import type { Inspection } from './protocol.ts';

type Shown<K extends keyof Inspection> = Inspection[K][number];

const hashShown = 12;

/** Words each kind of row for a reader of that language. Texts are Discord's markdown. */
export function inspectionWords(locale: Locale, world: World, merchants: readonly Merchant[]) {
  const t = textsIn(locale);
  const words = { t, f: formatsIn(locale) };
  const merchantName = (id: string) => merchants.find((one) => one.id === id)?.name ?? id;
  const nameOf = (id: string) => {
    if (id === 'system') return t.plain('staff.case.system');
    const user = world.users.get(id);
    return user?.displayName ?? user?.name ?? id;
  };
  const account = (key: string): string => {
    const [kind = '', id = ''] = key.split(/:(.*)/s);
    return String(t.find(`playground.inside.account.${kind}`, { merchant: merchantName(id) }) ?? key);
  };
  const addressee = (to: Addressee): string => {
    if (to.type === 'staff') return t.plain('staff.case.to.staff');
    return to.type === 'merchant' ? merchantName(to.merchantId) : nameOf(to.userId);
  };
  const failure = (code: string) => t.find(`notices.not_reached.why.${code}`) ?? t('notices.not_reached.why.other');
  return {
    ledgerEntry({ number, at, kind, reason, by, currency, postings, hash }: LedgerEntry): Shown<'ledger'> {
      return {
        number,
        at,
        kind: t.plain(`playground.inside.kind.${kind}`),
        reason: reason && String(compensationReason(words, reason)),
        by: nameOf(by),
        currency,
        postings: postings.map((one) => ({ account: account(one.account), amountMinor: one.amountMinor })),
        hash: hash.slice(0, hashShown),
      };
    },
    caseEntry(entry: CaseEntry, order: Order | undefined): Shown<'cases'> {
      const { id, at, by, data } = entry;
      const what = String(entryText(words, entry, order?.currency ?? 'CNY'));
      return { id, at, order: order?.number ?? entry.orderId, what, by: nameOf(by), data };
    },
    notice(notice: Notice): Shown<'notices'> {
      const { id, createdAt, kind, to, state, nextAttemptAt, attempts, way } = notice;
      return {
        id,
        createdAt,
        what: String(messageName(t, kind)),
        to: addressee(to),
        state,
        stateShown: t.plain(`playground.inside.state.${state}`),
        nextAttemptAt,
        attempts,
        way: way && t.plain(`staff.case.way.${way}`),
        failure: state === 'undeliverable' && notice.failure ? String(failure(notice.failure)) : undefined,
      };
    },
  };
}
