// The demo shop that is shown, which may be opened afresh while somebody asks it something.
import type { Locale } from '../../domain/scalars.ts';
import type { Demo } from '../demo.ts';
import type { Feed } from './feed.ts';

/** Closes the demo shown and opens a new one, whose people speak `locale`; the shop's own language where it is left out. */
export type Reset = (old: Demo, locale?: Locale) => Promise<Demo>;

export interface ShownShop {
  readonly feed: Feed;
  /** What is asked of the shop; asked once more of the new one where it was closed over it. */
  ask<T>(what: (demo: Demo) => Promise<T>): Promise<T>;
  /** Opens it afresh: once, however many ask for it meanwhile. */
  reset(locale: Locale | undefined): Promise<void>;
  /** Resolves once it is not being opened afresh. */
  settled(): Promise<void>;
}

export function createShownShop(feed: Feed, reset: Reset): ShownShop {
  let resetting: Promise<void> | undefined;
  return {
    feed,
    async ask(what) {
      const { demo } = feed;
      try {
        return await what(demo);
      } catch (error) {
        await resetting;
        if (feed.demo === demo) throw error;
        return what(feed.demo);
      }
    },
    async reset(locale) {
      resetting ??= reset(feed.demo, locale)
        .then((demo) => feed.show(demo))
        .finally(() => {
          resetting = undefined;
        });
      await resetting;
    },
    async settled() {
      await resetting;
    },
  };
}
