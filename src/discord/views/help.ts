// The /help card: one block for each thing a person is here.
import type { Help } from '../../app/help.ts';
import { join } from '../../i18n/markup.ts';
import { type Card, textCard } from '../card.ts';
import type { Context } from '../command.ts';

export function helpCard({ t }: Pick<Context, 't'>, help: Help): Card {
  const names = join(
    help.merchants.slice(0, 5).map((merchant) => merchant.name),
    t.plain('common.list_separator'),
  );
  return textCard(
    'neutral',
    t('common.help.intro'),
    t('common.help.buyer'),
    help.merchants.length > 0 ? t('common.help.merchant', { names }) : undefined,
    help.staff ? t('common.help.staff') : undefined,
    help.manager ? t('common.help.manager') : undefined,
    help.manager && !help.setUp ? t('common.help.first_steps') : undefined,
    t('common.help.dm'),
  );
}
