// Starts Makegood: on Discord where a token is set, else the playground.
import type { Logger } from 'pino';
import type { App } from './app/context.ts';
import { type Bot, startBot } from './bot.ts';
import { type Config, ConfigError, type DiscordConfig, loadConfig } from './config.ts';
import { loadPolicies, PolicyFileError } from './files/policy-files.ts';
import { startHttp } from './http.ts';
import { createLog, withoutSecrets } from './log.ts';
import { createMetrics } from './metrics.ts';
import { stopOnSignals } from './process.ts';
import { openStore } from './store/lowdb/open.ts';
import { systemClock, systemIds } from './system.ts';

async function startOnDiscord(config: Config, discord: DiscordConfig, log: Logger): Promise<void> {
  const policies = loadPolicies(config.policyDirs);
  const store = await openStore({ directory: config.dataDir, log });
  const app: App = { store, clock: systemClock, ids: systemIds(), policies, log, defaults: config.defaults };
  const metrics = createMetrics();
  const closing: (() => Promise<void>)[] = [() => store.close()];
  const ending = new AbortController();
  const stopping = stopOnSignals(log, async () => {
    ending.abort();
    for (const close of closing.toReversed()) await close();
  });
  let bot: Bot | undefined;
  // Before Discord: a port that is taken must not cost one of the day's few logins at every try.
  if (config.http.port !== undefined) {
    const checks = () => ({ discord: bot?.ready() ?? false });
    const http = await startHttp({ host: config.http.host, port: config.http.port, metrics, checks });
    closing.push(() => http.close());
    log.info({ url: http.url }, 'health and metrics');
  }
  const starting = startBot({
    discord,
    app,
    sweepCron: config.sweepCron,
    observer: metrics,
    onDead: () => stopping.stop(1),
    signal: ending.signal,
  });
  // Before it has started: it may be asked to stop while it still publishes its commands, and serves people already.
  closing.push(async () => (await starting.catch(() => undefined))?.stop());
  try {
    bot = await starting;
  } catch (error) {
    if (ending.signal.aborted) return;
    throw error;
  }
  metrics.watchGateway(() => bot?.ready() ?? false);
  log.info({}, 'Makegood is at work');
}

async function main(config: Config): Promise<void> {
  if (config.discord) return startOnDiscord(config, config.discord, createLog(config.logLevel));
  // Loaded only here: a bot on Discord has no need of a local one.
  const { startPlayground } = await import('./playground/playground.ts');
  return startPlayground(config);
}

/** One line for each thing that stands in the way of a start. */
function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError || error instanceof PolicyFileError) return error.lines;
  return [error instanceof Error ? error.message : String(error)];
}

try {
  await main(loadConfig());
} catch (error) {
  for (const line of linesOf(error)) process.stderr.write(`${withoutSecrets(line).replaceAll('\n', ' ')}\n`);
  process.exit(1);
}
