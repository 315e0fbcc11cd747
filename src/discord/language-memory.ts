// The language each person's Discord speaks, for messages sent unasked.
import type { App } from '../app/context.ts';
import { rememberLocale, seenEveryMs } from '../app/person.ts';
import { localeFor } from '../i18n/texts.ts';
import type { Incoming } from './incoming.ts';

const rememberedPeople = 10_000;

/** The store is asked only when this process has not heard it of a person this month. */
export function createLanguageMemory(app: App): (incoming: Incoming) => Promise<void> {
  const spoken = new Map<string, string>();
  return async ({ userId, locale: said }) => {
    if (!said || !userId) return;
    const locale = localeFor(said, app.defaults.locale);
    const heard = `${locale}/${Math.floor(app.clock.now() / seenEveryMs)}`;
    if (spoken.get(userId) === heard) return;
    await rememberLocale(app, userId, locale);
    if (spoken.size >= rememberedPeople) spoken.clear();
    spoken.set(userId, heard);
  };
}
