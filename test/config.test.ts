import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, parseConfig, settingNames } from '../src/config.ts';

function linesThrown(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
}

function linesOf(environment: NodeJS.ProcessEnv): readonly string[] {
  return linesThrown(() => parseConfig(environment));
}

describe('settings', () => {
  it('are the playground when nothing is set', () => {
    const config = parseConfig({});
    expect(config.discord).toBeUndefined();
    expect(config).toMatchObject({
      dataDir: 'data/runtime',
      sweepCron: '* * * * *',
      defaults: { locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
      http: { host: '127.0.0.1' },
      logLevel: 'info',
    });
  });

  it('take an empty value for an absent one', () => {
    expect(parseConfig({ DISCORD_TOKEN: ' ', HTTP_PORT: '' }).discord).toBeUndefined();
  });

  it('are complete with a token', () => {
    const config = parseConfig({
      DISCORD_TOKEN: 'Bot abc.def-ghi',
      DISCORD_API_URL: 'http://127.0.0.1:9/api/',
      DISCORD_GUILD_ID: '123456789012345678',
      HTTP_PORT: '8080',
    });
    expect(config.discord).toEqual({
      token: 'abc.def-ghi',
      apiUrl: 'http://127.0.0.1:9/api',
      guildId: '123456789012345678',
    });
    expect(config.http.port).toBe(8080);
  });

  it.each([
    ['DISCORD_TOKEN', 'two words'],
    ['DISCORD_TOKEN', '“abc.def”'],
    ['DISCORD_APPLICATION_ID', 'me'],
    ['DISCORD_GUILD_ID', '12'],
    ['DISCORD_API_URL', 'ftp://x'],
    ['DISCORD_API_URL', 'https://discord.com/api/v10/'],
    ['DATABASE_URL', 'postgres://localhost/x'],
    ['DATA_KEY', 'AAAA'],
    ['POLICY_DIR', '/no/such/folder'],
    ['SWEEP_CRON', 'every minute'],
    ['SWEEP_CRON', '99 * * * *'],
    ['DEFAULT_LOCALE', 'fr'],
    ['DEFAULT_TIMEZONE', 'Mars/Olympus'],
    ['DEFAULT_TIMEZONE', '+08:00'],
    ['DEFAULT_TIMEZONE', 'PST'], // which Intl takes, and no date can be reckoned in
    ['HTTP_PORT', '70000'],
    ['HTTP_PORT', '-1'],
    ['HTTP_HOST', 'a b'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is refused with one line that names it', (name, value) => {
    const lines = linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name} (must|is|names)`));
  });

  it('never repeat a secret', () => {
    expect(linesOf({ DISCORD_TOKEN: 'canary one', DATA_KEY: 'canary' }).join()).not.toContain('canary');
  });

  it('are all listed in .env.example, whose values are accepted', () => {
    const example = parseEnv(readFileSync('.env.example', 'utf8'));
    expect(Object.keys(example).sort()).toEqual([...settingNames].sort());
    expect(() => parseConfig(example)).not.toThrow();
  });
});

describe('the file of settings', () => {
  const directory = mkdtempSync(join(tmpdir(), 'makegood-config-'));
  const file = join(directory, 'settings');
  afterAll(() => rmSync(directory, { recursive: true }));
  const text = 'HTTP_HOST= ::1  # this machine\r\n';

  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('is read in %s', (_, bytes) => {
    writeFileSync(file, bytes);
    expect(loadConfig(file).http.host).toBe('::1');
  });

  it('says less than the environment', () => {
    writeFileSync(file, 'LOG_LEVEL=trace\nSWEEP_CRON=*/5 * * * *\nPATH=nowhere');
    process.env.LOG_LEVEL = 'warn';
    expect(loadConfig(file)).toMatchObject({ logLevel: 'warn', sweepCron: '*/5 * * * *' });
    delete process.env.LOG_LEVEL;
    expect(process.env.PATH).not.toBe('nowhere');
  });

  it('need not be there, and is named where it cannot be read', () => {
    expect(loadConfig(join(directory, 'none')).discord).toBeUndefined();
    const folder = join(directory, 'folder');
    mkdirSync(folder);
    expect(linesThrown(() => loadConfig(folder))).toEqual([`${folder} cannot be read: it is a folder`]);
  });
});
