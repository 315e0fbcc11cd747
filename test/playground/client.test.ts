// The real discord.js client against the local Discord: everything a bot does in a day.
import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  ChannelType,
  Events,
  FileBuilder,
  FileUploadBuilder,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  type ModalSubmitFields,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { ClientRefusal } from '../../src/playground/local-discord/client/client-refusal.ts';
import { renderMessageText } from '../../src/playground/local-discord/render.ts';
import { startBot, startShop } from './support.ts';

describe('commands', () => {
  const COMMANDS = [
    {
      name: 'order',
      nameLocalizations: { 'zh-CN': '订单' },
      description: 'Orders',
      options: [
        {
          type: 1 as const,
          name: 'all',
          nameLocalizations: { 'zh-CN': '全部' },
          description: 'Every kind of option',
          options: [
            { type: 3 as const, name: 'text', description: 'x', required: true, minLength: 2, maxLength: 4 },
            { type: 4 as const, name: 'whole', description: 'x', minValue: 1, maxValue: 9 },
            { type: 10 as const, name: 'number', description: 'x' },
            { type: 5 as const, name: 'yes', description: 'x' },
            { type: 6 as const, name: 'user', description: 'x' },
            { type: 7 as const, name: 'channel', description: 'x', channelTypes: [ChannelType.GuildText as const] },
            { type: 8 as const, name: 'role', description: 'x' },
            { type: 9 as const, name: 'anyone', description: 'x' },
            { type: 11 as const, name: 'file', description: 'x' },
            {
              type: 3 as const,
              name: 'kind',
              description: 'x',
              choices: [{ name: 'Late', nameLocalizations: { 'zh-CN': '延迟' }, value: 'late' }],
            },
          ],
        },
      ],
    },
    { name: 'setup', description: 'x', defaultMemberPermissions: 32n },
    { name: 'server', description: 'x', contexts: [0] },
  ];

  it('carry every kind of option, resolved, in the locale of the person', async () => {
    const { discord, channel, ann, bob, guild, world } = await startShop();
    const role = world.addRole(guild, { name: 'staff' });
    let seen: object = {};
    await startBot(discord, {
      commands: COMMANDS,
      onInteraction: async (i) => {
        if (!i.isChatInputCommand()) return;
        const file = i.options.getAttachment('file', true);
        seen = {
          sub: i.options.getSubcommand(),
          text: i.options.getString('text'),
          whole: i.options.getInteger('whole'),
          number: i.options.getNumber('number'),
          yes: i.options.getBoolean('yes'),
          user: i.options.getUser('user')?.username,
          member: i.options.getMember('user') !== null,
          channel: i.options.getChannel('channel')?.name,
          role: i.options.getRole('role')?.name,
          anyone: i.options.getMentionable('anyone') !== null,
          file: await (await fetch(file.url)).text(),
          type: file.contentType,
          kind: i.options.getString('kind'),
          locale: i.locale,
          guildLocale: i.guildLocale,
          cached: i.inCachedGuild(),
        };
        await i.reply('done');
      },
    });
    const record = await ann.command({ channel }, '/订单 全部', {
      text: 'abc',
      whole: 3,
      number: 1.5,
      yes: true,
      user: bob,
      channel,
      role,
      anyone: role,
      file: { name: 'orders.csv', bytes: new TextEncoder().encode('a,b') },
      kind: '延迟',
    });
    expect(await record.text()).toBe('done');
    expect(record.answeredAfterMs).not.toBeNull();
    expect(seen).toEqual({
      sub: 'all',
      text: 'abc',
      whole: 3,
      number: 1.5,
      yes: true,
      user: 'bob',
      member: true,
      channel: 'general',
      role: 'staff',
      anyone: true,
      file: 'a,b',
      type: 'text/csv; charset=utf-8',
      kind: 'late',
      locale: 'zh-CN',
      guildLocale: 'zh-CN',
      cached: true,
    });
    expect(discord.refusals).toEqual([]);
  });

  it.each([
    ['no required option', '/order all', {}],
    ['an unknown option', '/order all', { text: 'abc', other: 'x' }],
    ['a text too short', '/order all', { text: 'a' }],
    ['a text too long', '/order all', { text: 'abcde' }],
    ['a number out of range', '/order all', { text: 'abc', whole: 10 }],
    ['a fraction for a whole number', '/order all', { text: 'abc', whole: 1.5 }],
    ['a text for yes or no', '/order all', { text: 'abc', yes: 'yes' }],
    ['somebody unknown', '/order all', { text: 'abc', user: '5' }],
    ['a choice that is not offered', '/order all', { text: 'abc', kind: 'lost' }],
    ['a command without its subcommand', '/order', {}],
    ['an unknown subcommand', '/order none', {}],
    ['an unknown command', '/none', {}],
    ['a command for others', '/setup', {}],
  ])('the client lets nobody send %s', async (_name, path, options) => {
    const { discord, channel, ann } = await startShop();
    await startBot(discord, { commands: COMMANDS });
    await expect(ann.command({ channel }, path, options)).rejects.toThrow(ClientRefusal);
  });

  it('are shown by permission and by place', async () => {
    const { discord, channel, ann, bob } = await startShop();
    await startBot(discord, { commands: COMMANDS });
    const names = (shown: readonly { name: string }[]) => shown.map(({ name }) => name);
    expect(names(ann.commands({ channel }))).toEqual(['order', 'server']);
    expect(names(bob.commands({ channel }))).toEqual(['order', 'setup', 'server']);
    expect(names(ann.commands('dm'))).toEqual(['order', 'setup']);
  });

  it('fail after 3 seconds without an answer', async () => {
    const { discord, channel, ann } = await startShop({ answerWindowMs: 20 });
    await startBot(discord, { commands: COMMANDS });
    const record = await ann.command({ channel }, '/server');
    await expect(record.response({ timeoutMs: 5000 })).rejects.toThrow('did not respond');
    expect(record.failed).toBe(true);
  });

  it('suggest while typing', async () => {
    const { discord, channel, ann } = await startShop();
    await startBot(discord, {
      commands: [
        {
          name: 'find',
          description: 'x',
          options: [{ type: 3, name: 'order', description: 'x', autocomplete: true, required: true }],
        },
      ],
      onInteraction: async (i) => {
        if (i.isAutocomplete()) await i.respond([{ name: `for ${i.options.getFocused()}`, value: 'v' }]);
      },
    });
    expect(await ann.autocomplete({ channel }, '/find', 'order', '10')).toEqual([{ name: 'for 10', value: 'v' }]);
  });
});

/** A message with a button that updates it, one that does so later, one for a form, one that is off, and a select. */
function chooser() {
  const pick = new StringSelectMenuBuilder()
    .setCustomId('pick')
    .setPlaceholder('Pick one')
    .setMaxValues(2)
    .addOptions({ label: 'Red', value: 'r' }, { label: 'Blue', value: 'b' });
  const button = (id: string, label: string) =>
    new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Primary);
  return {
    content: 'choose',
    components: [
      new ActionRowBuilder<ButtonBuilder>().addComponents(
        button('now', 'Update'),
        button('later', 'Later'),
        button('form', 'Form'),
        button('off', 'Off').setDisabled(true),
      ),
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(pick),
    ],
  };
}

async function pressed(i: ButtonInteraction): Promise<void> {
  if (i.customId === 'now') await i.update({ content: 'updated' });
  else if (i.customId === 'later') {
    await i.deferUpdate();
    await i.editReply({ content: 'updated later' });
  } else {
    const note = new TextInputBuilder().setCustomId('note').setStyle(TextInputStyle.Short).setMaxLength(5);
    const who = new UserSelectMenuBuilder().setCustomId('who');
    const proof = new FileUploadBuilder().setCustomId('proof').setRequired(false);
    const form = new ModalBuilder().setCustomId('form').setTitle('Form');
    form.addLabelComponents(
      new LabelBuilder().setLabel('Note').setTextInputComponent(note),
      new LabelBuilder().setLabel('Who').setUserSelectMenuComponent(who),
      new LabelBuilder().setLabel('Proof').setFileUploadComponent(proof),
    );
    await i.showModal(form);
  }
}

function filledIn(fields: ModalSubmitFields): unknown[] {
  const who = fields.getSelectedUsers('who')?.first()?.username;
  return [fields.getTextInputValue('note'), who, fields.getUploadedFiles('proof')?.first()?.name];
}

describe('components', () => {
  it('buttons update their message, selects carry values, modals carry what was filled in', async () => {
    const { discord, channel, ann, bob } = await startShop();
    const seen: unknown[] = [];
    await startBot(discord, {
      commands: [{ name: 'go', description: 'x' }],
      onInteraction: async (i) => {
        if (i.isChatInputCommand()) await i.reply(chooser());
        else if (i.isButton()) await pressed(i);
        else if (i.isStringSelectMenu()) {
          seen.push(i.values);
          await i.reply({ content: i.values.join(), flags: MessageFlags.Ephemeral });
        } else if (i.isModalSubmit() && i.isFromMessage()) {
          seen.push(...filledIn(i.fields));
          await i.update({ content: 'noted' });
        }
      },
    });
    const shown = await ann.command({ channel }, '/go');
    await shown.reply();
    expect(await (await ann.press(shown, 'Update')).text()).toMatch(/^updated\n/);
    expect(await (await ann.press(shown, 2)).response()).toMatchObject({
      kind: 'update',
      message: { content: 'updated later' },
    });
    const picked = await bob.select(shown, 'Pick one', ['Red', 'b']);
    expect(await picked.reply()).toMatchObject({ content: 'r,b', flags: 64 });
    expect(picked.ephemeral).toBe(true);
    const form = await ann.press(shown, 'Form');
    expect(await form.response()).toMatchObject({ kind: 'modal', modal: { title: 'Form' } });
    await expect(ann.submitModal(form, { Note: '123456', Who: [bob.id] })).rejects.toThrow(ClientRefusal);
    await expect(ann.submitModal(form, { Note: '1' })).rejects.toThrow(ClientRefusal);
    await expect(bob.submitModal(form, { Note: '1' })).rejects.toThrow(ClientRefusal);
    const sent = await ann.submitModal(form, {
      Note: '12345',
      Who: [bob.id],
      proof: { name: 'p.png', bytes: new Uint8Array(3) },
    });
    expect(await sent.text()).toMatch(/^noted\n/);
    expect(seen).toEqual([['r', 'b'], '12345', 'bob', 'p.png']);
    await expect(ann.press(shown, 'Off')).rejects.toThrow(ClientRefusal);
    await expect(ann.press(shown, 'Missing')).rejects.toThrow(ClientRefusal);
    await expect(ann.select(shown, 'pick', ['Green'])).rejects.toThrow(ClientRefusal);
    await expect(bob.press(picked, 'Update')).rejects.toThrow(ClientRefusal);
    expect(discord.refusals).toEqual([]);
  });

  it('an ephemeral answer is for one person', async () => {
    const { discord, channel, ann, bob } = await startShop();
    await startBot(discord, {
      commands: [{ name: 'go', description: 'x' }],
      onInteraction: async (i) => {
        if (!i.isChatInputCommand()) return;
        await i.deferReply({ flags: MessageFlags.Ephemeral });
        await i.editReply({
          flags: MessageFlags.IsComponentsV2,
          components: [new TextDisplayBuilder().setContent('for you')],
        });
        await i.followUp({ content: 'for all' });
      },
    });
    const record = await ann.command({ channel }, '/go');
    expect(await record.text()).toBe('for you');
    await discord.until(() => record.followups.length === 1);
    expect(bob.messages({ channel }).map(({ content }) => content)).toEqual(['for all']);
    await expect(bob.press(record, 'x')).rejects.toThrow(ClientRefusal);
  });
});

describe('messages', () => {
  it('a DM reaches the bot with its content; in a channel only when it is mentioned', async () => {
    const { discord, channel, ann } = await startShop();
    const client = await startBot(discord);
    const heard: string[] = [];
    client.on(Events.MessageCreate, (message) => {
      if (message.author.bot) return;
      heard.push(message.content);
      void message.reply({ content: `heard ${message.content}` });
    });
    const asked = await ann.message('dm', 'hello');
    await discord.until(() => ann.dms().length === 2);
    expect(ann.dms()[1]).toMatchObject({ content: 'heard hello', message_reference: { message_id: asked.id } });
    await ann.message({ channel }, 'among ourselves');
    await ann.message({ channel }, `hi <@${client.user.id}>`);
    await discord.until(() => discord.messages(channel).filter(({ author }) => author.bot).length === 2);
    expect(heard).toEqual(['hello', '', `hi <@${client.user.id}>`]);
  });

  it('files go out, come back by their address, and stand in components', async () => {
    const { discord, channel, ann } = await startShop();
    const client = await startBot(discord);
    const target = await client.channels.fetch(channel.id);
    if (!target?.isSendable()) throw new Error('not sendable');
    const sent = await target.send({
      flags: MessageFlags.IsComponentsV2,
      components: [new TextDisplayBuilder().setContent('list'), new FileBuilder().setURL('attachment://due.csv')],
      files: [new AttachmentBuilder(Buffer.from('a,b\n'), { name: 'due.csv', description: 'Due' })],
    });
    const [attachment] = [...sent.attachments.values()];
    expect(attachment).toMatchObject({ name: 'due.csv', size: 4, description: 'Due' });
    expect(await (await fetch(attachment?.url ?? '')).text()).toBe('a,b\n');
    const [seen] = ann.messages({ channel });
    expect(seen === undefined ? '' : renderMessageText(seen)).toBe('list\n(file: due.csv)');
    expect(discord.refusals).toEqual([]);
  });

  it('an enforced nonce sends a message once', async () => {
    const { discord, channel } = await startShop();
    const client = await startBot(discord);
    const target = await client.channels.fetch(channel.id);
    if (!target?.isSendable()) throw new Error('not sendable');
    const first = await target.send({ content: 'ping', nonce: 'n1', enforceNonce: true });
    const second = await target.send({ content: 'ping again', nonce: 'n1', enforceNonce: true });
    const third = await target.send({ content: 'other', nonce: 'n2', enforceNonce: true });
    expect(second.id).toBe(first.id);
    expect(third.id).not.toBe(first.id);
    expect(discord.messages(channel).map(({ content }) => content)).toEqual(['ping', 'other']);
  });

  it('are edited, deleted and listed, with their history kept', async () => {
    const { discord, channel } = await startShop();
    const client = await startBot(discord);
    const target = await client.channels.fetch(channel.id);
    if (target?.type !== ChannelType.GuildText) throw new Error('not text');
    const sent = await target.send('one');
    await sent.edit('two');
    const other = await target.send('three');
    await other.delete();
    expect([...(await target.messages.fetch({ limit: 10 })).values()].map(({ content }) => content)).toEqual(['two']);
    expect(discord.history(sent.id).map(({ content }) => content)).toEqual(['one']);
    await expect(target.messages.fetch(other.id)).rejects.toMatchObject({ code: 10008, status: 404 });
  });
});

describe('access', () => {
  it('a closed DM is 50007, a hidden channel 50001, a read-only one 50013', async () => {
    const { discord, world, channel, ann } = await startShop();
    const client = await startBot(discord);
    world.closeDms(ann);
    await expect(client.users.send(ann.id, 'x')).rejects.toMatchObject({ code: 50007, status: 403 });
    world.closeDms(ann, false);
    await client.users.send(ann.id, 'now');
    expect(ann.dms()).toHaveLength(1);
    const stranger = world.addUser({ name: 'eve' });
    await expect(client.users.send(stranger.id, 'x')).rejects.toMatchObject({ code: 50007 });
    const target = await client.channels.fetch(channel.id);
    if (!target?.isSendable()) throw new Error('not sendable');
    world.setChannelAccess(channel, 'read-only');
    await expect(target.send('x')).rejects.toMatchObject({ code: 50013 });
    world.setChannelAccess(channel, 'hidden');
    await expect(target.send('x')).rejects.toMatchObject({ code: 50001 });
    world.setChannelAccess(channel, 'full');
    await target.send('x');
    world.removeChannel(channel);
    await expect(target.send('x')).rejects.toMatchObject({ code: 10003 });
  });

  it('a private thread is seen by those who are in it', async () => {
    const { discord, world, guild, channel, ann, bob } = await startShop({ botPermissions: ['manageThreads'] });
    const client = await startBot(discord);
    const parent = await client.channels.fetch(channel.id);
    if (parent?.type !== ChannelType.GuildText) throw new Error('not text');
    const thread = await parent.threads.create({ name: 'Order 1', type: ChannelType.PrivateThread, invitable: false });
    expect(ann.channels(guild).map(({ name }) => name)).not.toContain('Order 1');
    await thread.send(`<@${ann.id}> about your order`);
    expect(ann.channels(guild).map(({ name }) => name)).toContain('Order 1');
    expect(bob.channels(guild).map(({ name }) => name)).not.toContain('Order 1');
    expect(ann.messages({ channel: thread.id })).toMatchObject([{ mentions: [{ id: ann.id }] }]);
    await thread.members.add(bob.id);
    expect(bob.channels(guild).map(({ name }) => name)).toContain('Order 1');
    await thread.members.remove(bob.id);
    await thread.setArchived(true);
    await thread.send('still here');
    await thread.setLocked(true);
    await thread.setArchived(true);
    await expect(thread.send('x')).rejects.toMatchObject({ code: 50083 });
    world.setChannelAccess(channel, 'read-only');
    await expect(parent.threads.create({ name: 'x' })).rejects.toMatchObject({ code: 50013 });
    expect(discord.refusals).toHaveLength(2);
  });

  it('members, roles, users and servers are fetched, and unknown ones are told apart', async () => {
    const { discord, guild, ann } = await startShop();
    const client = await startBot(discord);
    const home = await client.guilds.fetch(guild.id);
    const member = await home.members.fetch({ user: ann.id, force: true });
    expect(member.user.username).toBe('ann');
    expect((await home.roles.fetch()).size).toBeGreaterThan(1);
    expect((await home.channels.fetch()).size).toBe(1);
    expect((await client.users.fetch(ann.id, { force: true })).username).toBe('ann');
    expect((await client.application.fetch()).id).toBe(discord.applicationId);
    await expect(
      home.members.fetch({ user: discord.world.addUser({ name: 'eve' }).id, force: true }),
    ).rejects.toMatchObject({ code: 10007 });
    await expect(client.users.fetch('5')).rejects.toMatchObject({ code: 10013 });
    await expect(client.channels.fetch('5')).rejects.toMatchObject({ code: 10003 });
    await expect(client.guilds.fetch('5')).rejects.toMatchObject({ code: 10004 });
  });
});
