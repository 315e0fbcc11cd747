// /setup: staff, merchants, rules, reminders and deposits of a server, for holders of Manage Server.
import { setupDeposit, setupMerchant, setupPolicy, setupStaff, showSetup } from '../src/app/setup.ts';
import { setupReminders } from '../src/app/setup-reminders.ts';
import { action, type Command, type Context, option, type Suggest } from '../src/discord/command.ts';
import { show } from '../src/discord/reply.ts';
import {
  depositCard,
  merchantSetCard,
  policySetCard,
  remindersSetCard,
  setupCard,
  staffSetCard,
} from '../src/discord/views/setup.ts';
import type { PolicyBook } from '../src/domain/compensation/policy.ts';
import { isRefusal } from '../src/domain/refusal.ts';
import { localeSchema } from '../src/domain/scalars.ts';
import { suggestPacks } from './suggest-packs.ts';

const manageServer = 0x20;

const matches = (typed: string, ...texts: readonly string[]) =>
  texts.some((text) => text.toLowerCase().includes(typed.trim().toLowerCase()));

const suggestMerchants: Suggest = async ({ app, request }, typed) => {
  const setup = await showSetup(app, request);
  if (isRefusal(setup)) return [];
  return setup.merchants
    .map(({ id, name }) => ({ name: `${id} · ${name}`, value: id }))
    .filter(({ name }) => matches(typed, name));
};

const timeZones = Intl.supportedValuesOf('timeZone');

const suggestTimeZones: Suggest = async ({ app }, typed) =>
  [app.defaults.timeZone, ...timeZones.filter((zone) => zone !== app.defaults.timeZone)]
    .filter((zone) => matches(typed.replaceAll(' ', '_'), zone))
    .map((zone) => ({ name: zone, value: zone }));

function packOf(policies: PolicyBook, id: string) {
  return policies.find(id) ?? policies.defaultPack;
}

/** Leaves out what was not given, so that it stays as it is. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

/** Whether it was named this time or before: it is where messages go. */
async function lackingIn(context: Context, channelId: string | undefined) {
  return channelId === undefined ? [] : context.lackingIn(channelId);
}

const staff = action(
  { role: option.role({ required: true }), channel: option.channel(), limit: option.text({ max: 20 }) },
  async (context, { role, channel, limit }) => {
    const { app, request } = context;
    const settings = await setupStaff(app, request, { roleId: role, ...given({ channelId: channel, limit }) });
    if (isRefusal(settings)) return settings;
    const { currency } = packOf(app.policies, settings.policyPack);
    return show(staffSetCard(context, settings, currency, await lackingIn(context, settings.staffChannelId)));
  },
);

const merchant = action(
  {
    id: option.text({ required: true, max: 32, suggest: suggestMerchants }),
    name: option.text({ required: true, max: 80 }),
    member: option.user(),
    role: option.role(),
    channel: option.channel(),
    language: option.choice(localeSchema.options),
    'remove-member': option.user(),
    'remove-role': option.role(),
  },
  async (context, { id, name, member, role, channel, language, ...removed }) => {
    const changed = await setupMerchant(context.app, context.request, {
      id,
      name,
      ...given({ memberId: member, roleId: role, channelId: channel, language }),
      ...given({ removeMemberId: removed['remove-member'], removeRoleId: removed['remove-role'] }),
    });
    if (isRefusal(changed)) return changed;
    return show(merchantSetCard(context, changed, await lackingIn(context, changed.channelId)));
  },
);

const policy = action(
  { pack: option.text({ required: true, max: 32, suggest: suggestPacks }) },
  async (context, { pack }) => {
    const used = await setupPolicy(context.app, context.request, { pack });
    if (isRefusal(used)) return used;
    const { name } = packOf(context.app.policies, used.pack);
    return show(policySetCard(context, { name: name[context.t.locale], version: used.version }));
  },
);

const reminders = action(
  {
    before: option.text({ max: 100 }),
    'quiet-hours': option.text({ max: 20 }),
    timezone: option.text({ max: 50, suggest: suggestTimeZones }),
    merchant: option.text({ max: 32, suggest: suggestMerchants }),
  },
  async (context, { before, 'quiet-hours': quietHours, timezone, merchant: merchantId }) => {
    const asked = given({ before, quietHours, timeZone: timezone, merchantId });
    const changed = await setupReminders(context.app, context.request, asked);
    return isRefusal(changed) ? changed : show(remindersSetCard(context, changed, merchantId));
  },
);

const deposit = action(
  {
    merchant: option.text({ required: true, max: 32, suggest: suggestMerchants }),
    amount: option.text({ required: true, max: 20 }),
  },
  async (context, { merchant: merchantId, amount }) => {
    const receipt = await setupDeposit(context.app, context.request, { merchantId, amount });
    return isRefusal(receipt) ? receipt : show(depositCard(context, receipt));
  },
);

const overview = action({}, async (context) => {
  const setup = await showSetup(context.app, context.request);
  if (isRefusal(setup)) return setup;
  const { name, currency } = packOf(context.app.policies, setup.settings.policyPack);
  return show(setupCard(context, setup, { name: name[context.t.locale], currency }));
});

export const setup: Command = {
  name: 'setup',
  defaultPermissions: manageServer,
  actions: { staff, merchant, policy, reminders, deposit, show: overview },
};
