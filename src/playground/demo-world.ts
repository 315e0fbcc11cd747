// The demo server: its channels, its roles, the people one can be there, and the shop's other customers.
import type { Locale } from '../domain/scalars.ts';
import type { LocalDiscord } from './local-discord/local-discord.ts';

export interface CastMember {
  /** What one types to become this person. */
  readonly key: string;
  readonly userId: string;
  readonly name: string;
  readonly role: 'buyer' | 'merchant' | 'staff' | 'admin';
  /** Where this person types commands. */
  readonly channelId: string;
}

export interface DemoWorld {
  readonly guildId: string;
  readonly staffRoleId: string;
  readonly cast: readonly CastMember[];
  readonly member: (key: string) => CastMember;
  readonly channels: Readonly<Record<'orders' | 'linji' | 'xiaoman' | 'staff', string>>;
}

interface Part {
  readonly key: string;
  readonly name: string;
  /** The shop's own where it is left out. */
  readonly locale?: Locale;
  readonly role: CastMember['role'];
  readonly channel: keyof DemoWorld['channels'];
}

const parts: readonly Part[] = [
  { key: 'wang', name: '小王', role: 'buyer', channel: 'orders' },
  { key: 'anna', name: 'Anna', locale: 'en-US', role: 'buyer', channel: 'orders' },
  { key: 'lin', name: '林老板', role: 'merchant', channel: 'linji' },
  { key: 'man', name: '满姐', role: 'merchant', channel: 'xiaoman' },
  { key: 'qing', name: '阿清', role: 'staff', channel: 'staff' },
  { key: 'sam', name: 'Sam', locale: 'en-US', role: 'staff', channel: 'staff' },
  { key: 'admin', name: '店长', role: 'admin', channel: 'staff' },
];

/** Customers beside the cast: nobody can be them, but what reaches many buyers reaches them. */
const CUSTOMERS = 50;

/** Builds the server in a local Discord that has none yet. @param shopLocale what most people there speak */
export function buildDemoWorld({ world }: LocalDiscord, shopLocale: Locale): DemoWorld {
  const users = new Map(parts.map(({ key, name, locale = shopLocale }) => [key, world.addUser({ name, locale })]));
  const admin = users.get('admin');
  if (!admin) throw new Error('the demo has no admin');
  const guild = world.addGuild({
    name: '说到做到市集',
    locale: shopLocale,
    owner: admin,
    botPermissions: ['viewChannel', 'sendMessages', 'createPrivateThreads', 'sendMessagesInThreads', 'attachFiles'],
  });
  const channels = {
    orders: world.addChannel(guild, { name: '订单' }).id,
    linji: world.addChannel(guild, { name: '林记茶铺' }).id,
    xiaoman: world.addChannel(guild, { name: '小满手作' }).id,
    staff: world.addChannel(guild, { name: '客服' }).id,
  };
  const staffRole = world.addRole(guild, { name: '客服' });
  for (const { key, role } of parts) {
    const user = users.get(key);
    if (user && role !== 'admin') world.addMember(guild, user, { roles: role === 'staff' ? [staffRole] : [] });
  }
  for (let number = 1; number <= CUSTOMERS; number++)
    world.addMember(guild, world.addUser({ name: `顾客${number}`, locale: shopLocale }));
  // Each shop's channel is for that merchant, the staff's for staff; the admin and the bot see all.
  const insiders = { linji: users.get('lin'), xiaoman: users.get('man'), staff: undefined };
  for (const [key, merchant] of Object.entries(insiders) as [keyof typeof insiders, typeof admin | undefined][]) {
    world.setChannelAccess(channels[key], 'hidden', guild.id);
    for (const who of [world.botId, staffRole.id, merchant?.id])
      if (who) world.setChannelAccess(channels[key], 'full', who);
  }
  const cast = parts.map(({ key, name, role, channel }): CastMember => {
    return { key, name, role, channelId: channels[channel], userId: users.get(key)?.id ?? '' };
  });
  return {
    guildId: guild.id,
    staffRoleId: staffRole.id,
    cast,
    channels,
    member: (key) => {
      const found = cast.find((person) => person.key === key);
      if (!found) throw new Error(`the demo has no ${key}`);
      return found;
    },
  };
}
