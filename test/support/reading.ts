// Reads answers as people do.
import type { InteractionRecord } from '../../src/playground/local-discord/client/interaction-record.ts';
import { textOf } from './bot.ts';

/** The text of the answer: of a new card, or of the card the button stands on. */
export async function read(asked: InteractionRecord, locale: 'zh-CN' | 'en-US' = 'zh-CN'): Promise<string> {
  const answer = await asked.response();
  return 'message' in answer ? textOf(answer.message, locale) : '';
}
