// What Discord would say to a body: its OpenAPI description, and the rules for components it does not hold.

import type { Card } from '../../src/discord/card.ts';
import { checkMessage, type MessageBody as Message } from '../../src/playground/local-discord/message-rules.ts';
import { checkBody } from '../../src/playground/local-discord/schema.ts';

/** Throws what Discord would answer, where it would refuse the card as an answer, a message or an edit. */
export function acceptsCard(card: Card): void {
  const body = JSON.parse(JSON.stringify(card.body)) as Message & object;
  const files = new Map(card.files.map((file) => [file.name, file] as const));
  checkBody('post', '/interactions/{interaction_id}/{interaction_token}/callback', { type: 4, data: body });
  checkBody('post', '/channels/{channel_id}/messages', body);
  checkMessage(body, { files: [...files.keys()] as never });
}

/** Every text a person would read on the card: those in markdown, and all. */
export function textsOf(card: Card): { readonly markdown: string[]; readonly all: string[] } {
  const markdown: string[] = [];
  const all: string[] = [];
  const walk = (value: unknown, key = ''): void => {
    if (typeof value === 'string' && ['content', 'label', 'placeholder', 'description'].includes(key)) {
      all.push(value);
      if (key === 'content') markdown.push(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, child] of Object.entries(value)) walk(child, name);
    }
  };
  walk(card.body.components);
  return { markdown, all };
}
