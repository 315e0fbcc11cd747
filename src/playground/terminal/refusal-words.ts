// Says in the reader's language what Discord's client would not do, where they can help it.
import type { Texts } from '../../i18n/texts.ts';
import { ClientRefusal } from '../local-discord/client/client-refusal.ts';

const listed = (t: Texts, names: readonly string[]) => names.join(t.plain('common.list_separator'));

/** Undefined where there are no words but Discord's own. */
export function refusalWords(t: Texts, error: unknown): string | undefined {
  const reason = error instanceof ClientRefusal ? error.reason : undefined;
  if (!reason) return undefined;
  const { code, data } = reason;
  if (code === 'how_many' && data.min === 1 && data.max === 1) return t.plain('playground.refused.one_only');
  const worded = Object.entries(data).map(([name, value]) => [
    name,
    typeof value === 'object' ? listed(t, value) : value,
  ]);
  return t.plain(`playground.refused.${code}`, Object.fromEntries(worded));
}
