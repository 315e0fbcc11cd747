// What /setup answers: what has been set, what is still missing, and the whole at a glance.
import type { DepositReceipt, Setup } from '../../app/setup.ts';
import { limitIn } from '../../domain/compensation/daily-limit.ts';
import type { Balance } from '../../domain/ledger/entry.ts';
import type { GuildSettings, Merchant, Reminders } from '../../domain/merchant.ts';
import { channel, person, role } from '../../i18n/format.ts';
import { join, type Markup, md, ours } from '../../i18n/markup.ts';
import { type Card, textCard } from '../card.ts';
import type { ChannelRight } from '../channel-rights.ts';
import type { Words } from './items.ts';

/** What it takes to write in a channel; all else is for threads under it. */
const toWrite: readonly ChannelRight[] = ['view', 'send'];

function writingLine({ t }: Words, channelId: string, lacking: readonly ChannelRight[]): Markup {
  const key = lacking.some((right) => toWrite.includes(right))
    ? 'setup.rights.cannot_write'
    : 'setup.rights.no_threads';
  const names = join(
    lacking.map((right) => t(`setup.rights.${right}`)),
    t.plain('common.list_separator'),
  );
  return t(key, { channel: channel(channelId), rights: names });
}

/** What the bot must still be allowed in a channel that has been set. */
function rightsLine(words: Words, channelId: string | undefined, lacking: readonly ChannelRight[]): Markup | undefined {
  return channelId !== undefined && lacking.length > 0 ? writingLine(words, channelId, lacking) : undefined;
}

/**
 * @param currency of the rule book in force, in which the limit is shown
 * @param lacking what the bot may not do in the staff's channel
 */
export function staffSetCard(
  words: Words,
  settings: GuildSettings,
  currency: string,
  lacking: readonly ChannelRight[],
): Card {
  const { t } = words;
  const { staffRoleId = '', staffChannelId, staffDailyLimit } = settings;
  const toldOf = lacking.filter((right) => toWrite.includes(right));
  return textCard(
    'good',
    t('setup.staff.done', { role: role(staffRoleId) }),
    staffChannelId ? t('setup.staff.channel', { channel: channel(staffChannelId) }) : t('setup.staff.no_channel'),
    rightsLine(words, staffChannelId, toldOf),
    staffDailyLimit && t('setup.staff.limit', { limit: limitText(words, staffDailyLimit, currency) }),
  );
}

function limitText({ f }: Words, limit: NonNullable<GuildSettings['staffDailyLimit']>, currency: string): Markup {
  return ours(f.money(limitIn(currency, limit), currency));
}

const namesShown = 10;

/** @param lacking what the bot may not do in the merchant's channel */
export function merchantSetCard(words: Words, merchant: Merchant, lacking: readonly ChannelRight[]): Card {
  const { t } = words;
  const who = [...merchant.roleIds.map(role), ...merchant.memberIds.map(person)].slice(0, namesShown);
  return textCard(
    'good',
    t('setup.merchant.done', { name: merchant.name, id: merchant.id }),
    who.length > 0 ? t('setup.merchant.who', { who: join(who, ' ') }) : t('setup.merchant.nobody'),
    who.length > 0 ? pingsLine(t, merchant) : undefined,
    rightsLine(words, merchant.channelId, lacking),
    merchant.language && t('setup.merchant.language', { language: t(`setup.language.${merchant.language}`) }),
  );
}

/** A role names nobody to write to: its people are not known to the bot. */
function pingsLine(t: Words['t'], { channelId, memberIds }: Merchant): Markup {
  if (channelId) return t('setup.merchant.channel', { channel: channel(channelId) });
  return memberIds.length > 0 ? t('setup.merchant.by_dm') : t('setup.merchant.unreachable');
}

export function policySetCard({ t }: Words, pack: { name: string; version: string }): Card {
  return textCard(
    'good',
    t('setup.policy.done', { pack: pack.name, version: pack.version }),
    t('setup.policy.from_now'),
  );
}

function reminderLines({ t, f }: Words, { beforeMs, quietHours, timeZone }: Reminders): Markup[] {
  const list = join(
    beforeMs.map((ms) => f.length(ms)),
    t.plain('common.list_separator'),
  );
  return [
    beforeMs.length > 0 ? t('setup.reminders.before', { list }) : t('setup.reminders.none'),
    quietHours ? t('setup.reminders.quiet', quietHours) : t('setup.reminders.no_quiet'),
    t('setup.reminders.zone', { zone: timeZone }),
  ];
}

/** @param merchantId for whom; absent: the whole server */
export function remindersSetCard(words: Words, reminders: Reminders, merchantId: string | undefined): Card {
  const { t } = words;
  const whose = merchantId ?? t('setup.reminders.server');
  return textCard('good', t('setup.reminders.done', { whose }), ...reminderLines(words, reminders));
}

export function depositCard({ t, f }: Words, receipt: DepositReceipt): Card {
  const { amountMinor, balanceMinor, currency } = receipt;
  const money = (minor: number) => ours(f.money(minor, currency));
  return textCard(
    'good',
    t('setup.deposit.done', { amount: money(amountMinor), merchant: receipt.merchantId }),
    t('setup.deposit.balance', {
      before: money(balanceMinor - amountMinor),
      after: money(balanceMinor),
      number: receipt.entryNumber,
    }),
  );
}

function whereLine({ t }: Words, merchant: Merchant): Markup {
  if (merchant.channelId) return t('setup.show.in_channel', { channel: channel(merchant.channelId) });
  const { length: count } = merchant.memberIds;
  return count > 0 ? t('setup.show.by_dm', { count }) : t('setup.show.unreachable');
}

function merchantLine(words: Words, merchant: Merchant, balances: readonly Balance[]): Markup {
  const { t, f } = words;
  const own = balances.filter(({ account }) => account === `merchant:${merchant.id}`);
  const sums = own.map(({ amountMinor, currency }) => ours(f.money(amountMinor, currency)));
  return t('setup.show.merchant', {
    name: merchant.name,
    id: merchant.id,
    balance: sums.length > 0 ? join(sums, ' + ') : t('setup.show.no_balance'),
    where: whereLine(words, merchant),
  });
}

const merchantsShown = 4;

export function setupCard(words: Words, setup: Setup, pack: { name: string; currency: string }): Card {
  const { t } = words;
  const { settings, merchants, balances } = setup;
  const { staffRoleId, staffChannelId, staffDailyLimit: limit } = settings;
  const staff = staffRoleId
    ? t('setup.show.staff', { role: role(staffRoleId), channel: staffChannelId ? channel(staffChannelId) : md`–` })
    : t('setup.show.no_staff');
  return textCard(
    'neutral',
    t('setup.show.title'),
    join([staff, limit && t('setup.show.limit', { limit: limitText(words, limit, pack.currency) })]),
    staffChannelId ? undefined : t('setup.staff.no_channel'),
    t('setup.show.policy', { pack: pack.name }),
    join(reminderLines(words, settings.reminders)),
    merchants.length > 0 ? t('setup.show.merchants') : t('setup.show.no_merchants'),
    ...merchants.slice(0, merchantsShown).map((merchant) => merchantLine(words, merchant, balances)),
    merchants.length > merchantsShown ? t('setup.show.more', { count: merchants.length - merchantsShown }) : undefined,
  );
}
