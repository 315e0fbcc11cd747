// Tells whether the connection to Discord is alive, not merely open.
import { type Client, Events, Status } from 'discord.js';

export interface Watchdog {
  /** Connected, and heard from Discord lately. */
  ready(): boolean;
  stop(): void;
}

export interface WatchdogSettings {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Called once when nothing has been heard for ten minutes: reconnecting has failed, and only a new process helps. */
  readonly onDead: () => void;
  readonly checkEveryMs?: number;
}

/** Discord acknowledges a heartbeat about every 41 seconds, whether or not anything happens on the servers. */
const staleAfterMs = 3 * 60_000;
const deadAfterMs = 10 * 60_000;

export function watch(client: Client, { now, onDead, checkEveryMs = 30_000 }: WatchdogSettings): Watchdog {
  let heardAt = now();
  let lastPing = -1;
  const heard = () => {
    heardAt = now();
  };
  client.on(Events.Raw, heard);
  const look = () => {
    const pings = client.ws.shards.map((shard) => shard.lastPingTimestamp);
    const newest = Math.max(-1, ...pings);
    if (newest > lastPing) {
      lastPing = newest;
      heard();
    }
    return now() - heardAt;
  };
  const timer = setInterval(() => {
    if (look() < deadAfterMs) return;
    clearInterval(timer);
    onDead();
  }, checkEveryMs);
  timer.unref();
  return {
    ready: () => client.isReady() && client.ws.status === Status.Ready && look() < staleAfterMs,
    stop: () => {
      clearInterval(timer);
      client.off(Events.Raw, heard);
    },
  };
}
