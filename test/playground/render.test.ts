// How messages read as plain text.
import { describe, expect, it } from 'vitest';
import { renderMessageText } from '../../src/playground/local-discord/render.ts';
import type { Message } from '../../src/playground/local-discord/types.ts';
import { request, startShop } from './support.ts';

async function shown(body: object, prepare: (shop: Awaited<ReturnType<typeof startShop>>) => object = () => ({})) {
  const shop = await startShop();
  const answer = await request(shop.discord, 'POST', `/channels/${shop.channel.id}/messages`, {
    ...body,
    ...prepare(shop),
  });
  expect(answer.status).toBe(200);
  return answer.json as unknown as Message;
}

const AT = Date.UTC(2026, 4, 1, 10, 30) / 1000;

describe('renderMessageText', () => {
  it('shows every kind of component in order, with numbers to press', async () => {
    const message = await shown({
      flags: 32768,
      components: [
        {
          type: 17,
          components: [
            { type: 10, content: '# Order 1\nLate' },
            { type: 14 },
            {
              type: 9,
              components: [{ type: 10, content: 'Scarf' }],
              accessory: { type: 2, style: 2, label: 'Swap', custom_id: 'swap' },
            },
            { type: 12, items: [{ media: { url: 'https://example.com/a.png' }, description: 'The scarf' }] },
            {
              type: 1,
              components: [
                { type: 2, style: 1, label: 'Wait', custom_id: 'wait', emoji: { name: '⏳' } },
                { type: 2, style: 4, label: 'Refund', custom_id: 'refund', disabled: true },
                { type: 2, style: 5, label: 'Rules', url: 'https://example.com/rules' },
              ],
            },
          ],
        },
        {
          type: 1,
          components: [
            {
              type: 3,
              custom_id: 'pick',
              placeholder: 'Instead',
              options: [
                { label: 'Red', value: 'r', description: '3 left' },
                { label: 'Blue', value: 'b', default: true },
              ],
            },
          ],
        },
      ],
    });
    expect(renderMessageText(message)).toBe(
      [
        '│ # Order 1',
        '│ Late',
        '│ ────────',
        '│ Scarf',
        '│ [1] Swap',
        '│ (picture: The scarf)',
        '│ [2] ⏳ Wait   [3] (disabled) Refund   [4] Rules → https://example.com/rules',
        '[5] ▾ Instead',
        '    5.1 Red · 3 left',
        '    5.2 Blue ✓',
      ].join('\n'),
    );
  });

  it('writes times in the zone and language asked for', async () => {
    const message = await shown({ content: `<t:${AT}:f> <t:${AT}:R> <t:${AT}:d>` });
    const zh = renderMessageText(message, { locale: 'zh-CN', timeZone: 'Asia/Shanghai', now: AT * 1000 - 7_200_000 });
    expect(zh).toBe('2026年5月1日 18:30 2小时后 2026/05/01');
    const en = renderMessageText(message, { locale: 'en-US', timeZone: 'UTC', now: AT * 1000 + 120_000 });
    expect(en.replaceAll('\u202f', ' ')).toBe('May 1, 2026 at 10:30 AM 2 minutes ago 05/01/2026');
  });

  it('names who is mentioned, and shows embeds', async () => {
    const message = await shown({}, ({ ann, channel }) => ({
      content: `<@${ann.id}> in <#${channel.id}>`,
      embeds: [{ title: 'Due', fields: [{ name: 'Order', value: '1' }], footer: { text: 'end' } }],
    }));
    const nameOf = (id: string) => (id === message.channel_id ? 'general' : undefined);
    expect(renderMessageText(message, { nameOf })).toBe('@ann in #general\n│ Due\n│ Order: 1\n│ end');
  });
});
