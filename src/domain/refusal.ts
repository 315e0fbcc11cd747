// Expected refusals as values: a code with data, worded in the reader's language at the edge (data/locales, `refusal.*`).

/** Every expected "no". The wording of each lives in the locale files under `refusal.<code>`. */
export type RefusalCode =
  | 'already_compensated'
  | 'already_decided'
  | 'already_linked'
  | 'already_paid'
  | 'already_reported'
  | 'already_shipped'
  | 'amount_invalid'
  | 'amount_needs_note'
  | 'amount_over_limit'
  | 'amount_required'
  | 'card_outdated'
  | 'carrier_unknown'
  | 'choice_expired'
  | 'currency_mismatch'
  | 'date_in_past'
  | 'date_invalid'
  | 'date_not_later'
  | 'date_too_far'
  | 'duration_invalid'
  | 'guild_only'
  | 'id_invalid'
  | 'link_failed'
  | 'link_locked'
  | 'link_to_oneself'
  | 'list_invalid'
  | 'merchant_ambiguous'
  | 'merchant_unknown'
  | 'not_allowed'
  | 'not_compensable'
  | 'number_invalid'
  | 'order_ambiguous'
  | 'order_closed'
  | 'order_not_found'
  | 'order_not_linked'
  | 'own_order'
  | 'policy_unknown'
  | 'preview_expired'
  | 'quiet_hours_invalid'
  | 'quote_changed'
  | 'refund_not_found'
  | 'role_too_wide'
  | 'sku_missing'
  | 'sku_not_found'
  | 'staff_channel_missing'
  | 'staff_role_missing'
  | 'store_not_writable'
  | 'substitute_gone'
  | 'substitute_unknown'
  | 'text_missing'
  | 'text_too_long'
  | 'timezone_invalid'
  | 'tracking_invalid'
  | 'unpaid_order'
  | 'user_unknown';

/** Data a sentence may need. Never personal data of anyone but the reader. */
export type RefusalData = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** An expected "no", returned and never thrown; nothing has been changed when one is returned. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly data: RefusalData;
}

/** The outcome of anything that may be refused. */
export type Outcome<T> = T | Refusal;

export function refuse(refused: RefusalCode, data: RefusalData = {}): Refusal {
  return { refused, data };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && 'data' in value;
}
