// `/setup reminders`: when merchants are pinged, and the shop's time zone. For holders of Manage Server.
import type { Merchant, Reminders } from '../domain/merchant.ts';
import { isOpen } from '../domain/order/order.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { parseQuietHours, parseTimeZone } from '../domain/reminder-settings.ts';
import { parseLeadTimes } from '../domain/time.ts';
import { requireManager, settingsOf } from './access.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import { perform } from './perform.ts';
import { StoreUnavailableError, type Tx } from './ports.ts';
import { remindersOf } from './reminders-of.ts';
import { stamped } from './save-order.ts';
import { requireKnownMerchant } from './setup.ts';

export interface RemindersAsk {
  /** Lead times such as `24h,6h,1h`. */
  readonly before?: string;
  /** `22:00-08:00`, or `off`. */
  readonly quietHours?: string;
  /** IANA name. */
  readonly timeZone?: string;
  /** For this merchant only, instead of the server's own. */
  readonly merchantId?: string;
}

/**
 * Changes the reminders of the server, or of one merchant; what is not given stays as it was. Orders under way are looked
 * at again at once; where the store gives out on the way, the same command again completes it. Refuses `list_invalid`, `quiet_hours_invalid`, `timezone_invalid`, `merchant_unknown`.
 */
export async function setupReminders(app: App, request: Request, asked: RemindersAsk): Promise<Outcome<Reminders>> {
  const changed = await perform(app, request, async (tx) => {
    const manager = requireManager(request);
    if (isRefusal(manager)) return manager;
    const parsed = parseAsk(asked);
    if (isRefusal(parsed)) return parsed;
    return asked.merchantId === undefined
      ? changeServer(app, tx, request.guildId, parsed)
      : changeMerchant(app, tx, request.guildId, asked.merchantId, parsed);
  });
  if (isRefusal(changed)) return changed;
  try {
    await rewake(app, request.guildId, asked.merchantId);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    return refuse('store_not_writable');
  }
  return changed;
}

type Change = (reminders: Reminders) => Reminders;

function parseAsk({ before, quietHours, timeZone }: RemindersAsk): Outcome<Change> {
  const beforeMs = before === undefined ? undefined : parseLeadTimes(before);
  if (isRefusal(beforeMs)) return beforeMs;
  const quiet = quietHours === undefined ? undefined : parseQuietHours(quietHours);
  if (isRefusal(quiet)) return quiet;
  const zone = timeZone === undefined ? undefined : parseTimeZone(timeZone);
  if (isRefusal(zone)) return zone;
  return ({ quietHours: oldQuiet, ...old }) => {
    const newQuiet = quiet === undefined ? oldQuiet : quiet;
    return {
      ...old,
      ...(beforeMs && { beforeMs }),
      ...(newQuiet !== undefined && newQuiet !== 'off' && { quietHours: newQuiet }),
      ...(zone !== undefined && { timeZone: zone }),
    };
  };
}

async function changeServer(app: App, tx: Tx, guildId: string, change: Change): Promise<Outcome<Reminders>> {
  const settings = await settingsOf(app, tx, guildId);
  const reminders = change(settings.reminders);
  await tx.put('settings', { ...settings, reminders });
  return reminders;
}

async function changeMerchant(
  app: App,
  tx: Tx,
  guildId: string,
  merchantId: string,
  change: Change,
): Promise<Outcome<Reminders>> {
  const merchant = await requireKnownMerchant(tx, guildId, merchantId);
  if (isRefusal(merchant)) return merchant;
  const reminders = change(await remindersOf(app, tx, { guildId, merchantId }));
  const changed: Merchant = { ...merchant, reminders };
  await tx.put('merchants', changed);
  return reminders;
}

/** Orders in one transaction, so that a shop of any size keeps answering meanwhile. */
const batchSize = 500;

/** Sets anew when the sweep must look at each open order. Doing it twice changes nothing. */
async function rewake(app: App, guildId: string, merchantId: string | undefined): Promise<void> {
  const merchantIds = merchantId === undefined ? await inheritorsOf(app, guildId) : [merchantId];
  for (const id of merchantIds) {
    const orderIds = await app.store.read(async (tx) => {
      const open = await tx.list('orders', 'openByMerchant', { group: keyOf(guildId, id) });
      return open.map((order) => order.id);
    });
    for (let start = 0; start < orderIds.length; start += batchSize) {
      await rewakeBatch(app, { guildId, merchantId: id }, orderIds.slice(start, start + batchSize));
    }
  }
}

/** The merchants without reminders of their own. */
async function inheritorsOf(app: App, guildId: string): Promise<string[]> {
  const merchants = await app.store.read((tx) => tx.list('merchants', 'byGuild', { group: guildId }));
  return merchants.filter(({ reminders }) => !reminders).map(({ id }) => id);
}

function rewakeBatch(
  app: App,
  of: { readonly guildId: string; readonly merchantId: string },
  orderIds: readonly string[],
): Promise<void> {
  return app.store.transact(async (tx) => {
    const reminders = await remindersOf(app, tx, of);
    for (const id of orderIds) {
      const order = await tx.get('orders', id);
      if (!order || !isOpen(order)) continue;
      const woken = stamped(app, reminders, order, order, app.clock.now());
      if (woken.wakeAt !== order.wakeAt) await tx.put('orders', woken);
    }
  });
}
