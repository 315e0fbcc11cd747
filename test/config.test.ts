import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, settingNames } from '../src/config.ts';

function linesOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    parseConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
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
    ['DISCORD_APPLICATION_ID', 'me'],
    ['DISCORD_GUILD_ID', '12'],
    ['DISCORD_API_URL', 'ftp://x'],
    ['DATABASE_URL', 'postgres://localhost/x'],
    ['DATA_KEY', 'AAAA'],
    ['POLICY_DIR', '/no/such/folder'],
    ['SWEEP_CRON', 'every minute'],
    ['SWEEP_CRON', '99 * * * *'],
    ['DEFAULT_LOCALE', 'fr'],
    ['DEFAULT_TIMEZONE', 'Mars/Olympus'],
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
