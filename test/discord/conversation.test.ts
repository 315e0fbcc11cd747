// The conversation beside commands: what is being answered is answered before the bot goes.
import { setImmediate } from 'node:timers/promises';
import { MessageType, type REST } from 'discord.js';
import { expect, it } from 'vitest';
import { createConversation } from '../../src/discord/conversation.ts';
import { testApp } from '../support/app.ts';
import { buyer } from '../support/orders.ts';

it('is idle once the message under way has its answer', async () => {
  const done: string[] = [];
  const rest = {
    post: async () => {
      await setImmediate();
      done.push('answered');
    },
  } as unknown as REST;
  const conversation = createConversation({ app: testApp(), rest, botId: () => '1', botRoleId: () => undefined });
  await conversation.idle();
  const message = { id: '5', channel_id: '6', author: { id: buyer(1) }, type: MessageType.Default, mentions: [] };
  void conversation.handle(message as never);
  expect(done).toEqual([]);
  await conversation.idle();
  expect(done).toEqual(['answered']);
});
