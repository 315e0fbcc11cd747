// `/case show` and `/case note`: everything that is known about an order, in the order it happened, and a note on it.
import type { CaseEntry } from '../domain/case-file/entry.ts';
import type { LedgerEntry } from '../domain/ledger/entry.ts';
import type { Voucher } from '../domain/ledger/voucher.ts';
import type { Notice } from '../domain/notice/notice.ts';
import type { Order } from '../domain/order/order.ts';
import type { Refund } from '../domain/refund/refund.ts';
import { isRefusal, type Outcome } from '../domain/refusal.ts';
import { parseText } from '../domain/text.ts';
import { findOrderForStaff } from './access.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import { perform } from './perform.ts';
import { record } from './record-case.ts';

const noteLength = 1000;

/** The file on an order. Each list is in order of time. Names and addresses are whole: the view masks them. */
export interface CaseFile {
  readonly order: Order;
  readonly merchantName: string;
  readonly entries: readonly CaseEntry[];
  readonly notices: readonly Notice[];
  readonly ledger: readonly LedgerEntry[];
  readonly refunds: readonly Refund[];
  readonly vouchers: readonly Voucher[];
}

/** An order's first line. It is not kept as an entry: the order says it all, and an import would write twice as much. */
function importEntry({ id, guildId, importedAt, importedBy }: Order): CaseEntry {
  return { id, guildId, orderId: id, at: importedAt, kind: 'imported', by: importedBy ?? 'system', data: {} };
}

/** Staff only. */
export function caseFile(app: App, request: Request, asked: { readonly order: string }): Promise<Outcome<CaseFile>> {
  return app.store.read(async (tx) => {
    const order = await findOrderForStaff(tx, request, asked.order);
    if (isRefusal(order)) return order;
    const group = order.id;
    const merchant = await tx.get('merchants', keyOf(order.guildId, order.merchantId));
    return {
      order,
      merchantName: merchant?.name ?? order.merchantId,
      entries: [importEntry(order), ...(await tx.list('caseEntries', 'byOrder', { group }))],
      notices: await tx.list('notices', 'byOrder', { group }),
      ledger: await tx.list('ledger', 'byOrder', { group }),
      refunds: await tx.list('refunds', 'byOrder', { group }),
      vouchers: await tx.list('vouchers', 'byOrder', { group }),
    };
  });
}

/** Adds a note (1–1000 characters) to an order's case file. Staff only. Refuses `text_missing`, `text_too_long`. */
export function addNote(
  app: App,
  request: Request,
  asked: { readonly order: string; readonly text: string },
): Promise<Outcome<{ orderId: string }>> {
  return perform(app, request, async (tx, now) => {
    const order = await findOrderForStaff(tx, request, asked.order);
    if (isRefusal(order)) return order;
    const text = parseText(asked.text, noteLength);
    if (isRefusal(text)) return text;
    await record(tx, app, order, 'note', request.userId, { text }, now);
    return { orderId: order.id };
  });
}
