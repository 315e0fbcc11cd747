// `/setup reminders`: when merchants are pinged, and the shop's time zone. For holders of Manage Server.
import type { Reminders } from '../domain/merchant.ts';
import { isRefusal, type Outcome } from '../domain/refusal.ts';
import { parseQuietHours, parseTimeZone } from '../domain/reminder-settings.ts';
import { parseLeadTimes } from '../domain/time.ts';
import { requireManager, settingsOf } from './access.ts';
import type { App, Request } from './context.ts';
import { perform } from './perform.ts';
import { StoreUnavailableError, type Tx } from './ports.ts';
import { remindersOf } from './reminders-of.ts';
import { markForRewake, rewake } from './rewake.ts';
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
 * at again at once; where that is interrupted, the sweep carries it on. Refuses `list_invalid`, `quiet_hours_invalid`,
 * `timezone_invalid`, `merchant_unknown`.
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
    await rewakeGuild(app, request.guildId);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    app.log.warn({}, 'orders are looked at anew later: the store could not be written');
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
  const merchants = await tx.list('merchants', 'byGuild', { group: guildId });
  await markForRewake(
    app,
    tx,
    merchants.filter((merchant) => !merchant.reminders),
  );
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
  await markForRewake(app, tx, [{ ...merchant, reminders }]);
  return reminders;
}

async function rewakeGuild(app: App, guildId: string): Promise<void> {
  const merchants = await app.store.read((tx) => tx.list('merchants', 'byGuild', { group: guildId }));
  for (const merchant of merchants) if (merchant.rewake !== undefined) await rewake(app, merchant, () => false);
}
