// One answer in time to one interaction: at once, behind a deferral, or where the answer then has to go.
import { DiscordAPIError } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { textCard } from '../../src/discord/card.ts';
import type { Incoming, IncomingCommand, IncomingComponent } from '../../src/discord/incoming.ts';
import { Patience } from '../../src/discord/patience.ts';
import { ask, show, update, updateAnywhere } from '../../src/discord/reply.ts';
import { answerChoices, createResponder } from '../../src/discord/responder.ts';
import type { Transport } from '../../src/discord/transport.ts';
import { ours } from '../../src/i18n/markup.ts';

const common = {
  id: '1',
  token: 't',
  applicationId: 'a',
  guildId: 'g',
  userId: 'u',
  roleIds: [],
  manager: false,
  locale: undefined,
};
const command: IncomingCommand = {
  ...common,
  kind: 'command',
  command: 'order',
  action: undefined,
  options: {},
  files: {},
  focused: undefined,
};
const pressed = (own: boolean): IncomingComponent => ({
  ...common,
  kind: 'component',
  customId: 'x',
  values: [],
  fields: {},
  message: { own },
});

let sent: string[];
let transport: Transport;
beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  const note = (what: string, data?: { body: object }) => {
    const flags = data && 'flags' in data.body ? Number(data.body.flags) : 0;
    sent.push(`${what}${(flags & 64) !== 0 ? ' ephemeral' : ''}`);
  };
  transport = {
    callback: async (_to, type, data) => note(`callback ${type}`, data),
    edit: async (_to, data) => note('edit', data),
    followUp: async (_to, data) => note('follow-up', data),
  };
});
afterEach(() => vi.useRealTimers());

const card = textCard('good', ours('x'));
const responder = (incoming: Incoming) =>
  createResponder(incoming, { transport, patience: new Patience(1500), tooLateForForm: () => card });

describe('an answer in time', () => {
  it.each([
    ['a card to a command', command, show(card), 'callback 4 ephemeral'],
    ['a card in a DM', { ...command, guildId: undefined }, show(card), 'callback 4'],
    ['an update of one’s own card', pressed(true), update(card), 'callback 7'],
    ['an update of a card that others see', pressed(false), update(card), 'callback 4 ephemeral'],
    ['an update of a card for all', pressed(false), updateAnywhere(card), 'callback 7'],
    ['a form', command, ask({ custom_id: 'm', title: 't', components: [] }), 'callback 9'],
  ])('%s', async (_name, incoming, reply, expected) => {
    await responder(incoming).answer(reply);
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual([expected]);
  });
});

describe('a slow handler', () => {
  it.each([
    ['a card to a command', command, show(card), ['callback 5 ephemeral', 'edit']],
    ['an update of one’s own card', pressed(true), update(card), ['callback 6', 'edit']],
    ['a card to a button', pressed(true), show(card), ['callback 6', 'follow-up ephemeral']],
    ['an update of a card that others see', pressed(false), update(card), ['callback 6', 'follow-up ephemeral']],
    [
      'a form that comes too late',
      command,
      ask({ custom_id: 'm', title: 't', components: [] }),
      ['callback 5 ephemeral', 'edit'],
    ],
  ])('is deferred for: %s', async (_name, incoming, reply, expected) => {
    const slow = responder(incoming);
    await vi.advanceTimersByTimeAsync(1500);
    await slow.answer(reply);
    expect(sent).toEqual(expected);
  });

  it('gets its answer through where only the word on the deferral was lost', async () => {
    const { callback } = transport;
    transport.callback = async (...args) => {
      await callback(...args);
      throw new DiscordAPIError({ code: 40060, message: 'x' }, 40060, 400, 'POST', 'x', {});
    };
    const slow = responder(command);
    await vi.advanceTimersByTimeAsync(1500);
    await slow.answer(show(card));
    expect(sent).toEqual(['callback 5 ephemeral', 'edit']);
  });

  it('shows after two seconds how far it has come, the answer last and nothing after it', async () => {
    const long = responder(command);
    long.progress(card);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    long.progress(card);
    long.progress(card);
    await long.answer(show(card));
    long.progress(card);
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual(['callback 5 ephemeral', 'edit', 'edit']);
  });
});

describe('suggestions', () => {
  it('come in time or not at all', async () => {
    const never = new Promise<never>(() => undefined);
    const answered = answerChoices(command, transport, 1500, never);
    await vi.advanceTimersByTimeAsync(1500);
    await answered;
    expect(sent).toEqual(['callback 8']);
  });
});
