// What an interaction is called in logs and metrics: names of commands and kinds of buttons, never values.

import { splitCustomId } from './custom-id.ts';
import type { Incoming } from './incoming.ts';
import type { Registry } from './registry.ts';

/** `order status`, or the kind of a button. */
function labelOf(incoming: Incoming): string {
  if ('command' in incoming) return [incoming.command, incoming.action].filter(Boolean).join(' ');
  return splitCustomId(incoming.customId)?.tag ?? 'unknown';
}

/** What was asked, for the log: names only, never values. */
export function nameOf(incoming: Incoming): object {
  return 'command' in incoming ? { command: labelOf(incoming) } : { component: labelOf(incoming) };
}

/** Only names of our own, so that there are never more of them. */
export function metricOf(registry: Registry, incoming: Incoming): string {
  const name = labelOf(incoming);
  const known = 'command' in incoming ? registry.action(incoming.command, incoming.action) : registry.handler(name);
  return known ? name : 'unknown';
}
