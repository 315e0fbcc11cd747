// What is remembered about a person: the language they use Discord in, for messages sent to them unasked.
import type { Locale } from '../domain/scalars.ts';
import type { App } from './context.ts';
import { StoreUnavailableError } from './ports.ts';

/** Writes only where it changed. A store that cannot be written now is no reason to fail what the person asked for. */
export async function rememberLocale(app: App, userId: string, locale: Locale): Promise<void> {
  const known = await app.store.read((tx) => tx.get('people', userId));
  if (known?.locale === locale) return;
  try {
    await app.store.transact(async (tx) => {
      const person = await tx.get('people', userId);
      await tx.put('people', { ...person, userId, locale });
    });
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    app.log.warn({ err: error }, 'a language could not be remembered');
  }
}
