// What the local Discord refuses in command definitions, and how it keeps and gives back those it takes.
import { describe, expect, it } from 'vitest';
import { formErrors, request, startShop } from './support.ts';

const command = (more: object = {}) => ({ name: 'order', description: 'Orders', ...more });
const option = (more: object = {}) => ({ type: 3, name: 'order', description: 'Which', ...more });
const withOptions = (...options: object[]) => command({ options });
const choices = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `c${i}`, value: `v${i}` }));

const REFUSED: readonly (readonly [name: string, body: object, errors: readonly string[]])[] = [
  ['a name in capitals', command({ name: 'Order' }), ['name APPLICATION_COMMAND_INVALID_NAME']],
  ['a name with a space', command({ name: 'my order' }), ['name APPLICATION_COMMAND_INVALID_NAME']],
  ['an empty name', command({ name: '' }), ['name BASE_TYPE_BAD_LENGTH']],
  ['a name over 32', command({ name: 'x'.repeat(33) }), ['name BASE_TYPE_BAD_LENGTH']],
  ['no name', { description: 'x' }, ['name BASE_TYPE_REQUIRED']],
  ['no description', { name: 'order' }, ['description BASE_TYPE_REQUIRED']],
  ['a description over 100', command({ description: 'x'.repeat(101) }), ['description BASE_TYPE_MAX_LENGTH']],
  [
    'a localized name with a space',
    command({ name_localizations: { 'zh-CN': '订 单' } }),
    ['name_localizations.zh-CN APPLICATION_COMMAND_INVALID_NAME'],
  ],
  [
    'a locale Discord does not have',
    command({ name_localizations: { zh: '订单' } }),
    ['name_localizations.zh BASE_TYPE_CHOICES'],
  ],
  [
    'a localized description over 100',
    command({ description_localizations: { 'zh-CN': '字'.repeat(101) } }),
    ['description_localizations.zh-CN BASE_TYPE_BAD_LENGTH'],
  ],
  [
    '26 options',
    withOptions(...Array.from({ length: 26 }, (_, i) => option({ name: `o${i}` }))),
    ['options BASE_TYPE_MAX_LENGTH'],
  ],
  ['an option type that is not there', withOptions(option({ type: 12 })), ['options.0.type UNION_TYPE_CHOICES']],
  ['an option without description', withOptions({ type: 3, name: 'x' }), ['options.0.description BASE_TYPE_REQUIRED']],
  ['two options of one name', withOptions(option(), option()), ['options.1 APPLICATION_COMMAND_OPTIONS_NAME_INVALID']],
  [
    'required after optional',
    withOptions(option({ name: 'a' }), option({ name: 'b', required: true })),
    ['options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID'],
  ],
  [
    'required after optional, in a subcommand',
    withOptions({
      type: 1,
      name: 's',
      description: 's',
      options: [option({ name: 'a' }), option({ name: 'b', required: true })],
    }),
    ['options.0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID'],
  ],
  [
    'options beside subcommands',
    withOptions({ type: 1, name: 's', description: 's' }, option()),
    ['options.1 APPLICATION_COMMAND_OPTIONS_TYPE_INVALID'],
  ],
  ['26 choices', withOptions(option({ choices: choices(26) })), ['options.0.choices BASE_TYPE_MAX_LENGTH']],
  [
    'two choices of one name',
    withOptions(
      option({
        choices: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      }),
    ),
    ['options.0.choices.1 APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS'],
  ],
  [
    'a choice value over 100',
    withOptions(option({ choices: [{ name: 'a', value: 'x'.repeat(101) }] })),
    ['options.0.choices.0.value BASE_TYPE_MAX_LENGTH'],
  ],
  [
    'a text choice for a number',
    withOptions(option({ type: 4, choices: [{ name: 'a', value: 'x' }] })),
    ['options.0.choices.0.value NUMBER_TYPE_COERCE'],
  ],
  [
    'choices and autocomplete',
    withOptions(option({ autocomplete: true, choices: choices(1) })),
    ['options.0.autocomplete APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID'],
  ],
  [
    'a minimum over the maximum',
    withOptions(option({ type: 4, min_value: 2, max_value: 1 })),
    ['options.0.min_value NUMBER_TYPE_MAX'],
  ],
  [
    'over 8000 in all',
    withOptions(
      ...Array.from({ length: 25 }, (_, i) =>
        option({
          name: `o${i}`,
          choices: Array.from({ length: 2 }, (_, j) => ({
            name: `${j}`.padEnd(100, 'n'),
            value: `${j}`.padEnd(100, 'v'),
          })),
        }),
      ),
    ),
    [' APPLICATION_COMMAND_TOO_LARGE'],
  ],
  [
    'a context menu with description',
    { type: 2, name: 'Inspect', description: 'x' },
    ['description APPLICATION_COMMAND_DESCRIPTION_FORBIDDEN'],
  ],
];

describe('a command that Discord would refuse', () => {
  it.each(REFUSED)('%s', async (_name, body, errors) => {
    const { discord, guild } = await startShop();
    const path = `/applications/${discord.applicationId}`;
    const alone = await request(discord, 'POST', `${path}/commands`, body);
    expect(alone.status).toBe(400);
    expect(formErrors(alone)).toEqual(expect.arrayContaining(errors.map((error) => error.trim())));
    const inList = await request(discord, 'PUT', `${path}/guilds/${guild.id}/commands`, [
      command({ name: 'fine' }),
      body,
    ]);
    const prefixed = errors.map((error) => (error.startsWith(' ') ? `1${error}` : `1.${error}`));
    expect(formErrors(inList)).toEqual(expect.arrayContaining(prefixed));
    expect(discord.commands()).toEqual([]);
    expect(discord.commands(guild)).toEqual([]);
  });

  it('two of one name in a list, and more than 100', async () => {
    const { discord } = await startShop();
    const path = `/applications/${discord.applicationId}/commands`;
    const twice = await request(discord, 'PUT', path, [command(), command()]);
    expect(formErrors(twice)).toEqual(['1 APPLICATION_COMMANDS_DUPLICATE_NAME']);
    const many = Array.from({ length: 101 }, (_, i) => command({ name: `c${i}` }));
    expect((await request(discord, 'PUT', path, many)).status).toBe(400);
  });

  it('those of another application', async () => {
    const { discord } = await startShop();
    expect(await request(discord, 'PUT', '/applications/1/commands', [])).toMatchObject({
      status: 403,
      json: { code: 20012 },
    });
  });
});

describe('a command that Discord takes', () => {
  it('counts of a text and its translations only the longest', async () => {
    const { discord } = await startShop();
    const long = { 'zh-CN': '字'.repeat(100), 'zh-TW': '字'.repeat(100) };
    const options = Array.from({ length: 25 }, (_, i) =>
      option({ name: `o${i}`, description: 'x'.repeat(100), description_localizations: long }),
    );
    const body = command({ options, description_localizations: long });
    const answer = await request(discord, 'POST', `/applications/${discord.applicationId}/commands`, body);
    expect(answer.status).toBe(201);
  });

  it('is kept with its id by name, changes its version, and is patched and deleted by id', async () => {
    const { discord } = await startShop();
    const path = `/applications/${discord.applicationId}/commands`;
    const first = await request(discord, 'POST', path, command({ default_member_permissions: '32' }));
    expect(first).toMatchObject({ status: 201, json: { default_member_permissions: '32', type: 1, contexts: null } });
    const again = await request(discord, 'POST', path, command({ description: 'Other' }));
    expect(again).toMatchObject({ status: 200, json: { id: first.json.id, description: 'Other' } });
    expect(again.json.version).not.toBe(first.json.version);
    const patched = await request(discord, 'PATCH', `${path}/${first.json.id}`, { description: 'Third' });
    expect(patched.json).toMatchObject({ name: 'order', description: 'Third' });
    expect((await request(discord, 'DELETE', `${path}/${first.json.id}`)).status).toBe(204);
    expect(await request(discord, 'GET', `${path}/${first.json.id}`)).toMatchObject({
      status: 404,
      json: { code: 10063 },
    });
  });

  it('is listed with translations only on request', async () => {
    const { discord } = await startShop();
    const path = `/applications/${discord.applicationId}/commands`;
    await request(discord, 'PUT', path, [
      command({ name_localizations: { 'zh-CN': '订单' }, options: [option({ required: false })] }),
    ]);
    const bare = await request(discord, 'GET', path);
    expect(JSON.stringify(bare.json)).not.toContain('localizations');
    const full = await request(discord, 'GET', `${path}?with_localizations=true`);
    expect(full.json).toMatchObject([{ name_localizations: { 'zh-CN': '订单' }, options: [{ name: 'order' }] }]);
    expect(JSON.stringify(full.json)).not.toContain('required');
  });
});
