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
  /**
   * Called once when nothing has been heard on a shard for ten minutes of listening: reconnecting has failed, and only a new
   * process helps.
   */
  readonly onDead: () => void;
  readonly checkEveryMs?: number;
}

/** Discord acknowledges a heartbeat about every 41 seconds, whether or not anything happens on the servers. */
const staleAfterMs = 3 * 60_000;
const deadAfterMs = 10 * 60_000;

export function watch(client: Client, { now, onDead, checkEveryMs = 30_000 }: WatchdogSettings): Watchdog {
  const startedAt = now();
  /** By shard. */
  const heardAt = new Map<number, number>();
  const pings = new Map<number, number>();
  const heard = (_packet: unknown, shard: number) => {
    heardAt.set(shard, now());
  };
  client.on(Events.Raw, heard);
  /** For how long the shard that has been silent longest has been, ms. */
  const silence = () => {
    for (const { id, lastPingTimestamp } of client.ws.shards.values()) {
      if (lastPingTimestamp <= (pings.get(id) ?? -1)) continue;
      pings.set(id, lastPingTimestamp);
      heardAt.set(id, now());
    }
    const shards = new Set([...client.ws.shards.keys(), ...heardAt.keys()]);
    const heardOf = [...shards].map((shard) => heardAt.get(shard) ?? startedAt);
    return now() - (heardOf.length > 0 ? Math.min(...heardOf) : startedAt);
  };
  /** Since when this process could hear anything: it may have been held up, such as by a machine that slept. */
  let awakeSince = startedAt;
  let checkedAt = startedAt;
  const timer = setInterval(() => {
    if (now() - checkedAt > staleAfterMs) awakeSince = now();
    checkedAt = now();
    if (Math.min(silence(), now() - awakeSince) < deadAfterMs) return;
    clearInterval(timer);
    onDead();
  }, checkEveryMs);
  timer.unref();
  return {
    ready: () => client.isReady() && client.ws.status === Status.Ready && silence() < staleAfterMs,
    stop: () => {
      clearInterval(timer);
      client.off(Events.Raw, heard);
    },
  };
}
