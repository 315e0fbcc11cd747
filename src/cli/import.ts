// `npm run import`: brings orders in from a marketplace's export, at the shell, while the bot is stopped.
import { parseArgs } from 'node:util';
import { settingsOf } from '../app/access.ts';
import type { App } from '../app/context.ts';
import type { ImportCounts } from '../app/import-batch.ts';
import { importOrders } from '../app/import-orders.ts';
import { type Config, loadConfig, typedPath } from '../config.ts';
import { refusalText } from '../discord/views/refusal.ts';
import { isRefusal } from '../domain/refusal.ts';
import { snowflakeSchema } from '../domain/scalars.ts';
import type { SourceName } from '../files/format.ts';
import { findFormat, KNOWN_FORMATS } from '../files/formats/known.ts';
import { SHELL_LIMITS } from '../files/limits.ts';
import { openOrderFile } from '../files/open-order-file.ts';
import type { OrderFile } from '../files/order-file.ts';
import { loadPolicies } from '../files/policy-files.ts';
import { type RowReject, UnusableError } from '../files/reasons.ts';
import { Tally } from '../files/tally.ts';
import { reasonPlain, unusablePlain } from '../i18n/file-words.ts';
import { formatsIn } from '../i18n/format.ts';
import { type Texts, textsIn } from '../i18n/texts.ts';
import { createLog } from '../log.ts';
import { StoreInUseError } from '../store/errors.ts';
import { openStore } from '../store/lowdb/open.ts';
import { systemClock, systemIds } from '../system.ts';
import { exitWith, say, UsageError } from './exit.ts';

const usage = 'usage: npm run import -- FILE --guild ID --merchant ID [--source NAME] [--dry-run]';

interface Asked {
  readonly path: string;
  readonly guildId: string;
  readonly merchantId: string;
  readonly source?: SourceName;
  readonly dryRun: boolean;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        guild: { type: 'string' },
        merchant: { type: 'string' },
        source: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${error.message}. ${usage}`);
    throw error;
  }
}

/** @throws UsageError that says what is wrong with what was typed. */
function readArguments(args: readonly string[]): Asked {
  const { values, positionals } = parsed(args);
  const [path, ...more] = positionals;
  if (!path || more.length > 0) throw new UsageError(`Name one file. ${usage}`);
  if (!snowflakeSchema.safeParse(values.guild).success) {
    throw new UsageError(`--guild must be the server's id: 15 to 21 digits. ${usage}`);
  }
  if (!values.merchant) throw new UsageError(`--merchant must be the merchant's id. ${usage}`);
  const format = values.source === undefined ? undefined : findFormat(values.source);
  if (values.source !== undefined && !format) {
    throw new UsageError(`--source must be one of ${KNOWN_FORMATS.map(({ name }) => name).join(', ')}.`);
  }
  return {
    path: typedPath(path),
    guildId: values.guild ?? '',
    merchantId: values.merchant,
    dryRun: values['dry-run'],
    ...(format && { source: format.name }),
  };
}

async function openApp(config: Config): Promise<App> {
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const store = await openStore({ directory: config.dataDir, log });
  const policies = loadPolicies(config.policyDirs);
  return { store, clock: systemClock, ids: systemIds(), policies, log, defaults: config.defaults };
}

function sayReject(t: Texts, { row, column, reason }: RowReject): void {
  const why = reasonPlain(t, reason);
  say(
    column === undefined
      ? t.plain('shop.import.rejectLineNoColumn', { row, reason: why })
      : t.plain('shop.import.rejectLine', { row, column, reason: why }),
  );
}

function sayReport({ imported, updated, unchanged }: ImportCounts, rejectedRows: number): void {
  say(`imported ${imported}`);
  say(`updated ${updated}`);
  say(`unchanged ${unchanged}`);
  say(`rejected ${rejectedRows}`);
}

/** Says of a file that could not be read to its end what came of it so far. */
function sayBroken(error: unknown, asked: Asked, t: Texts, counts: ImportCounts, rejectedRows: number): 2 {
  if (!(error instanceof UnusableError)) throw error;
  say(unusablePlain(t, error.file, asked.dryRun ? 'nothing_changed' : 'taken_before'));
  sayReport(counts, rejectedRows);
  return 2;
}

/** Exit codes: 0 all rows taken, 1 some rejected, 2 where it could not be taken to its end. */
async function bringIn(app: App, asked: Asked, file: OrderFile, t: Texts): Promise<number> {
  const target = { ...asked, source: file.source, by: 'system' };
  const seen = new Tally(file);
  let counts: ImportCounts = { imported: 0, updated: 0, unchanged: 0 };
  const importing = importOrders<RowReject>(app, target, seen.orders(), {
    dryRun: asked.dryRun,
    onProgress: (soFar) => {
      counts = soFar;
    },
    onReject: (rejects) => {
      for (const reject of rejects) sayReject(t, reject);
    },
  });
  const report = await importing.catch((error: unknown) => sayBroken(error, asked, t, counts, seen.rejectedRows));
  if (typeof report === 'number') return report;
  if (isRefusal(report)) {
    say(refusalText({ t, f: formatsIn(t.locale) }, report).text);
    return 2;
  }
  for (const { code, count } of seen.notes()) say(t.find(`files.note.${code}`, { count })?.text ?? code);
  if (asked.dryRun) say(t.plain('shop.import.dryRun'));
  sayReport(report, seen.rejectedRows);
  return report.rejectedTotal > 0 ? 1 : 0;
}

async function run(app: App, asked: Asked, t: Texts): Promise<number> {
  const { timeZone } = (await app.store.read((tx) => settingsOf(app, tx, asked.guildId))).reminders;
  const file = await openOrderFile(
    { path: asked.path },
    { timeZone, now: app.clock.now(), limits: SHELL_LIMITS, ...(asked.source && { source: asked.source }) },
  );
  if ('unusable' in file) {
    say(unusablePlain(t, file, 'nothing_changed'));
    return 2;
  }
  try {
    return await bringIn(app, asked, file, t);
  } finally {
    await file.close();
  }
}

async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2));
  const config = loadConfig();
  const app = await openApp(config);
  try {
    return await run(app, asked, textsIn(config.defaults.locale));
  } finally {
    await app.store.close();
  }
}

await exitWith(() => main().catch(adviseShopImport), 2);

function adviseShopImport(error: unknown): never {
  if (!(error instanceof StoreInUseError)) throw error;
  throw new StoreInUseError(`${error.message} While the bot runs, /shop import on Discord does the same.`);
}
