// A Messenger that behaves as Discord does towards nonces, closed DMs and gone channels; and a switch that kills the process.
import type { App } from '../../src/app/context.ts';
import type { Delivery, Messenger, NotDelivered, Store, Target } from '../../src/app/ports.ts';
import type { Notice } from '../../src/domain/notice/notice.ts';
import type { Locale } from '../../src/domain/scalars.ts';

export interface Message {
  readonly id: string;
  readonly target: Target;
  readonly notice: Notice;
  readonly locale: Locale;
  readonly at: number;
}

export interface Discord extends Messenger {
  /** What people see, in order. */
  readonly messages: Message[];
  readonly threads: { readonly id: string; readonly channelId: string; readonly name: string }[];
  /** What is answered for a user or a channel (or `in threads`, `threads <channel>`), instead of taking the message. */
  readonly answers: Map<string, NotDelivered['why']>;
  /** Called first, may throw. */
  before: (notice: Notice, target: Target) => void;
  calls: number;
}

const nonceKnownMs = 5 * 60_000;
let snowflakes = 0;
const snowflake = () => String(900_000_000_000_000_000n + BigInt(++snowflakes));

export function discord(app: Pick<App, 'clock'>): Discord {
  const known = new Map<string, Delivery & { at: number }>();
  const self: Discord = {
    messages: [],
    threads: [],
    answers: new Map(),
    before: () => undefined,
    calls: 0,
    async send(target, notice, locale) {
      self.calls += 1;
      self.before(notice, target);
      const place = target.type === 'dm' ? target.userId : target.channelId;
      const why = self.answers.get(place) ?? (target.type === 'thread' ? self.answers.get('in threads') : undefined);
      if (why) return { ok: false, why };
      const now = app.clock.now();
      const before = known.get(notice.id);
      if (before && Math.abs(now - before.at) < nonceKnownMs) return before;
      const id = snowflake();
      const channelId = target.type === 'dm' ? `7${target.userId.slice(1)}` : target.channelId;
      self.messages.push({ id, target, notice, locale, at: now });
      const delivery = { ok: true, channelId, messageId: id, at: now } as const;
      known.set(notice.id, delivery);
      return delivery;
    },
    async openThread(channelId, name) {
      self.calls += 1;
      const why = self.answers.get(`threads ${channelId}`);
      if (why) return { ok: false, why };
      const id = snowflake();
      self.threads.push({ id, channelId, name });
      return { ok: true, channelId: id };
    },
  };
  return self;
}

/** What a killed process would have gone on to do does not happen: everything throws from then on. */
export class Killed extends Error {}

/** Counts the steps that reach outside of the process, and kills it at one of them. */
export class KillSwitch {
  steps = 0;
  readonly #at: number;
  #dead = false;

  /** @param at the step, from 1; 0 never */
  constructor(at: number) {
    this.#at = at;
  }

  /** One step is two moments at which the process may die: before it is done, and after. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    this.#pass();
    const result = await work();
    this.#pass();
    return result;
  }

  #pass(): void {
    this.steps += 1;
    this.#dead ||= this.steps === this.#at;
    if (this.#dead) throw new Killed();
  }

  store(store: Store): Store {
    return {
      read: (work) => store.read(work),
      transact: (work) => this.around(() => store.transact(work)),
      close: () => store.close(),
    };
  }

  messenger(messenger: Messenger): Messenger {
    return {
      send: (...args) => this.around(() => messenger.send(...args)),
      openThread: (...args) => this.around(() => messenger.openThread(...args)),
    };
  }
}
