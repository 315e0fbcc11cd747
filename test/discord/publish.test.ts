// Command definitions: what Discord takes, in both languages, and published only when they differ.
import { REST } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commands } from '../../commands/index.ts';
import { definitionOf } from '../../src/discord/definition.ts';
import { isApplicationRefused, publishCommands } from '../../src/discord/publish.ts';
import { checkCommandList } from '../../src/playground/local-discord/command-rules.ts';
import { type LocalDiscord, startLocalDiscord } from '../../src/playground/local-discord/local-discord.ts';
import { checkBody } from '../../src/playground/local-discord/schema.ts';

describe('the definitions', () => {
  const definitions = commands.map((command) => definitionOf(command, true));

  it('are taken by Discord', () => {
    checkBody('put', '/applications/{application_id}/commands', definitions);
    checkCommandList(definitions as never);
  });

  it('name and describe every command, option and choice in Chinese and in English', () => {
    const walk = (part: Record<string, unknown>): void => {
      expect(part, JSON.stringify(part).slice(0, 80)).toHaveProperty('name_localizations.zh-CN');
      if ('description' in part) expect(part).toHaveProperty('description_localizations.zh-CN');
      for (const child of [...((part.options as never[]) ?? []), ...((part.choices as never[]) ?? [])]) walk(child);
    };
    for (const definition of definitions) walk(definition as never);
  });

  it('keep the English names, and work in servers only', () => {
    expect(definitions.map(({ name }) => name)).toEqual(expect.arrayContaining(['order', 'wallet', 'setup', 'help']));
    for (const definition of definitions) {
      expect(definition.name_localizations?.['en-US']).toBe(definition.name);
      expect(definition.contexts).toEqual([0]);
    }
    expect(definitions.find(({ name }) => name === 'setup')?.default_member_permissions).toBe(32);
  });
});

describe('publishing', () => {
  let discord: LocalDiscord;
  beforeAll(async () => {
    discord = await startLocalDiscord({ token: 'secret' });
  });
  afterAll(() => discord.close());

  it('writes what differs, and nothing the second time', async () => {
    const rest = new REST({ api: discord.url }).setToken('secret');
    const target = { applicationId: discord.applicationId };
    const [first, ...others] = commands;
    if (!first) throw new Error('there are no commands');
    expect(await publishCommands(rest, target, [first])).toMatchObject({ created: [first.name], unchanged: [] });
    const all = await publishCommands(rest, target, commands);
    expect(all).toMatchObject({ created: others.map(({ name }) => name), unchanged: [first.name] });
    const writes = discord.requests.filter(({ method }) => method === 'PUT').length;
    expect(await publishCommands(rest, target, commands)).toMatchObject({ created: [], updated: [], deleted: [] });
    expect(discord.requests.filter(({ method }) => method === 'PUT').length).toBe(writes);
    expect(await publishCommands(rest, target, others)).toMatchObject({ deleted: [first.name] });
  });

  it('writes all where what is there cannot be read', async () => {
    const rest = new REST({ api: discord.url }).setToken('secret');
    for (const status of [404, 500, 501]) {
      discord.faults.add({ route: 'GET /applications/:application/commands', status, times: 4 });
      const published = await publishCommands(rest, { applicationId: discord.applicationId }, commands);
      expect(published.created).toHaveLength(commands.length);
      discord.faults.clear();
    }
  });

  it('also goes to one server', async () => {
    const rest = new REST({ api: discord.url }).setToken('secret');
    const guild = discord.world.addGuild({ name: 'Shop' });
    const target = { applicationId: discord.applicationId, guildId: guild.id };
    await publishCommands(rest, target, commands);
    expect((await publishCommands(rest, target, commands)).unchanged).toHaveLength(commands.length);
    expect(discord.refusals.filter(({ status }) => status === 400)).toEqual([]);
  });

  it('stands in one place: to one server takes them back from all, and to all from the one', async () => {
    const rest = new REST({ api: discord.url }).setToken('secret');
    const guild = discord.world.addGuild({ name: 'First shop' });
    const { applicationId } = discord;
    const names = commands.map(({ name }) => name);
    await publishCommands(rest, { applicationId }, commands);
    expect(await publishCommands(rest, { applicationId, guildId: guild.id }, commands)).toMatchObject({
      created: names,
      withdrawn: names,
    });
    expect(discord.commands()).toEqual([]);
    expect(await publishCommands(rest, { applicationId }, commands)).toMatchObject({
      created: names,
      withdrawn: names,
    });
    expect(discord.commands(guild)).toEqual([]);
    expect((await publishCommands(rest, { applicationId }, commands)).withdrawn).toEqual([]);
  });

  it('leaves what is none of ours, and what it may not see', async () => {
    const rest = new REST({ api: discord.url }).setToken('secret');
    const guild = discord.world.addGuild({ name: 'Another shop' });
    const { applicationId } = discord;
    const [first] = commands;
    if (!first) throw new Error('there are no commands');
    await publishCommands(rest, { applicationId, guildId: guild.id }, [{ ...first, name: 'order' }]);
    for (const status of [403, 404, 500, 501]) {
      discord.faults.add({ route: 'GET /users/@me/guilds', status, times: 4 });
      expect((await publishCommands(rest, { applicationId }, [first])).withdrawn).toEqual([]);
      discord.faults.clear();
    }
  });

  it('counts as published where looking elsewhere breaks off', async () => {
    const rest = new REST({ api: discord.url }).setToken('secret');
    discord.faults.add({ route: 'GET /users/@me/guilds', drop: true, times: 4 });
    const published = await publishCommands(rest, { applicationId: discord.applicationId }, commands);
    expect(published.withdrawn).toEqual([]);
    discord.faults.clear();
  });

  it('does without answers that are no lists', async () => {
    const put = vi.fn();
    const get = vi.fn().mockResolvedValue('<html>');
    const rest = { get, put } as unknown as REST;
    const published = await publishCommands(rest, { applicationId: discord.applicationId }, commands);
    expect(published.created).toHaveLength(commands.length);
    expect(put).toHaveBeenCalledOnce();
  });

  it('takes them back where it may, though another server does not let it look', async () => {
    const rest = new REST({ api: discord.url }).setToken('secret');
    const { applicationId } = discord;
    const last = discord.world.addGuild({ name: 'Last shop' });
    await publishCommands(rest, { applicationId, guildId: last.id }, commands);
    const refusal = discord.faults.add({ route: /^GET .*guilds.*commands$/, status: 403 });
    await publishCommands(rest, { applicationId }, commands);
    expect(refusal.hits()).toBe(1);
    expect(discord.commands(last)).toEqual([]);
  });

  it('knows an application that is not the token’s', async () => {
    const rest = new REST({ api: discord.url }).setToken('secret');
    const refused = await publishCommands(rest, { applicationId: '123456789012345678' }, commands).catch(
      (error: unknown) => error,
    );
    expect(isApplicationRefused(refused)).toBe(true);
  });
});
