// The rule book in words: each figure with its source, and whether it could be confirmed.
import type { AmountRule, CompensationRule, PolicyPack } from '../../domain/compensation/policy.ts';
import { join, type Markup, md, ours } from '../../i18n/markup.ts';
import { type Card, type CardContent, cards, textCard } from '../card.ts';
import { compensationReason } from './compensate.ts';
import type { Words } from './items.ts';

export function policyCard(words: Words, pack: PolicyPack & { readonly inForce: boolean }): Card {
  const { t, f } = words;
  const { id, version, remedies } = pack;
  const name = pack.name[t.locale];
  const dailyLimit = ours(f.money(pack.staff.dailyLimitMinor, pack.currency));
  const general: CardContent = {
    tone: pack.inForce ? 'good' : 'neutral',
    lines: [
      md`**${t('staff.policy.title', { name, id, version })}**`,
      join([t(pack.inForce ? 'staff.policy.inForce' : 'staff.policy.notInForce'), confirmedText(words, pack.verified)]),
      t('staff.policy.shipWithin', { hours: pack.shipWithinHours }),
      t('staff.policy.refundWithin', { hours: pack.refund.dueWithinHours }),
      t('staff.policy.indefiniteWait', { count: remedies.indefiniteWaitDays }),
      t(`staff.policy.dearerSwap.${remedies.dearerSwap}`),
      t('staff.policy.remindChoice', { hours: remedies.remindChoiceAfterHours }),
      t('staff.policy.dailyLimit', { amount: dailyLimit }),
      quiet(t('staff.policy.source', { source: pack.source })),
    ],
  };
  const rules: CardContent = {
    tone: 'neutral',
    lines: pack.rules.flatMap((rule) => ruleLines(words, rule, pack.currency)),
  };
  return cards(general, ...(pack.rules.length > 0 ? [rules] : []));
}

/** Discord's small print. */
function quiet(text: Markup): Markup {
  return ours(`-# ${text.text}`);
}

function confirmedText({ t }: Words, verified: boolean): Markup {
  return t(verified ? 'staff.policy.verified' : 'staff.policy.unverified');
}

function ruleLines(words: Words, rule: CompensationRule, currency: string): Markup[] {
  const { t } = words;
  const about = {
    reason: compensationReason(words, rule.reason),
    amount: amountText(words, rule.amount, currency),
    form: voucherText(words, rule, currency),
  };
  const note = rule.note?.[t.locale];
  return [
    join([t('staff.policy.rule', about), t('staff.policy.payer'), confirmedText(words, rule.verified)]),
    quiet(join([t('staff.policy.source', { source: rule.source }), note], ' ')),
  ];
}

function amountText({ t, f }: Words, amount: AmountRule, currency: string): Markup {
  const money = (minor: number) => ours(f.money(minor, currency));
  if (amount.type === 'fixed') return t('staff.policy.amount.fixed', { amount: money(amount.amountMinor) });
  const { basisPoints, floorMinor, capMinor } = amount;
  const parts = [
    t('staff.policy.amount.percentage', { percent: ours(`${basisPoints / 100}%`) }),
    floorMinor ? t('staff.policy.amount.floor', { amount: money(floorMinor) }) : undefined,
    capMinor === undefined ? undefined : t('staff.policy.amount.cap', { amount: money(capMinor) }),
  ];
  return join(parts, t.plain('staff.compensate.comma'));
}

function voucherText({ t, f }: Words, { voucher }: CompensationRule, currency: string): Markup {
  const { minSpendMinor, validity } = voucher;
  const kind =
    minSpendMinor === 0
      ? t('staff.policy.voucher.free')
      : t('staff.policy.voucher.threshold', { amount: ours(f.money(minSpendMinor, currency)) });
  const valid =
    'years' in validity
      ? t('staff.policy.voucher.years', { count: validity.years })
      : t('staff.policy.voucher.days', { count: validity.days });
  return join([kind, valid], t.plain('staff.compensate.comma'));
}

/** @param inForce id of the pack this server uses */
export function policiesCard({ t }: Words, packs: readonly PolicyPack[], inForce: string): Card {
  return textCard(
    'neutral',
    md`**${t('staff.policy.listTitle', { count: packs.length })}**`,
    ...packs.slice(0, 7).map((pack) => {
      const { id, version, name } = pack;
      const line = t('staff.policy.listLine', { name: name[t.locale], id, version });
      return join([line, id === inForce ? t('staff.policy.inForce') : undefined]);
    }),
    t('staff.policy.listHint'),
  );
}
