// Discord's ids: 42 bits of milliseconds since 2015, then 22 bits that make ids of one millisecond differ.

export type Snowflake = string;

const discordEpochMs = 1_420_070_400_000;
const perMs = 4096;

/** A source of unique, ever growing ids, stamped by `now` (UTC epoch milliseconds). A clock set back yields no id twice. */
export function snowflakeSource(now: () => number): () => Snowflake {
  let lastMs = 0;
  let sequence = 0;
  return () => {
    const ms = Math.max(Math.floor(now()) - discordEpochMs, 0);
    if (ms > lastMs) {
      lastMs = ms;
      sequence = 0;
    } else if (++sequence === perMs) {
      lastMs += 1;
      sequence = 0;
    }
    return ((BigInt(lastMs) << 22n) | BigInt(sequence)).toString();
  };
}

/** When the id was made, in UTC epoch milliseconds. */
export function snowflakeTime(id: Snowflake): number {
  return Number(BigInt(id) >> 22n) + discordEpochMs;
}
