// `/setup staff`, `merchant`, `policy`, `deposit` and `show`: how a server runs its shops. For holders of Manage Server.
import type { Balance } from '../domain/ledger/entry.ts';
import { transfer } from '../domain/ledger/posting.ts';
import { type GuildSettings, type Merchant, merchantSchema } from '../domain/merchant.ts';
import { parseMoney } from '../domain/money.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import type { Locale } from '../domain/scalars.ts';
import { parseText } from '../domain/text.ts';
import { requireManager, requireStaff, settingsOf } from './access.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import { packInForce } from './pack-of.ts';
import { perform } from './perform.ts';
import type { ReadTx, Tx } from './ports.ts';
import { balanceOf, postEntry } from './post-entry.ts';
import { retryWaiting } from './retry-waiting.ts';

/** Runs a change of the server's set-up once, for those who may. */
function performAsManager<T>(
  app: App,
  request: Request,
  work: (tx: Tx, now: number) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return perform(app, request, async (tx, now) => {
    const manager = requireManager(request);
    return isRefusal(manager) ? manager : work(tx, now);
  });
}

/**
 * Who the staff are, where they are told things, and what each of them may give a day (main unit of the pack's currency;
 * `0`: nothing). What is not given stays as it was. Refuses `role_too_wide` for everyone's role, `amount_invalid`.
 */
export function setupStaff(
  app: App,
  request: Request,
  asked: { readonly roleId: string; readonly channelId?: string; readonly limit?: string },
): Promise<Outcome<GuildSettings>> {
  return performAsManager(app, request, async (tx, now) => {
    if (isEveryone(request, asked.roleId)) return refuse('role_too_wide');
    const settings = await settingsOf(app, tx, request.guildId);
    const { currency } = packInForce(app, settings);
    const minor = asked.limit === undefined ? undefined : parseMoney(asked.limit, currency, { zero: true });
    if (isRefusal(minor)) return minor;
    const changed: GuildSettings = {
      ...settings,
      staffRoleId: asked.roleId,
      ...(asked.channelId !== undefined && { staffChannelId: asked.channelId }),
      ...(minor !== undefined && { staffDailyLimit: { minor, currency } }),
    };
    await tx.put('settings', changed);
    await retryWaiting(tx, request.guildId, { type: 'staff' }, now);
    return changed;
  });
}

/** The role that everyone has carries the server's own id. */
function isEveryone(request: Request, roleId: string): boolean {
  return roleId === request.guildId;
}

export interface MerchantAsk {
  /** Letters, digits, `-` and `_`, 1–32. */
  readonly id: string;
  /** 1–80 characters. */
  readonly name: string;
  readonly memberId?: string;
  readonly roleId?: string;
  readonly removeMemberId?: string;
  readonly removeRoleId?: string;
  readonly channelId?: string;
  readonly language?: Locale;
}

/**
 * Sets up a merchant, or changes one: member and role are added to those it has, or taken out, which holds at once; name,
 * channel and language take the place of the old. Refuses `id_invalid`, `text_missing`, `text_too_long`, `role_too_wide`.
 */
export function setupMerchant(app: App, request: Request, asked: MerchantAsk): Promise<Outcome<Merchant>> {
  return performAsManager(app, request, async (tx, now) => {
    if (!merchantSchema.shape.id.safeParse(asked.id).success) return refuse('id_invalid');
    const name = parseText(asked.name, 80);
    if (isRefusal(name)) return name;
    if (asked.roleId !== undefined && isEveryone(request, asked.roleId)) return refuse('role_too_wide');
    const known = await tx.get('merchants', keyOf(request.guildId, asked.id));
    const { id, channelId, language } = asked;
    const merchant: Merchant = {
      ...known,
      guildId: request.guildId,
      id,
      name,
      memberIds: changedList(known?.memberIds, asked.memberId, asked.removeMemberId),
      roleIds: changedList(known?.roleIds, asked.roleId, asked.removeRoleId),
      ...(channelId !== undefined && { channelId }),
      ...(language !== undefined && { language }),
    };
    await tx.put('merchants', merchant);
    await retryWaiting(tx, request.guildId, { type: 'merchant', merchantId: id }, now);
    return merchant;
  });
}

function changedList(ids: readonly string[] = [], added: string | undefined, removed: string | undefined): string[] {
  const all = added === undefined ? ids : new Set([...ids, added]);
  return [...all].filter((id) => id !== removed);
}

type PackInForce = { readonly pack: string; readonly version: string };

/**
 * Puts a rule book in force for orders that come in from now on; those at hand keep theirs. For holders of Manage Server.
 * Refuses `policy_unknown` ({packs}).
 */
export function setupPolicy(
  app: App,
  request: Request,
  asked: { readonly pack: string },
): Promise<Outcome<PackInForce>> {
  return performAsManager(app, request, (tx) => putInForce(app, tx, request.guildId, asked.pack));
}

/** The same for staff as well (`/policy use`). */
export function usePolicy(app: App, request: Request, asked: { readonly pack: string }): Promise<Outcome<PackInForce>> {
  return perform(app, request, async (tx) => {
    const allowed = request.manager || (await requireStaff(tx, request));
    return isRefusal(allowed) ? allowed : putInForce(app, tx, request.guildId, asked.pack);
  });
}

async function putInForce(app: App, tx: Tx, guildId: string, packId: string): Promise<Outcome<PackInForce>> {
  const pack = app.policies.find(packId);
  if (!pack) return refuse('policy_unknown', { packs: app.policies.packs.map(({ id }) => id) });
  const settings = await settingsOf(app, tx, guildId);
  await tx.put('settings', { ...settings, policyPack: pack.id });
  return { pack: pack.id, version: pack.version };
}

export interface DepositReceipt {
  readonly merchantId: string;
  readonly entryNumber: number;
  readonly amountMinor: number;
  readonly balanceMinor: number;
  readonly currency: string;
}

/** Money a merchant has left with the shop, in the main unit of the pack's currency. Refuses `merchant_unknown`, `amount_invalid`. */
export function setupDeposit(
  app: App,
  request: Request,
  asked: { readonly merchantId: string; readonly amount: string },
): Promise<Outcome<DepositReceipt>> {
  return performAsManager(app, request, async (tx, now) => {
    const { guildId, userId } = request;
    const merchant = await requireKnownMerchant(tx, guildId, asked.merchantId);
    if (isRefusal(merchant)) return merchant;
    const { currency } = packInForce(app, await settingsOf(app, tx, guildId));
    const amountMinor = parseMoney(asked.amount, currency);
    if (isRefusal(amountMinor)) return amountMinor;
    const account = `merchant:${merchant.id}`;
    const entry = await postEntry(tx, {
      guildId,
      kind: 'deposit',
      merchantId: merchant.id,
      currency,
      postings: transfer('outside', account, amountMinor),
      at: now,
      by: userId,
    });
    if (entry === 'duplicate') throw new Error('a deposit is never a duplicate');
    const balanceMinor = await balanceOf(tx, guildId, currency, account);
    return { merchantId: merchant.id, entryNumber: entry.number, amountMinor, balanceMinor, currency };
  });
}

/** A merchant set up on the server. Refuses `merchant_unknown` ({merchant, merchants}). */
export async function requireKnownMerchant(tx: ReadTx, guildId: string, id: string): Promise<Outcome<Merchant>> {
  const merchants = await tx.list('merchants', 'byGuild', { group: guildId });
  const known = merchants.find((merchant) => merchant.id === id);
  const merchantIds = merchants.map((merchant) => merchant.id);
  return known ?? refuse('merchant_unknown', { merchant: id.slice(0, 32), merchants: merchantIds });
}

export interface Setup {
  readonly settings: GuildSettings;
  readonly merchants: readonly Merchant[];
  /** The merchants' balances, one for each currency used; below zero the merchant owes. */
  readonly balances: readonly Balance[];
}

export function showSetup(app: App, request: Request): Promise<Outcome<Setup>> {
  return app.store.read(async (tx) => {
    const manager = requireManager(request);
    if (isRefusal(manager)) return manager;
    const { guildId } = request;
    const merchants = await tx.list('merchants', 'byGuild', { group: guildId });
    const balances: Balance[] = [];
    for (const { id } of merchants) {
      balances.push(...(await tx.list('balances', 'byAccount', { group: keyOf(guildId, `merchant:${id}`) })));
    }
    return { settings: await settingsOf(app, tx, guildId), merchants, balances };
  });
}
