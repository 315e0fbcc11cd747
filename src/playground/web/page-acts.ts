// What the page does: for a person, to what is shown, and to the shop's clock.
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { Demo } from '../demo.ts';
import { Actor, actSchema, type Files } from './act.ts';
import type { ShownShop } from './shown-shop.ts';

/** As Discord's: 10 MiB for a file. */
export const maxFileBytes = 10 * 1024 * 1024;
const weekMs = 7 * 24 * 3_600_000;

const clockSchema = z.discriminatedUnion('move', [
  z.object({ move: z.literal('by'), ms: z.int().min(1).max(weekMs) }),
  z.object({ move: z.enum(['next', 'pause', 'resume']) }),
]);
const dismissSchema = z.object({ channelId: z.string(), messageId: z.string() });
const dmsSchema = z.object({ userId: z.string(), open: z.boolean() });
const resetSchema = z.object({ locale: z.enum(['zh-CN', 'en-US']) });

const bodyOf = (c: Context): Promise<unknown> => c.req.json().catch(() => undefined);
const malformed = (c: Context): Response => c.text('malformed', 400);

export function addActs(routes: Hono, shop: ShownShop): void {
  const { feed } = shop;
  const actor = new Actor((interactionId, names) => feed.remember(interactionId, names));
  routes.post('/api/act', async (c) => {
    const form = await c.req.formData().catch(() => undefined);
    const act = actSchema.safeParse(parseJson(form?.get('act')));
    if (!form || !act.success) return malformed(c);
    const files = await filesOf(form);
    return files ? c.json(await shop.ask((demo) => actor.act(demo, act.data, files))) : c.text('too large', 413);
  });
  routes.post('/api/dismiss', async (c) => {
    const asked = dismissSchema.safeParse(await bodyOf(c));
    if (!asked.success) return malformed(c);
    feed.dismiss(asked.data.channelId, asked.data.messageId);
    return c.json({});
  });
  routes.post('/api/dms', async (c) => {
    const asked = dmsSchema.safeParse(await bodyOf(c));
    if (!asked.success || !feed.demo.world.cast.some(({ userId }) => userId === asked.data.userId)) return malformed(c);
    feed.takeDms(asked.data.userId, asked.data.open);
    return c.json({});
  });
  routes.post('/api/clock', async (c) => {
    const move = clockSchema.safeParse(await bodyOf(c));
    if (!move.success) return malformed(c);
    const { demo } = feed;
    // The time of a shop that is gone is nobody's any more: the new one's stays as it is.
    await shop.ask(async (shown) => shown === demo && (await moveClock(demo, move.data)));
    await shop.ask(() => feed.tellTime());
    return c.json({});
  });
  routes.post('/api/reset', async (c) => {
    const { data } = resetSchema.safeParse(await bodyOf(c));
    await shop.reset(data?.locale);
    return c.json({});
  });
}

async function moveClock({ time }: Demo, to: z.infer<typeof clockSchema>): Promise<void> {
  if (to.move === 'pause') return time.pause();
  if (to.move === 'resume') return time.resume();
  if (to.move === 'by') return time.skip(to.ms);
  const dueAt = await time.nextDueAt();
  if (dueAt !== undefined) await time.skip(Math.max(1, dueAt - time.now()));
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

/** The files of a form by the field they are in; undefined when one is larger than Discord takes. */
async function filesOf(form: FormData): Promise<Files | undefined> {
  const files = new Map<string, { name: string; bytes: Uint8Array; contentType?: string }[]>();
  for (const [key, value] of form) {
    if (typeof value === 'string') continue;
    if (value.size > maxFileBytes) return undefined;
    const file = {
      name: value.name,
      bytes: new Uint8Array(await value.arrayBuffer()),
      ...(value.type && { contentType: value.type }),
    };
    const field = key.replace(/^file:/, '');
    files.set(field, [...(files.get(field) ?? []), file]);
  }
  return files;
}
