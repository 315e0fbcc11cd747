// How a merchant wants to be reminded, and the time zone its dates are read and written in.
import type { Reminders } from '../domain/merchant.ts';
import { settingsOf } from './access.ts';
import { keyOf } from './collections.ts';
import type { App } from './context.ts';
import type { ReadTx } from './ports.ts';

/** The merchant's own reminders, else the server's. */
export async function remindersOf(
  app: App,
  tx: ReadTx,
  of: { readonly guildId: string; readonly merchantId: string },
): Promise<Reminders> {
  const merchant = await tx.get('merchants', keyOf(of.guildId, of.merchantId));
  return merchant?.reminders ?? (await settingsOf(app, tx, of.guildId)).reminders;
}
