// Publishes the commands, and tries again by itself, ever less often, where it failed only for a while.
import { setTimeout as wait } from 'node:timers/promises';
import { DiscordAPIError, HTTPError } from 'discord.js';
import type { Log } from '../app/ports.ts';
import { isConnectionError } from './message-errors.ts';
import type { Published } from './publish.ts';

const firstPauseMs = 60_000;
const longestPauseMs = 3_600_000;

export interface PublisherSettings {
  readonly publish: () => Promise<Published>;
  readonly log: Log;
}

export interface Publisher {
  /** Resolves after the first try, whatever came of it. Never rejects: those commands that are there are served. */
  start(): Promise<void>;
  /** Nothing more is tried, or said of what is under way. */
  stop(): void;
}

/** Rejects once the signal is aborted. */
type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** Keeps no process from ending. */
const pauseFor: Pause = (ms, signal) => wait(ms, undefined, { signal, ref: false });

/** True where Discord is in trouble, or the way to it: what it refuses now it would refuse later. */
function isPassing(error: unknown): boolean {
  if (error instanceof DiscordAPIError || error instanceof HTTPError)
    return error.status >= 500 || error.status === 429;
  return isConnectionError(error);
}

export function createPublisher({ publish, log }: PublisherSettings, pause: Pause = pauseFor): Publisher {
  const stopping = new AbortController();
  const { signal } = stopping;

  /** True where it may work later. */
  async function failed(againInMs: number): Promise<boolean> {
    try {
      const published = await publish();
      if (!signal.aborted) log.info({ ...published }, 'commands published');
      return false;
    } catch (err) {
      if (signal.aborted) return false;
      const passing = isPassing(err);
      if (passing) log.warn({ err, againInMs }, 'the commands could not be published yet');
      else log.error({ err }, 'the commands could not be published');
      return passing;
    }
  }

  async function goOn(): Promise<void> {
    let pauseMs = firstPauseMs;
    do {
      await pause(pauseMs, signal);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    } while (await failed(pauseMs));
  }

  return {
    async start() {
      // What ends it is that it is stopped, which is no failure.
      if (await failed(firstPauseMs)) goOn().catch(() => undefined);
    },
    stop: () => stopping.abort(),
  };
}
