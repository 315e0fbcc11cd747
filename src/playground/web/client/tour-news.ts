// What the bot has sent since the shop's clock was moved on, and where: a deadline may ping somebody one is not.
import type { Live } from './live.ts';
import type { Locale, Words } from './words.ts';

/** The id of the newest message there is. Ids grow with time. */
export function newestIn(live: Live): bigint {
  return [...live.messages.values()]
    .flatMap((some) => some.map(({ id }) => BigInt(id)))
    .reduce((newest, id) => (id > newest ? id : newest), 0n);
}

/** Worded for the reader: which channels, whose direct messages, and how many customers'. */
export function newsSince(live: Live, since: bigint, t: Words, locale: Locale): string {
  const places: string[] = [];
  let customers = 0;
  for (const [id, messages] of live.messages) {
    const channel = live.channels.get(id);
    const count = messages.filter((message) => message.visibleTo === null && BigInt(message.id) > since).length;
    if (!channel || count === 0) continue;
    const whose = channel.recipientId ? live.people.get(channel.recipientId) : undefined;
    if (whose && !whose.key) customers += 1;
    else
      places.push(
        whose ? t('tour_news_dm', { name: whose.name, count }) : t('tour_news_channel', { name: channel.name, count }),
      );
  }
  if (customers > 0) places.push(t('tour_news_customers', { count: customers }));
  if (places.length === 0) return t('tour_no_news');
  return t('tour_news', { places: new Intl.ListFormat(locale, { type: 'conjunction' }).format(places) });
}
