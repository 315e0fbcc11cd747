// What the terminal tells of by itself.
import { expect, it } from 'vitest';
import type { Locale } from '../../src/domain/scalars.ts';
import { buildDemoWorld, type DemoWorld } from '../../src/playground/demo-world.ts';
import type { LocalDiscord } from '../../src/playground/local-discord/local-discord.ts';
import { Conversation } from '../../src/playground/terminal/conversation.ts';
import { request, startLocal } from './support.ts';

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

function hold(discord: LocalDiscord, world: DemoWorld, locale: Locale) {
  const printed: string[] = [];
  const screen = { print: (text: string) => printed.push(text), ask: async () => undefined };
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
