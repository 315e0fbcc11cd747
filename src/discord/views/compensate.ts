// `/compensate`: the preview with every step of its reasoning, and what was given.
import type { CompensationPreview } from '../../app/compensate.ts';
import type { QuoteStep } from '../../domain/compensation/amount.ts';
import type { Quote } from '../../domain/compensation/quote.ts';
import type { Order } from '../../domain/order/order.ts';
import { person, timestamp } from '../../i18n/format.ts';
import { join, longText, type Markup, md, ours } from '../../i18n/markup.ts';
import { button, type Card, cards, textCard } from '../card.ts';
import { cancelButton, confirmButton } from './compensate-ids.ts';
import type { Words } from './items.ts';

/** Characters of an entry's hash that are shown: enough to compare by eye. */
const hashShown = 12;

/** What is given to whom: the account, or where none is linked, the order's buyer in words. */
function titleText({ t }: Words, kind: 'title' | 'doneTitle', amount: Markup, { buyer }: Order): Markup {
  const title = buyer
    ? t(`staff.compensate.${kind}`, { amount, buyer: person(buyer.userId) })
    : t(`staff.compensate.${kind}Unlinked`, { amount });
  return md`**${title}**`;
}

/** A compensation's reason in words. */
export function compensationReason({ t }: Pick<Words, 't'>, reason: string): Markup {
  return t.find(`common.compensation.${reason}`) ?? md`${reason}`;
}

export function thresholdText({ t, f }: Words, minSpendMinor: number, currency: string): Markup {
  if (minSpendMinor === 0) return t('staff.compensate.noThreshold');
  return t('staff.compensate.threshold', { amount: ours(f.money(minSpendMinor, currency)) });
}

export function previewCard(words: Words, guildId: string, preview: CompensationPreview): Card {
  const { t, f } = words;
  const { quote, order, note, draftId } = preview;
  const money = (minor: number) => ours(f.money(minor, quote.currency));
  const amount = money(quote.amountMinor);
  const form = t('staff.compensate.form', {
    threshold: thresholdText(words, quote.minSpendMinor, quote.currency),
    expires: timestamp(quote.expiresAt, 'D'),
  });
  return cards({
    tone: quote.verified ? 'neutral' : 'soon',
    lines: [
      join([titleText(words, 'title', amount, order), form], t.plain('staff.compensate.comma')),
      basisLine(words, quote, order),
      otherRules(words, quote, order),
      t('staff.compensate.reasoning', { steps: join(reasoning(words, preview), '  ') }),
      t('staff.compensate.balance', {
        merchant: preview.merchantName,
        before: money(preview.balanceBeforeMinor),
        after: money(preview.balanceAfterMinor),
      }),
      preview.balanceAfterMinor < 0 ? t('staff.compensate.balanceNegative') : undefined,
      note === undefined ? undefined : t('staff.compensate.note', { note: longText(note, 500) }),
      quote.verified ? undefined : t('staff.compensate.unverified'),
      order.buyer ? undefined : t('staff.compensate.unlinked'),
    ],
    rows: [
      [
        button(confirmButton.encode(guildId, { draft: draftId }), t.plain('staff.compensate.confirm', { amount }), {
          style: 'primary',
        }),
        button(cancelButton.encode(guildId, { draft: draftId }), t.plain('staff.compensate.cancel')),
      ],
    ],
  });
}

function basisLine(words: Words, quote: Quote, order: Order): Markup {
  const { t } = words;
  return t('staff.compensate.basis', {
    order: order.number,
    reason: compensationReason(words, quote.reason),
    pack: quote.pack,
    rule: quote.ruleId === 'override' ? t('staff.compensate.overrideRule') : quote.ruleId,
    version: quote.version,
  });
}

/** Where the order came in under rules that are no longer at hand. */
function otherRules({ t }: Words, quote: Quote, { policy }: Order): Markup | undefined {
  const same = quote.pack === policy.pack && quote.version === policy.version;
  return same ? undefined : t('staff.compensate.otherRules', { pack: policy.pack, version: policy.version });
}

/** `1. … 2. …` behind a word, for a line that began with a number would be a list; with what the member of staff may still give today as the last. */
function reasoning(words: Words, { quote, leftTodayMinor }: CompensationPreview): Markup[] {
  const left = words.t('staff.compensate.step.leftToday', {
    amount: ours(words.f.money(leftTodayMinor, quote.currency)),
  });
  const steps = [...quote.steps.map((step) => stepText(words, step, quote.currency)), left];
  return steps.map((step, index) => md`${index + 1}. ${step}`);
}

/** Sums are written out, hundredths of a percent become percents. */
function stepText({ t, f }: Words, step: QuoteStep, currency: string): Markup {
  const values = Object.entries(step.data).map(([name, value]: [string, unknown]): [string, Markup] => {
    if (typeof value !== 'number') return [name, md`${String(value)}`];
    return name === 'basisPoints' ? ['percent', ours(`${value / 100}%`)] : [name, ours(f.money(value, currency))];
  });
  const data = Object.fromEntries(values);
  const variant = step.code === 'override' && step.data.ruleMinor === undefined ? 'override_no_rule' : step.code;
  return t.find(`staff.compensate.step.${variant}`, data) ?? ours(step.code);
}

export interface Given {
  readonly order: Order;
  readonly reason: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly entryNumber: number;
  readonly hash: string;
  readonly by: string;
  readonly at: number;
  readonly expiresAt: number;
}

/** After Confirm, in place of the preview and its buttons. */
export function givenCard(words: Words, given: Given): Card {
  const { t, f } = words;
  const amount = ours(f.money(given.amountMinor, given.currency));
  return textCard(
    'good',
    titleText(words, 'doneTitle', amount, given.order),
    t('staff.compensate.doneOrder', { order: given.order.number, reason: compensationReason(words, given.reason) }),
    t('staff.compensate.doneBy', { who: person(given.by), when: timestamp(given.at, 'f') }),
    t('staff.compensate.doneEntry', { entry: given.entryNumber, hash: ours(`\`${given.hash.slice(0, hashShown)}\``) }),
    t('staff.compensate.doneVoucher', { expires: timestamp(given.expiresAt, 'D') }),
    t(given.order.buyer ? 'staff.compensate.doneTold' : 'staff.compensate.doneUntold'),
  );
}

export function cancelledCard({ t }: Words): Card {
  return textCard('closed', t('staff.compensate.cancelled'));
}
