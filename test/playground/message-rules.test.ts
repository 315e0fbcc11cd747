// What the local Discord refuses in messages, and the form errors it answers with.
import { describe, expect, it } from 'vitest';
import { formErrors, request, startShop } from './support.ts';

const V2 = 32768;
const text = (content: string) => ({ type: 10, content });
const button = (more: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more });
const row = (...components: object[]) => ({ type: 1, components });
const select = (more: object = {}) => ({ type: 3, custom_id: 's', options: [{ label: 'A', value: 'a' }], ...more });
const v2 = (...components: object[]) => ({ flags: V2, components });

const REFUSED: readonly (readonly [name: string, body: object, errors: readonly string[]])[] = [
  ['content over 2000', { content: 'x'.repeat(2001) }, ['content BASE_TYPE_MAX_LENGTH']],
  ['content that is no text', { content: 5 }, ['content STRING_TYPE_CONVERT']],
  ['11 embeds', { embeds: Array(11).fill({ title: 'x' }) }, ['embeds BASE_TYPE_MAX_LENGTH']],
  [
    'embeds over 6000 in all',
    { embeds: Array(2).fill({ description: 'x'.repeat(3001) }) },
    ['embeds MAX_EMBED_SIZE_EXCEEDED'],
  ],
  ['an empty embed', { embeds: [{}] }, ['embeds.0.description BASE_TYPE_REQUIRED']],
  ['an embed title over 256', { embeds: [{ title: 'x'.repeat(257) }] }, ['embeds.0.title BASE_TYPE_MAX_LENGTH']],
  ['a nonce over 25', { content: 'x', nonce: 'n'.repeat(26) }, ['nonce BASE_TYPE_MAX_LENGTH']],
  [
    'mentions both parsed and listed',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    ['allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE'],
  ],
  [
    'an unknown kind of mention',
    { content: 'x', allowed_mentions: { parse: ['all'] } },
    ['allowed_mentions.parse.0 BASE_TYPE_CHOICES'],
  ],
  [
    'a reply to nothing',
    { content: 'x', message_reference: { message_id: '5' } },
    ['message_reference MESSAGE_REFERENCE_UNKNOWN_MESSAGE'],
  ],
  [
    'an attachment without a file',
    { content: 'x', attachments: [{ id: '0' }] },
    ['attachments.0.id ATTACHMENT_NOT_FOUND'],
  ],
  ['new components without their flag', { components: [text('x')] }, ['components.0.type UNION_TYPE_CHOICES']],
  ['a component type that is not there', { components: [{ type: 99 }] }, ['components.0.type UNION_TYPE_CHOICES']],
  ['a component without type', { components: [{}] }, ['components.0.type BASE_TYPE_REQUIRED']],
  ['a bare button', { components: [button()] }, ['components.0.type UNION_TYPE_CHOICES']],
  [
    '6 rows without the flag',
    { components: Array.from({ length: 6 }, (_, i) => row(button({ custom_id: `b${i}` }))) },
    ['components BASE_TYPE_MAX_LENGTH'],
  ],
  ['an empty row', { components: [row()] }, ['components.0.components BASE_TYPE_BAD_LENGTH']],
  [
    '6 buttons in a row',
    { components: [row(...Array.from({ length: 6 }, (_, i) => button({ custom_id: `b${i}` })))] },
    ['components.0.components BASE_TYPE_BAD_LENGTH'],
  ],
  [
    'a select beside a button',
    { components: [row(select(), button())] },
    ['components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED'],
  ],
  [
    'two buttons with one id',
    { components: [row(button(), button())] },
    ['components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
  ],
  [
    'an empty custom id',
    { components: [row(button({ custom_id: '' }))] },
    ['components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH'],
  ],
  [
    'a custom id over 100',
    { components: [row(button({ custom_id: 'x'.repeat(101) }))] },
    ['components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH'],
  ],
  [
    'a label over 80',
    { components: [row(button({ label: 'x'.repeat(81) }))] },
    ['components.0.components.0.label BASE_TYPE_MAX_LENGTH'],
  ],
  [
    'a button without a face',
    { components: [row({ type: 2, style: 1, custom_id: 'x' })] },
    ['components.0.components.0 BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED'],
  ],
  [
    'a button without an id',
    { components: [row({ type: 2, style: 1, label: 'x' })] },
    ['components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_REQUIRED'],
  ],
  [
    'a button with a made-up emoji',
    { components: [row(button({ emoji: { name: 'truck' } }))] },
    ['components.0.components.0.emoji.name COMPONENT_INVALID_EMOJI'],
  ],
  [
    'a link without a url',
    { components: [row({ type: 2, style: 5, label: 'x' })] },
    ['components.0.components.0.url BASE_TYPE_REQUIRED'],
  ],
  [
    'a link with an id',
    { components: [row({ type: 2, style: 5, label: 'x', url: 'https://a.b', custom_id: 'x' })] },
    ['components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE'],
  ],
  [
    'a link to a file',
    { components: [row({ type: 2, style: 5, label: 'x', url: 'file:///etc/passwd' })] },
    ['components.0.components.0.url URL_TYPE_INVALID_SCHEME'],
  ],
  [
    '26 options',
    { components: [row(select({ options: Array.from({ length: 26 }, (_, i) => ({ label: 'A', value: `${i}` })) }))] },
    ['components.0.components.0.options BASE_TYPE_BAD_LENGTH'],
  ],
  [
    'no options',
    { components: [row(select({ options: [] }))] },
    ['components.0.components.0.options BASE_TYPE_BAD_LENGTH'],
  ],
  [
    'an option label over 100',
    { components: [row(select({ options: [{ label: 'x'.repeat(101), value: 'a' }] }))] },
    ['components.0.components.0.options.0.label BASE_TYPE_BAD_LENGTH'],
  ],
  [
    'two options of one value',
    {
      components: [
        row(
          select({
            options: [
              { label: 'A', value: 'a' },
              { label: 'B', value: 'a' },
            ],
          }),
        ),
      ],
    },
    ['components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED'],
  ],
  [
    'more to pick than there is',
    { components: [row(select({ max_values: 2 }))] },
    ['components.0.components.0.max_values SELECT_COMPONENT_MAX_VALUES_TOO_LARGE'],
  ],
  [
    'a placeholder over 150',
    { components: [row(select({ placeholder: 'x'.repeat(151) }))] },
    ['components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH'],
  ],
  [
    'content beside Components V2',
    { ...v2(text('x')), content: 'x' },
    ['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
  ],
  [
    'embeds beside Components V2',
    { ...v2(text('x')), embeds: [{ title: 'x' }] },
    ['embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
  ],
  [
    '41 components, nested',
    v2(...Array.from({ length: 4 }, () => ({ type: 17, components: Array(10).fill(text('x')) }))),
    ['components BASE_TYPE_MAX_LENGTH'],
  ],
  [
    'text over 4000 in all',
    v2(text('x'.repeat(3999)), { type: 17, components: [text('xx')] }),
    ['components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED'],
  ],
  ['an empty text', v2(text('')), ['components.0.content BASE_TYPE_BAD_LENGTH']],
  ['an empty container', v2({ type: 17, components: [] }), ['components.0.components BASE_TYPE_BAD_LENGTH']],
  [
    'a container in a container',
    v2({ type: 17, components: [{ type: 17, components: [text('x')] }] }),
    ['components.0.components.0.type UNION_TYPE_CHOICES'],
  ],
  [
    'a section without accessory',
    v2({ type: 9, components: [text('x')] }),
    ['components.0.accessory BASE_TYPE_REQUIRED'],
  ],
  [
    'a section with 4 texts',
    v2({ type: 9, components: Array(4).fill(text('x')), accessory: button() }),
    ['components.0.components BASE_TYPE_BAD_LENGTH'],
  ],
  [
    'a section with a select',
    v2({ type: 9, components: [text('x')], accessory: select() }),
    ['components.0.accessory.type UNION_TYPE_CHOICES'],
  ],
  [
    'one id across sections and rows',
    v2({ type: 9, components: [text('x')], accessory: button() }, row(button())),
    ['components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
  ],
  [
    'a file that is not there',
    v2({ type: 13, file: { url: 'attachment://a.csv' } }),
    ['components.0.file.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND'],
  ],
  [
    'a file by address',
    v2({ type: 13, file: { url: 'https://a.b/c.csv' } }),
    ['components.0.file.url URL_TYPE_INVALID_SCHEME'],
  ],
  [
    'a malformed picture address',
    v2({ type: 12, items: [{ media: { url: 'nowhere' } }] }),
    ['components.0.items.0.media.url URL_TYPE_INVALID_URL'],
  ],
  [
    'an accent colour out of range',
    v2({ type: 17, accent_color: 16777216, components: [text('x')] }),
    ['components.0.accent_color NUMBER_TYPE_MAX'],
  ],
];

describe('a message that Discord would refuse', () => {
  it.each(REFUSED)('%s', async (_name, body, errors) => {
    const { discord, channel } = await startShop();
    const answer = await request(discord, 'POST', `/channels/${channel.id}/messages`, body);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ code: 50035, message: 'Invalid Form Body' });
    expect(formErrors(answer)).toEqual(expect.arrayContaining([...errors]));
    expect(discord.messages(channel)).toEqual([]);
    expect(discord.refusals).toHaveLength(1);
  });

  it.each([
    ['nothing at all', {}],
    ['empty content', { content: '' }],
    ['no components', { flags: V2, components: [] }],
  ])('%s is an empty message', async (_name, body) => {
    const { discord, channel } = await startShop();
    const answer = await request(discord, 'POST', `/channels/${channel.id}/messages`, body);
    expect(answer).toMatchObject({ status: 400, json: { code: 50006 } });
  });

  it('malformed JSON has a code of its own', async () => {
    const { discord, channel } = await startShop();
    const response = await fetch(`${discord.url}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { Authorization: 'Bot a-secret', 'Content-Type': 'application/json' },
      body: '{"content":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 50109 });
  });
});

describe('a message that Discord takes', () => {
  it('at every limit at once', async () => {
    const { discord, channel } = await startShop();
    const buttons = Array.from({ length: 5 }, (_, i) =>
      button({ custom_id: `${i}`.padStart(100, 'x'), label: '标'.repeat(80) }),
    );
    const body = v2(
      text('字'.repeat(3000)),
      { type: 17, accent_color: 16777215, components: [text('x'.repeat(1000)), { type: 14 }, row(...buttons)] },
      row(
        select({
          options: Array.from({ length: 25 }, (_, i) => ({ label: 'x'.repeat(100), value: `${i}` })),
          max_values: 25,
        }),
      ),
    );
    const answer = await request(discord, 'POST', `/channels/${channel.id}/messages`, body);
    expect(answer.json.errors).toBeUndefined();
    expect(answer.status).toBe(200);
    const ids = JSON.stringify(answer.json.components).match(/"id":\d+/g) ?? [];
    expect(new Set(ids).size).toBe(12);
  });

  it('counts characters, not UTF-16 units', async () => {
    const { discord, channel } = await startShop();
    const answer = await request(discord, 'POST', `/channels/${channel.id}/messages`, { content: '😀'.repeat(2000) });
    expect(answer.status).toBe(200);
  });
});

describe('editing', () => {
  async function sent(body: object) {
    const shop = await startShop();
    const { json } = await request(shop.discord, 'POST', `/channels/${shop.channel.id}/messages`, body);
    const path = `/channels/${shop.channel.id}/messages/${json.id}`;
    return { ...shop, edit: (change: object) => request(shop.discord, 'PATCH', path, change) };
  }

  it('cannot take the Components V2 flag away', async () => {
    const { edit } = await sent(v2(text('x')));
    const answer = await edit({ flags: 0, components: [row(button())] });
    expect(formErrors(answer)).toEqual(['flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG']);
  });

  it('keeps the flag when it is not named', async () => {
    const { edit } = await sent(v2(text('x')));
    const answer = await edit({ components: [text('y')] });
    expect(answer).toMatchObject({ status: 200, json: { flags: V2 } });
  });

  it('can turn a plain message into Components V2 once its content is gone', async () => {
    const { edit } = await sent({ content: 'x' });
    expect(formErrors(await edit(v2(text('y'))))).toEqual([
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ]);
    expect(await edit({ ...v2(text('y')), content: null })).toMatchObject({
      status: 200,
      json: { flags: V2, content: '' },
    });
  });

  it('leaves what it does not name, and refuses to empty a message', async () => {
    const { edit } = await sent({ content: 'x', components: [row(button())] });
    expect(await edit({ content: 'y' })).toMatchObject({
      status: 200,
      json: { content: 'y', components: [{ type: 1 }] },
    });
    expect(await edit({ content: '', components: [] })).toMatchObject({ status: 400, json: { code: 50006 } });
  });
});
