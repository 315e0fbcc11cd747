// The conversation beside commands: who is answered when, and that what is being answered is answered before the bot goes.
import { setImmediate } from 'node:timers/promises';
import { MessageType, type REST } from 'discord.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Conversation, createConversation } from '../../src/discord/conversation.ts';
import { testApp } from '../support/app.ts';
import { buyer } from '../support/orders.ts';

let conversation: Conversation;
let answered: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  answered = [];
  const post = async (_route: string, { body }: { body: { nonce: string } }) => {
    await setImmediate();
    answered.push(body.nonce);
  };
  const rest = { post } as unknown as REST;
  conversation = createConversation({ app: testApp(), rest, botId: () => '1', botRoleId: () => '2' });
});

afterEach(() => {
  vi.useRealTimers();
});

function write(id: string, { from = 1, channel = '6' } = {}): Promise<void> {
  const message = { id, channel_id: channel, author: { id: buyer(from) }, type: MessageType.Default, mentions: [] };
  return conversation.handle(message as never);
}

/** Lets time pass, and what it sets off be done. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 10; turn++) await setImmediate();
}

it('is idle once the message under way has its answer', async () => {
  await conversation.idle();
  void write('5');
  expect(answered).toEqual([]);
  await conversation.idle();
  expect(answered).toEqual(['5']);
});

it('answers of several messages in quick succession the first at once and the last when a pause is over', async () => {
  for (const id of ['1', '2', '3']) await write(id);
  expect(answered).toEqual(['1']);
  await pass(1_900);
  expect(answered).toEqual(['1']);
  await pass(200);
  expect(answered).toEqual(['1', '3']);
  await write('4');
  expect(answered).toEqual(['1', '3']);
  await pass(2_100);
  expect(answered).toEqual(['1', '3', '4']);
});

it('answers at once where nothing was written lately, and everybody, everywhere', async () => {
  await write('1');
  await pass(2_100);
  await write('2');
  await write('3', { channel: '7' });
  await write('4', { from: 2 });
  expect(answered).toEqual(['1', '2', '3', '4']);
});

it('answers a message that the gateway sends again once', async () => {
  await write('1');
  await write('1');
  await pass(2_100);
  await write('1');
  expect(answered).toEqual(['1']);
});

it('answers what still waits before the bot goes', async () => {
  await write('1');
  await write('2');
  await conversation.idle();
  expect(answered).toEqual(['1', '2']);
  await pass(5_000);
  expect(answered).toEqual(['1', '2']);
});

it('is not disturbed by an event that is no message', async () => {
  await conversation.handle({ id: '9' } as never);
  await write('1');
  expect(answered).toEqual(['1']);
});
