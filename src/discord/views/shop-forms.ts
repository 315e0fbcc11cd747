// The forms behind a merchant's buttons: ship, delay, out of stock.
import { CARRIERS } from '../../domain/carrier.ts';
import { incidentReasonSchema, type OrderLine } from '../../domain/order/order.ts';
import type { Texts } from '../../i18n/texts.ts';
import { type FormField, type ModalBody, modal } from '../modal.ts';
import { carrierName } from './items.ts';
import { reasonText } from './shop-order.ts';

const noteLength = 500;

/** @param customId of `shipForm` */
export function shipModal(t: Texts, customId: string): ModalBody {
  return modal(customId, t.plain('shop.ship.modalTitle'), [
    {
      id: 'carrier',
      label: t.plain('shop.ship.carrier'),
      choices: CARRIERS.map(({ id }) => ({ value: id, label: carrierName(t, id) })),
    },
    { id: 'tracking', label: t.plain('shop.ship.tracking'), maxLength: 60 },
  ]);
}

export interface DateHint {
  /** Such as `2026-11-25`. */
  readonly example: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** @param lines where one SKU of several is to be chosen; for one order, which is delayed as a whole, none */
export function delayModal(t: Texts, customId: string, hint: DateHint, lines: readonly OrderLine[] = []): ModalBody {
  return modal(customId, t.plain('shop.delay.modalTitle'), [
    ...(lines.length > 0 ? [skuField(t.plain('shop.delay.sku'), lines)] : []),
    { id: 'until', label: t.plain('shop.delay.until'), hint: dateHint(t, hint), maxLength: 20 },
    reasonField(t, t.plain('shop.delay.reason')),
    { id: 'note', label: t.plain('shop.delay.note'), required: false, maxLength: noteLength, multiline: true },
  ]);
}

/** @param lines the SKUs to choose from: at least one, each once */
export function stockoutModal(t: Texts, customId: string, hint: DateHint, lines: readonly OrderLine[]): ModalBody {
  return modal(customId, t.plain('shop.stockout.modalTitle'), [
    skuField(t.plain('shop.stockout.sku'), lines),
    reasonField(t, t.plain('shop.stockout.reason')),
    {
      id: 'restock',
      label: t.plain('shop.stockout.restock'),
      hint: dateHint(t, hint),
      required: false,
      maxLength: 20,
    },
    {
      id: 'substitutes',
      label: t.plain('shop.stockout.substitutes'),
      hint: t.plain('shop.stockout.substitutesHint'),
      required: false,
      maxLength: 400,
    },
  ]);
}

function skuField(label: string, lines: readonly OrderLine[]): FormField {
  const bySku = new Map(lines.map((line) => [line.sku, line]));
  return {
    id: 'sku',
    label,
    choices: [...bySku.values()].map(({ sku, name }) => ({ value: sku, label: sku, description: name || undefined })),
  };
}

function reasonField(t: Texts, label: string): FormField {
  const choices = incidentReasonSchema.options.map((reason) => ({ value: reason, label: reasonText(t, reason).text }));
  return { id: 'reason', label, choices };
}

function dateHint(t: Texts, { example, timeZone }: DateHint): string {
  return t.plain('shop.delay.untilHint', { example, timeZone });
}
