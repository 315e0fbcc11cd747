// What the page asks of the playground's server.
import type { Command } from '../../local-discord/types.ts';
import type { Act, ActResult, ClockMove, Inspection, ServerEvent, ShopState } from '../protocol.ts';

async function asked(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

/** As Discord's, for what is sent at once; the server takes no more either. */
const maxFilesBytes = 10 * 1024 * 1024;

/** What keeps an action from being sent at all. */
export type Unsent = 'too_large' | 'offline' | 'form_failed';

/** Does what `act` does; where it could not be sent, why. */
export async function tryToAct(what: Act, files: ReadonlyMap<string, readonly File[]> = new Map()) {
  const bytes = [...files.values()].flat().reduce((sum, { size }) => sum + size, 0);
  if (bytes > maxFilesBytes) return 'too_large';
  return act(what, files).catch((error: unknown): Unsent => (error instanceof TypeError ? 'offline' : 'form_failed'));
}

/** @param files by the option or field they are for */
export async function act(what: Act, files: ReadonlyMap<string, readonly File[]> = new Map()): Promise<ActResult> {
  const form = new FormData();
  form.set('act', JSON.stringify(what));
  for (const [name, list] of files) for (const file of list) form.append(`file:${name}`, file);
  return (await asked('/api/act', { method: 'POST', body: form })) as ActResult;
}

export async function commandsOf(userId: string, channelId: string): Promise<readonly Command[]> {
  return (await asked(`/api/commands?as=${userId}&channel=${channelId}`)) as Command[];
}

export async function inspection(locale: string): Promise<Inspection> {
  return (await asked(`/api/inspect?locale=${locale}`)) as Inspection;
}

const asJson = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Takes away an answer that only one person sees. */
export async function dismiss(channelId: string, messageId: string): Promise<void> {
  await asked('/api/dismiss', asJson({ channelId, messageId }));
}

/** Whether the bot may write to a person. */
export async function takeDms(userId: string, open: boolean): Promise<void> {
  await asked('/api/dms', asJson({ userId, open }));
}

export async function moveClock(move: ClockMove): Promise<void> {
  await asked('/api/clock', asJson(move));
}

/** Whether somebody has used the shop, and what its people speak. */
export async function shopState(): Promise<ShopState> {
  return (await asked('/api/shop')) as ShopState;
}

/** @param locale what the people of the new shop speak; by default as the page does */
export async function reset(locale = document.documentElement.lang): Promise<void> {
  await asked('/api/reset', asJson({ locale }));
}

/** Listens until the returned function is called; a broken line is taken up again, with the whole state first. */
export function listen(hear: (event: ServerEvent) => void, connected: (is: boolean) => void): () => void {
  const source = new EventSource('/api/events');
  source.onopen = () => connected(true);
  source.onerror = () => connected(false);
  source.onmessage = ({ data }) => hear(JSON.parse(String(data)) as ServerEvent);
  return () => source.close();
}

/** Where a file the local Discord keeps is had from; undefined for any other address. */
export function fileAddress(url: string): string | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  return path.startsWith('/attachments/') ? path.replace('/attachments/', '/files/') : undefined;
}
