// What is remembered about a person: the language they use Discord in, for messages sent to them unasked, and that they are here.
import type { Locale } from '../domain/scalars.ts';
import type { App } from './context.ts';
import { StoreUnavailableError } from './ports.ts';

/** A month: how often it is written that somebody is still here. */
export const seenEveryMs = 30 * 86_400_000;

/**
 * Writes only where it changed, or once a month, to know who is still here. A store that cannot be written now is no reason to
 * fail what the person asked for.
 */
export async function rememberLocale(app: App, userId: string, locale: Locale): Promise<void> {
  const known = await app.store.read((tx) => tx.get('people', userId));
  const now = app.clock.now();
  if (known?.locale === locale && known.seenAt !== undefined && now - known.seenAt < seenEveryMs) return;
  try {
    await app.store.transact(async (tx) => {
      const person = await tx.get('people', userId);
      await tx.put('people', { ...person, userId, locale, seenAt: now });
    });
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    app.log.warn({ err: error }, 'a language could not be remembered');
  }
}
