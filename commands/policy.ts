// /policy: the rule book in force, the others at hand, and changing it.
import { listPolicies, showPolicy } from '../src/app/policy.ts';
import { usePolicy } from '../src/app/setup.ts';
import { textCard } from '../src/discord/card.ts';
import { action, type Command, onButton, option } from '../src/discord/command.ts';
import { show, update } from '../src/discord/reply.ts';
import { policiesCard, policyCard, policySourcesCard } from '../src/discord/views/policy.ts';
import { policySources, policyTerms } from '../src/discord/views/policy-ids.ts';
import { isRefusal } from '../src/domain/refusal.ts';
import { suggestPacks } from './suggest-packs.ts';

export const policy: Command = {
  name: 'policy',
  actions: {
    show: action({ pack: option.text({ suggest: suggestPacks, max: 32 }) }, async (context, { pack }) => {
      const shown = await showPolicy(context.app, context.request, pack === undefined ? {} : { pack });
      return isRefusal(shown) ? shown : show(policyCard(context, context.request.guildId, shown));
    }),
    list: action({}, async (context) => {
      const listed = await listPolicies(context.app, context.request);
      return isRefusal(listed) ? listed : show(policiesCard(context, listed.packs, listed.inForce));
    }),
    use: action(
      { pack: option.text({ required: true, suggest: suggestPacks, max: 32 }) },
      async (context, { pack }) => {
        const used = await usePolicy(context.app, context.request, { pack });
        if (isRefusal(used)) return used;
        const shown = await showPolicy(context.app, context.request, { pack });
        if (isRefusal(shown)) return shown;
        const said = { name: shown.name[context.t.locale], version: shown.version };
        return show(textCard('good', context.t('staff.policy.useDone', said)));
      },
    ),
  },
  handlers: [
    onButton(policyTerms, async (context, asked) => {
      const shown = await showPolicy(context.app, context.request, asked);
      return isRefusal(shown) ? shown : update(policyCard(context, context.request.guildId, shown));
    }),
    onButton(policySources, async (context, asked) => {
      const shown = await showPolicy(context.app, context.request, asked);
      return isRefusal(shown) ? shown : update(policySourcesCard(context, context.request.guildId, shown));
    }),
  ],
};
