// What the page and the playground's server say to each other.
import type { LoggedRequest } from '../local-discord/request-log.ts';
import type { CommandChoice, Message, Modal } from '../local-discord/types.ts';

export type CommandNames = Readonly<Record<'zh-CN' | 'en-US', string>>;

export interface ShownMessage extends Message {
  /** The one person who sees it; null: everyone in the channel. */
  readonly visibleTo: string | null;
  /** The slash command it answers, such as `/order status`, as readers of each language see it. */
  readonly command?: CommandNames;
}

export interface ShownChannel {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  /** Null: a DM. */
  readonly guildId: string | null;
  /** The channel a thread belongs to. */
  readonly parentId: string | null;
  /** The person a DM is with. */
  readonly recipientId: string | null;
  readonly archived: boolean;
  /** A DM the bot may not write to. */
  readonly closed: boolean;
  /** People who see it, by id. */
  readonly seenBy: readonly string[];
}

export interface ShownPerson {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  readonly roleIds: readonly string[];
  /** Absent for the bot. */
  readonly part?: 'buyer' | 'merchant' | 'staff' | 'admin';
  /** Whom one can be, and where that person starts. */
  readonly key?: string;
  readonly homeId?: string;
}

export interface ClockState {
  /** The shop's time, UTC epoch ms. */
  readonly now: number;
  readonly paused: boolean;
  /** When something falls due next; null: nothing waits. */
  readonly nextDueAt: number | null;
}

/** Everything there is to see. */
export interface State {
  /** One more after each reset. */
  readonly epoch: number;
  readonly botId: string;
  readonly guild: { readonly id: string; readonly name: string };
  readonly timeZone: string;
  readonly people: readonly ShownPerson[];
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  readonly channels: readonly ShownChannel[];
  readonly messages: readonly ShownMessage[];
  readonly clock: ClockState;
}

/** What is asked before the tour begins. */
export interface ShopState {
  /** Somebody has changed something in it, or moved its clock on. */
  readonly used: boolean;
  /** What its people speak. */
  readonly locale: 'zh-CN' | 'en-US';
}

/** What arrives by server-sent events: first the whole state, then what changes. */
export type ServerEvent =
  | { readonly type: 'state'; readonly state: State }
  | { readonly type: 'message'; readonly message: ShownMessage }
  | { readonly type: 'deleted'; readonly channelId: string; readonly messageId: string }
  | { readonly type: 'typing'; readonly channelId: string; readonly userId: string }
  | { readonly type: 'channel'; readonly channel: ShownChannel }
  | { readonly type: 'commands' }
  | { readonly type: 'clock'; readonly clock: ClockState }
  /** Something has happened that the inspector may show. */
  | { readonly type: 'stirred' };

export type TypedValue = string | number | boolean;

/** What a person does. Files travel beside it, named as their option or field. */
export type Action =
  | {
      readonly kind: 'command';
      readonly channelId: string;
      readonly path: string;
      readonly values: Readonly<Record<string, TypedValue>>;
    }
  | {
      readonly kind: 'autocomplete';
      readonly channelId: string;
      readonly path: string;
      readonly values: Readonly<Record<string, TypedValue>>;
      readonly option: string;
      readonly typed: string;
    }
  | { readonly kind: 'press'; readonly messageId: string; readonly customId: string }
  | {
      readonly kind: 'select';
      readonly messageId: string;
      readonly customId: string;
      readonly values: readonly string[];
    }
  | {
      readonly kind: 'modal';
      readonly interactionId: string;
      readonly values: Readonly<Record<string, string | boolean | readonly string[]>>;
    }
  | { readonly kind: 'message'; readonly channelId: string; readonly content: string; readonly replyTo?: string };

/** An action with who does it, in which language of theirs. */
export interface Act {
  readonly as: string;
  readonly locale: string;
  readonly action: Action;
}

export type ActResult =
  | { readonly ok: true; readonly shows: 'message'; readonly messageId: string }
  | { readonly ok: true; readonly shows: 'modal'; readonly interactionId: string; readonly modal: Modal }
  | { readonly ok: true; readonly shows: 'choices'; readonly choices: readonly CommandChoice[] }
  /** Discord's client would not do it, in its words. */
  | { readonly ok: false; readonly why: 'refused'; readonly text: string }
  /** The bot did not answer in time. */
  | { readonly ok: false; readonly why: 'silence' };

export type ClockMove = { readonly move: 'by'; readonly ms: number } | { readonly move: 'next' | 'pause' | 'resume' };

/**
 * The ledger, the case files, the notice queue and the requests, newest first. Worded for the reader; names of people and shops
 * are names.
 */
export interface Inspection {
  readonly ledger: readonly {
    readonly number: number;
    readonly at: number;
    readonly kind: string;
    readonly reason?: string | undefined;
    readonly by: string;
    readonly currency: string;
    readonly postings: readonly { readonly account: string; readonly amountMinor: number }[];
    readonly hash: string;
  }[];
  readonly cases: readonly {
    readonly id: string;
    readonly at: number;
    readonly order: string;
    /** Discord's markdown. */
    readonly what: string;
    readonly by: string;
    readonly data: Readonly<Record<string, string | number | boolean>>;
  }[];
  readonly notices: readonly {
    readonly id: string;
    readonly createdAt: number;
    /** Discord's markdown. */
    readonly what: string;
    readonly to: string;
    readonly state: string;
    readonly stateShown: string;
    readonly nextAttemptAt: number;
    readonly attempts: number;
    readonly way?: string | undefined;
    readonly failure?: string | undefined;
  }[];
  readonly requests: readonly Omit<LoggedRequest, 'query'>[];
}
