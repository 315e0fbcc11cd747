// What the terminal tells of by itself.
import { REST } from 'discord.js';
import { expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { publishCommands } from '../../src/discord/publish.ts';
import type { Locale } from '../../src/domain/scalars.ts';
import { buildDemoWorld, type DemoWorld } from '../../src/playground/demo-world.ts';
import type { LocalDiscord } from '../../src/playground/local-discord/local-discord.ts';
import { Conversation } from '../../src/playground/terminal/conversation.ts';
import { request, startBot, startLocal, TOKEN } from './support.ts';

/** The bot writes to somebody by direct message. */
async function tell(discord: LocalDiscord, userId: string): Promise<void> {
  const { json } = await request(discord, 'POST', '/users/@me/channels', { recipient_id: userId });
  await request(discord, 'POST', `/channels/${String(json.id)}/messages`, { content: 'news' });
}

const time = {
  now: () => 0,
  skip: async () => {},
  nextDueAt: async () => undefined,
  paused: false,
  pause: () => {},
  resume: () => {},
};

function hold(discord: LocalDiscord, world: DemoWorld, locale: Locale, answer?: string) {
  const printed: string[] = [];
  const screen = { print: (text: string) => printed.push(text), ask: async () => answer };
  return {
    printed,
    conversation: new Conversation({ discord, world, time, screen, timeZone: 'Asia/Shanghai', locale }),
  };
}

it.each([
  ['zh-CN', '这里没有这个命令。输入 help 看有哪些。'],
  ['en-US', 'There is no such command here. Type help to see what there is.'],
] as const)('says in %s that there is no such command', async (locale, said) => {
  const discord = await startLocal();
  const { conversation, printed } = hold(discord, buildDemoWorld(discord, locale), locale);
  await conversation.handle('/nothing here');
  expect(printed).toEqual([said]);
});

/** The bot's own commands, and who types them. */
async function withCommands(locale: Locale, who: string) {
  const discord = await startLocal();
  const rest = new REST({ api: discord.url }).setToken(TOKEN);
  await publishCommands(rest, { applicationId: discord.applicationId }, commands);
  const held = hold(discord, buildDemoWorld(discord, locale), locale);
  await held.conversation.handle(`as ${who}`);
  held.printed.length = 0;
  return held;
}

it.each([
  [
    'wang',
    '/订单',
    '/订单 后面要再写一个：状态、列表、绑定',
    '/order',
    '/order goes on with one of these: status, list, link',
  ],
  ['wang', '/订单 绑定 1', '「验证」必填。', '/order link 1', 'proof must be filled in.'],
  [
    'wang',
    `/订单 状态 ${'1'.repeat(101)}`,
    '「订单号」要 1 到 100 个字。',
    `/order status ${'1'.repeat(101)}`,
    'order must be 1 to 100 characters long.',
  ],
  ['wang', 'x'.repeat(2001), '一条消息最多 2000 个字。', 'x'.repeat(2001), 'A message has at most 2000 characters.'],
  ['lin', '/店铺 到货 A many', '「数量」要填整数。', '/shop restock A many', 'quantity must be a whole number.'],
  [
    'lin',
    '/店铺 到货 A 0',
    /^「数量」要在 1 到 \d+ 之间。$/,
    '/shop restock A 0',
    /^quantity must be between 1 and \d+\.$/,
  ],
  [
    'lin',
    '/店铺 报缺货 A 忘了',
    /^「原因」不能填「忘了」。可以填：供应商/,
    '/shop stockout A forgot',
    /^reason cannot be "forgot"\. There are: Supplier/,
  ],
  [
    'admin',
    '/设置 客服 @老板',
    '「身份组」没有「@老板」可选。',
    '/setup staff @boss',
    'There is no "@boss" to choose for role.',
  ],
] as const)('says to %s in their language what is wrong with what they typed', async (who, zh, saidZh, en, saidEn) => {
  for (const [locale, typed, said] of [
    ['zh-CN', zh, saidZh],
    ['en-US', en, saidEn],
  ] as const) {
    const { conversation, printed } = await withCommands(locale, who);
    await conversation.handle(typed);
    expect(printed).toEqual([typeof said === 'string' ? said : expect.stringMatching(said)]);
  }
});

it.each([
  ['zh-CN', '「关着」现在不能按。', '这个菜单里选一项，写它的号码。', '「备注」要 1 到 3 个字。', '「备注」必填。'],
  [
    'en-US',
    '"Closed" cannot be pressed now.',
    'Choose one from this menu, by its number.',
    'Note must be 1 to 3 characters long.',
    'Note must be filled in.',
  ],
] as const)('says in %s what is wrong with what they press or fill in', async (locale, closed, one, long, empty) => {
  const discord = await startLocal();
  const world = buildDemoWorld(discord, locale);
  const words = locale === 'zh-CN' ? { closed: '关着', note: '备注' } : { closed: 'Closed', note: 'Note' };
  const field = { type: 4, style: 1, label: words.note, custom_id: 'note', max_length: 3 };
  await startBot(discord, {
    onInteraction: async (interaction) =>
      interaction.isButton() &&
      interaction.showModal({ title: words.note, custom_id: 'form', components: [{ type: 1, components: [field] }] }),
  });
  const options = ['a', 'b'].map((value) => ({ label: value, value }));
  const buttons = [
    { type: 2, style: 1, label: words.closed, custom_id: 'closed', disabled: true },
    { type: 2, style: 1, label: words.note, custom_id: 'note' },
  ];
  await request(discord, 'POST', `/channels/${world.member('wang').channelId}/messages`, {
    content: 'card',
    components: [
      { type: 1, components: buttons },
      { type: 1, components: [{ type: 3, custom_id: 'menu', options }] },
    ],
  });
  for (const [typed, said, answer] of [
    ['1', closed],
    ['3 1 2', one],
    ['3 9', one],
    ['2', long, 'abcd'],
    ['2', empty, ''],
  ] as const) {
    const { conversation, printed } = hold(discord, world, locale, answer);
    await conversation.handle('here');
    await conversation.handle(typed);
    expect(printed.at(-1)).toBe(said);
  }
});

it('passes on in Discord’s words what else it says', async () => {
  const discord = await startLocal({ answerWindowMs: 50 });
  const world = buildDemoWorld(discord, 'zh-CN');
  const { conversation, printed } = hold(discord, world, 'zh-CN');
  const components = [{ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'x' }] }];
  await request(discord, 'POST', `/channels/${world.member('wang').channelId}/messages`, {
    content: 'card',
    components,
  });
  await conversation.handle('here');
  await conversation.handle('1');
  expect(printed.at(-1)).toBe('Discord：The application did not respond');
});

it('names the people one can be who are written to, and leaves out the other customers', async () => {
  const discord = await startLocal();
  const world = buildDemoWorld(discord, 'zh-CN');
  const printed = hold(discord, world, 'zh-CN').printed;
  const cast = new Set(world.cast.map(({ userId }) => userId));
  const customers = [...discord.world.guild(world.guildId).members.keys()].filter(
    (id) => id !== discord.applicationId && !cast.has(id),
  );
  for (const id of customers.slice(0, 3)) await tell(discord, id);
  await tell(discord, world.member('anna').userId);
  expect(printed).toEqual(['→ Anna 收到私信']);
});
