// Lets go of requests that Discord keeps waiting when the process stops: a rate limit may last longer than anyone waits for an end.
import type { REST } from 'discord.js';

export interface LettingGo {
  /** From now on no request is waited for longer than this, those under way from now. */
  begin(withinMs: number): void;
}

/** As discord.js reports what it gave up itself, so that a message is tried again, under the same nonce. */
const letGo = () => new DOMException('Discord had not answered when the bot stopped', 'AbortError');

/** To be called once for a REST client: everything it asks goes through `request`. */
export function letGoOf(rest: REST): LettingGo {
  // A set, not a promise for all to race against: that would keep something of each request for as long as the process lives.
  const waiting = new Set<() => void>();
  let patienceMs: number | undefined;
  const request = rest.request.bind(rest);
  rest.request = (options) => {
    const work = request(options);
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(letGo());
      waiting.add(giveUp);
      if (patienceMs !== undefined) setTimeout(giveUp, patienceMs).unref();
      work.then(resolve, reject).finally(() => waiting.delete(giveUp));
    });
  };
  return {
    begin(withinMs) {
      if (patienceMs !== undefined) return;
      patienceMs = withinMs;
      const underWay = [...waiting];
      setTimeout(() => {
        for (const giveUp of underWay) giveUp();
      }, withinMs).unref();
    },
  };
}
