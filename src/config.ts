// The only reader of the environment: every setting, checked, with one clear line for each that is wrong.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { isRefusal } from './domain/refusal.ts';
import { parseTimeZone } from './domain/reminder-settings.ts';
import { type Locale, localeSchema } from './domain/scalars.ts';
import { isCronExpression } from './jobs/cron-expression.ts';

export interface DiscordConfig {
  readonly token: string;
  /** Asked from Discord when absent. */
  readonly applicationId?: string;
  /** Commands are published to this server only; globally when absent. */
  readonly guildId?: string;
  /** REST base without the version. */
  readonly apiUrl: string;
}

export interface Config {
  /** Absent: the playground. */
  readonly discord?: DiscordConfig;
  readonly dataDir: string;
  /** Folders with policy packs, ours first. */
  readonly policyDirs: readonly string[];
  readonly sweepCron: string;
  readonly defaults: { readonly locale: Locale; readonly timeZone: string };
  readonly http: { readonly host: string; readonly port?: number };
  readonly logLevel: LogLevel;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The settings are wrong: one line for each, ready to be shown. Values of secrets are never repeated. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

const snowflake = z.string().regex(/^\d{15,21}$/, 'must be a Discord id: 15 to 21 digits');

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

const environmentSchema = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(/^(Bot )?[!#-&(-~]+$/, 'is not a bot token: copy it again from the Discord developer portal')
    .transform((token) => token.replace(/^Bot /, ''))
    .optional(),
  DISCORD_APPLICATION_ID: snowflake.optional(),
  DISCORD_GUILD_ID: snowflake.optional(),
  DISCORD_API_URL: z
    .string()
    .refine(isHttpUrl, 'must be an http:// or https:// address')
    .transform((url) => url.replace(/\/+$/, ''))
    .refine((url) => !/\/v\d+$/.test(url), 'must be without the version, as https://discord.com/api is')
    .default('https://discord.com/api'),
  DATA_DIR: z.string().default(join('data', 'runtime')),
  DATABASE_URL: z.undefined('is not supported by this version: unset it to use the embedded store').optional(),
  DATA_KEY: z.undefined('is not supported by this version: unset it, the store is not encrypted').optional(),
  POLICY_DIR: z
    .string()
    .refine((dir) => existsSync(dir), 'names a folder that does not exist')
    .optional(),
  SWEEP_CRON: z
    .string()
    .refine(isCronExpression, 'must be a cron expression of five fields, or six with seconds, such as "* * * * *"')
    .default('* * * * *'),
  DEFAULT_LOCALE: z.enum(localeSchema.options, 'must be zh-CN or en-US').default('zh-CN'),
  DEFAULT_TIMEZONE: z
    .string()
    .refine((text) => !isRefusal(parseTimeZone(text)), 'must be an IANA time zone, such as Asia/Shanghai')
    .default('Asia/Shanghai'),
  HTTP_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number, 0 to 65535')
    .optional(),
  HTTP_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an IP address')
    .default('127.0.0.1'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
});

/** Every setting there is, for the check that `.env.example` lists them all. */
export const settingNames = Object.keys(environmentSchema.shape);

/**
 * Reads the settings. An empty value counts as absent.
 * @throws ConfigError with one line for each setting that is wrong.
 */
export function parseConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const env = parsed.data;
  return {
    ...(env.DISCORD_TOKEN && {
      discord: {
        token: env.DISCORD_TOKEN,
        apiUrl: env.DISCORD_API_URL,
        ...(env.DISCORD_APPLICATION_ID && { applicationId: env.DISCORD_APPLICATION_ID }),
        ...(env.DISCORD_GUILD_ID && { guildId: env.DISCORD_GUILD_ID }),
      },
    }),
    dataDir: env.DATA_DIR,
    policyDirs: [join('data', 'policies'), ...(env.POLICY_DIR ? [env.POLICY_DIR] : [])],
    sweepCron: env.SWEEP_CRON,
    defaults: { locale: env.DEFAULT_LOCALE, timeZone: env.DEFAULT_TIMEZONE },
    http: { host: env.HTTP_HOST, ...(env.HTTP_PORT !== undefined && { port: env.HTTP_PORT }) },
    logLevel: env.LOG_LEVEL,
  };
}

/**
 * What a file of settings says; nothing where there is none. Editors on Windows write UTF-16, or a mark before UTF-8.
 * @throws ConfigError where it cannot be read.
 */
function readEnvFile(file: string): NodeJS.Dict<string> {
  if (!existsSync(file)) return {};
  try {
    const bytes = readFileSync(file);
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return parseEnv(new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${file} cannot be read: ${code === 'EISDIR' ? 'it is a folder' : message}`]);
  }
}

/** Reads the environment, and a file in the current folder for what the environment does not say. */
export function loadConfig(file = '.env'): Config {
  return parseConfig({ ...readEnvFile(file), ...process.env });
}

/** A path as somebody typed it: npm runs a command in the project's folder, and tells in which it was typed. */
export function typedPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? '', path);
}
