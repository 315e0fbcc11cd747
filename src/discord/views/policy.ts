// The rule book in words: each figure with its source, and whether it could be confirmed.
import type { AmountRule, CompensationRule, PolicyPack, Source } from '../../domain/compensation/policy.ts';
import { join, longText, type Markup, md, ours } from '../../i18n/markup.ts';
import { button, type Card, cards, textCard } from '../card.ts';
import { compensationReason } from './compensate.ts';
import type { Words } from './items.ts';
import { policySources, policyTerms } from './policy-ids.ts';

type Shown = PolicyPack & { readonly inForce: boolean };

/** What the pack says, in ten lines; where each figure comes from is behind a button. */
export function policyCard(words: Words, guildId: string, pack: Shown): Card {
  const { t, f } = words;
  const { remedies, severalReasons, rules } = pack;
  const dailyLimit = ours(f.money(pack.staff.dailyLimitMinor, pack.currency));
  const sources = button(policySources.encode(guildId, { pack: pack.id }), t.plain('staff.policy.sources'));
  return cards({
    tone: pack.inForce ? 'good' : 'neutral',
    lines: [
      titleLine(words, pack),
      join([
        t('staff.policy.shipWithin', { time: f.term(pack.shipWithinHours) }),
        t('staff.policy.refundWithin', { time: f.term(pack.refund.dueWithinHours) }),
      ]),
      join([
        t('staff.policy.indefiniteWait', { count: remedies.indefiniteWaitDays }),
        t('staff.policy.remindChoice', { time: f.term(remedies.remindChoiceAfterHours) }),
      ]),
      join([
        t(`staff.policy.dearerSwap.${remedies.dearerSwap}`),
        t('staff.policy.dailyLimit', { amount: dailyLimit }),
        rules.length > 1 ? t(`staff.policy.severalReasons.${severalReasons}`) : undefined,
      ]),
      ...rules.map((rule) => ruleLine(words, rule, pack.currency)),
      sourceLine(words, pack.source),
    ],
    rows: [[sources]],
  });
}

/** Where the pack and each of its rules come from, and what one should know about them. */
export function policySourcesCard(words: Words, guildId: string, pack: Shown): Card {
  const { t } = words;
  const back = button(policyTerms.encode(guildId, { pack: pack.id }), t.plain('staff.policy.back'));
  return cards({
    tone: pack.inForce ? 'good' : 'neutral',
    lines: [
      titleLine(words, pack),
      long(pack.summary[t.locale]),
      sourceLine(words, pack.source),
      ...pack.rules.map((rule) => {
        const note = rule.note?.[t.locale];
        const said = [sourceText(words, rule.source), note === undefined ? undefined : long(note)];
        return join([
          compensationReason(words, rule.reason),
          confirmedText(words, rule.verified),
          join(said, t.locale === 'zh-CN' ? '' : ' '),
        ]);
      }),
    ],
    rows: [[back]],
  });
}

function titleLine(words: Words, pack: Shown): Markup {
  const { t } = words;
  const { id, version, verified } = pack;
  return join([
    md`**${t('staff.policy.title', { name: pack.name[t.locale], id, version })}**`,
    t(pack.inForce ? 'staff.policy.inForce' : 'staff.policy.notInForce'),
    confirmedText(words, verified),
  ]);
}

/** A paragraph of a pack: data, and longer than data commonly is. */
function long(text: string): Markup {
  return longText(text, 400);
}

function sourceText({ t }: Words, source: Source): Markup {
  return long(typeof source === 'string' ? source : source[t.locale]);
}

function sourceLine(words: Words, source: Source): Markup {
  return quiet(words.t('staff.policy.source', { source: sourceText(words, source) }));
}

/** Discord's small print. */
function quiet(text: Markup): Markup {
  return ours(`-# ${text.text}`);
}

function confirmedText({ t }: Words, verified: boolean): Markup {
  return t(verified ? 'staff.policy.verified' : 'staff.policy.unverified');
}

function ruleLine(words: Words, rule: CompensationRule, currency: string): Markup {
  const { t } = words;
  const about = {
    reason: compensationReason(words, rule.reason),
    amount: amountText(words, rule.amount, currency),
    form: voucherText(words, rule, currency),
  };
  return join([t('staff.policy.rule', about), t('staff.policy.payer'), confirmedText(words, rule.verified)]);
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
