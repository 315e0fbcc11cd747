// The windows and the rules of answering an interaction.
import type { Interaction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { formErrors, nextInteraction, request, startBot, startShop } from './support.ts';

const COMMANDS = [
  {
    name: 'ask',
    description: 'Asks',
    options: [{ type: 3 as const, name: 'order', description: 'Which', autocomplete: true as const }],
  },
];

/** A bot that answers nothing by itself, and one command asked of it. `time` moves the windows' clock. */
async function asked(start: 'command' | 'autocomplete' | 'button' = 'command') {
  const time = { ms: 0 };
  const shop = await startShop({ windowClock: { now: () => time.ms } });
  const { discord, channel, ann } = shop;
  const client = await startBot(discord, { commands: COMMANDS });
  const next = nextInteraction(client);
  let record: { failed: boolean } | undefined;
  if (start === 'command') record = await ann.command({ channel }, '/ask');
  else if (start === 'autocomplete') void ann.autocomplete({ channel }, '/ask', 'order', 'x').catch(() => {});
  else {
    const components = [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }];
    const { json } = await request(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x', components });
    record = await ann.press(String(json.id), 'Go');
  }
  const interaction: Interaction = await next;
  const webhook = `/webhooks/${discord.applicationId}/${interaction.token}`;
  return {
    ...shop,
    client,
    record,
    time,
    webhook,
    callback: (body: object, query = '') =>
      request(discord, 'POST', `/interactions/${interaction.id}/${interaction.token}/callback${query}`, body),
  };
}

describe('the windows', () => {
  it('the first answer must come within 3 seconds', async () => {
    const { callback, time, record, discord, webhook } = await asked();
    time.ms = 2999;
    expect(record?.failed).toBe(false);
    time.ms = 3000;
    expect(record?.failed).toBe(true);
    expect(await callback({ type: 4, data: { content: 'x' } })).toMatchObject({ status: 404, json: { code: 10062 } });
    expect(await request(discord, 'POST', webhook, { content: 'x' })).toMatchObject({
      status: 404,
      json: { code: 10015 },
    });
  });

  it('the token lives 15 minutes', async () => {
    const { callback, time, discord, webhook } = await asked();
    expect((await callback({ type: 5, data: { flags: 64 } })).status).toBe(204);
    time.ms = 15 * 60_000 - 1;
    expect((await request(discord, 'PATCH', `${webhook}/messages/@original`, { content: 'x' })).status).toBe(200);
    time.ms = 15 * 60_000;
    const late = await request(discord, 'POST', webhook, { content: 'x' });
    expect(late).toMatchObject({ status: 401, json: { code: 50027, message: 'Invalid Webhook Token' } });
  });

  it('a second answer is refused, also an ill-formed one', async () => {
    const { callback } = await asked();
    await callback({ type: 4, data: { content: 'x' } });
    expect(await callback({ type: 4, data: { content: 'x' } })).toMatchObject({ status: 400, json: { code: 40060 } });
    expect(await callback({ type: 77 })).toMatchObject({ status: 400, json: { code: 40060 } });
  });

  it('a refused answer uses nothing up', async () => {
    const { callback } = await asked();
    const refused = await callback({
      type: 4,
      data: { content: 'x'.repeat(2001), components: [{ type: 10, content: 'x' }] },
    });
    expect(formErrors(refused)).toEqual(['data.content BASE_TYPE_MAX_LENGTH']);
    expect(formErrors(await callback({ type: 4, data: { components: [{ type: 10, content: 'x' }] } }))).toEqual([
      'data.components.0.type UNION_TYPE_CHOICES',
    ]);
    expect((await callback({ type: 4, data: { content: 'x' } })).status).toBe(204);
  });

  it('nothing follows before an answer', async () => {
    const { discord, webhook } = await asked();
    expect(await request(discord, 'POST', webhook, { content: 'x' })).toMatchObject({
      status: 404,
      json: { code: 10015 },
    });
  });

  it('a wrong token is an unknown interaction', async () => {
    const { discord } = await asked();
    expect(await request(discord, 'POST', '/interactions/1/x/callback', { type: 5 })).toMatchObject({
      status: 404,
      json: { code: 10062 },
    });
  });
});

describe('how it may be answered', () => {
  const modal = {
    type: 9,
    data: {
      custom_id: 'm',
      title: 'T',
      components: [{ type: 18, label: 'L', component: { type: 4, custom_id: 't', style: 1 } }],
    },
  };

  it.each([
    ['command', { type: 6 }],
    ['command', { type: 7, data: { content: 'x' } }],
    ['command', { type: 8, data: { choices: [] } }],
    ['command', { type: 1 }],
    ['autocomplete', { type: 4, data: { content: 'x' } }],
    ['autocomplete', modal],
    ['button', { type: 8, data: { choices: [] } }],
  ] as const)('a %s not with %j', async (start, body) => {
    const { callback } = await asked(start);
    expect(formErrors(await callback(body))).toEqual(['type BASE_TYPE_CHOICES']);
  });

  it('a modal not with a modal, and with an update only over a message', async () => {
    const { callback, ann, record, discord, client } = await asked();
    expect((await callback(modal)).status).toBe(204);
    const next = nextInteraction(client);
    await ann.submitModal(record as Parameters<typeof ann.submitModal>[0], { L: 'x' });
    const submitted = await next;
    const path = `/interactions/${submitted.id}/${submitted.token}/callback`;
    expect(formErrors(await request(discord, 'POST', path, modal))).toEqual(['type BASE_TYPE_CHOICES']);
    expect(formErrors(await request(discord, 'POST', path, { type: 6 }))).toEqual(['type BASE_TYPE_CHOICES']);
    expect((await request(discord, 'POST', path, { type: 5 })).status).toBe(204);
  });

  it.each([
    ['a title over 45', { title: 'x'.repeat(46) }, 'data.title BASE_TYPE_BAD_LENGTH'],
    ['no fields', { components: [] }, 'data.components BASE_TYPE_BAD_LENGTH'],
    [
      '6 fields',
      {
        components: Array.from({ length: 6 }, (_, i) => ({
          type: 18,
          label: 'L',
          component: { type: 4, custom_id: `${i}`, style: 1 },
        })),
      },
      'data.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a label over 45',
      { components: [{ type: 18, label: 'x'.repeat(46), component: { type: 4, custom_id: 't', style: 1 } }] },
      'data.components.0.label BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a button',
      { components: [{ type: 18, label: 'x', component: { type: 2, custom_id: 't', style: 1 } }] },
      'data.components.0.component.type UNION_TYPE_CHOICES',
    ],
    [
      'two fields of one id',
      { components: Array(2).fill({ type: 18, label: 'x', component: { type: 4, custom_id: 't', style: 1 } }) },
      'data.components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    ['a custom id over 100', { custom_id: 'x'.repeat(101) }, 'data.custom_id BASE_TYPE_BAD_LENGTH'],
  ] as const)('a modal not with %s', async (_name, change, error) => {
    const { callback } = await asked();
    expect(formErrors(await callback({ type: 9, data: { ...modal.data, ...change } }))).toContain(error);
  });

  it.each([
    [
      '26 choices',
      Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, value: `${i}` })),
      'data.choices BASE_TYPE_MAX_LENGTH',
    ],
    ['an empty name', [{ name: '', value: 'x' }], 'data.choices.0.name BASE_TYPE_BAD_LENGTH'],
    ['a name over 100', [{ name: 'x'.repeat(101), value: 'x' }], 'data.choices.0.name BASE_TYPE_BAD_LENGTH'],
    ['a value over 100', [{ name: 'x', value: 'x'.repeat(101) }], 'data.choices.0.value BASE_TYPE_BAD_LENGTH'],
    [
      'a number for a text',
      [{ name: 'x', value: 5 }],
      'data.choices.0.value APPLICATION_COMMAND_AUTOCOMPLETE_VALUE_TYPE',
    ],
  ])('suggestions not with %s', async (_name, choices, error) => {
    const { callback } = await asked('autocomplete');
    expect(formErrors(await callback({ type: 8, data: { choices } }))).toContain(error);
  });

  it('answers with the message on request, numbers its parts, and lets it be followed up, edited and deleted', async () => {
    const { callback, discord, webhook, channel, ann, bob } = await asked();
    const answer = await callback({ type: 4, data: { content: 'first', flags: 64 } }, '?with_response=true');
    expect(answer.json).toMatchObject({
      interaction: { response_message_ephemeral: true },
      resource: { type: 4, message: { content: 'first', flags: 64, type: 20 } },
    });
    const followed = await request(discord, 'POST', webhook, { content: 'second' });
    expect(followed.json).toMatchObject({ content: 'second', flags: 0, message_reference: {} });
    const path = `${webhook}/messages/${followed.json.id}`;
    expect((await request(discord, 'PATCH', path, { content: 'third' })).json).toMatchObject({ content: 'third' });
    expect((await request(discord, 'GET', `${webhook}/messages/@original`)).json).toMatchObject({ content: 'first' });
    expect(ann.messages({ channel }).map(({ content }) => content)).toEqual(['first', 'third']);
    expect(bob.messages({ channel }).map(({ content }) => content)).toEqual(['third']);
    expect((await request(discord, 'DELETE', path)).status).toBe(204);
    expect(await request(discord, 'PATCH', path, { content: 'x' })).toMatchObject({
      status: 404,
      json: { code: 10008 },
    });
    const byChannel = await request(
      discord,
      'GET',
      `/channels/${channel.id}/messages/${discord.messages(channel)[0]?.id}`,
    );
    expect(byChannel).toMatchObject({ status: 404, json: { code: 10008 } });
  });

  it('fills a deferred answer by the first follow-up, and keeps it as hidden as it was deferred', async () => {
    const { callback, discord, webhook, channel } = await asked();
    await callback({ type: 5, data: { flags: 64 } });
    expect(discord.messages(channel)).toMatchObject([{ flags: 64 | 128 }]);
    await request(discord, 'POST', webhook, { content: 'x' });
    expect(discord.messages(channel)).toMatchObject([{ content: 'x', flags: 64 }]);
    expect((await request(discord, 'POST', webhook, { content: 'y' })).json).toMatchObject({ flags: 0 });
  });
});
