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
  readonly shopNames: Readonly<Record<'linji' | 'xiaoman', string>>;
}

/** What something is called in a shop of each language. */
type Named = Readonly<Record<Locale, string>>;
const named = (zh: string, en: string): Named => ({ 'zh-CN': zh, 'en-US': en });

interface Part {
  readonly key: string;
  readonly name: Named;
  readonly role: CastMember['role'];
  readonly channel: keyof DemoWorld['channels'];
}

const market = named('说到做到市集', 'Good Word Market');
const channelNames = {
  orders: named('订单', 'orders'),
  linji: named('林记茶铺', 'lin-tea'),
  xiaoman: named('小满手作', 'man-crafts'),
  staff: named('客服', 'staff'),
} as const;
const shops = { linji: named('林记茶铺', "Lin's Tea"), xiaoman: named('小满手作', "Man's Crafts") } as const;
const customer = named('顾客', 'Customer ');

const parts: readonly Part[] = [
  { key: 'wang', name: named('小王', 'Wang'), role: 'buyer', channel: 'orders' },
  { key: 'anna', name: named('Anna', 'Anna'), role: 'buyer', channel: 'orders' },
  { key: 'lin', name: named('林老板', 'Lin'), role: 'merchant', channel: 'linji' },
  { key: 'man', name: named('满姐', 'Man'), role: 'merchant', channel: 'xiaoman' },
  { key: 'qing', name: named('阿清', 'Qing'), role: 'staff', channel: 'staff' },
  { key: 'sam', name: named('Sam', 'Sam'), role: 'staff', channel: 'staff' },
  { key: 'admin', name: named('店长', 'Manager'), role: 'admin', channel: 'staff' },
];

/** Customers beside the cast: nobody can be them, but what reaches many buyers reaches them. */
const customers = 50;

/** Builds the server in a local Discord that has none yet. @param locale what people there speak, and are called in */
export function buildDemoWorld({ world }: LocalDiscord, locale: Locale): DemoWorld {
  const users = new Map(parts.map(({ key, name }) => [key, world.addUser({ name: name[locale], locale })]));
  const admin = users.get('admin');
  if (!admin) throw new Error('the demo has no admin');
  const guild = world.addGuild({
    name: market[locale],
    locale,
    owner: admin,
    botPermissions: ['viewChannel', 'sendMessages', 'createPrivateThreads', 'sendMessagesInThreads', 'attachFiles'],
  });
  const channels = {
    orders: world.addChannel(guild, { name: channelNames.orders[locale] }).id,
    linji: world.addChannel(guild, { name: channelNames.linji[locale] }).id,
    xiaoman: world.addChannel(guild, { name: channelNames.xiaoman[locale] }).id,
    staff: world.addChannel(guild, { name: channelNames.staff[locale] }).id,
  };
  const staffRole = world.addRole(guild, { name: channelNames.staff[locale] });
  for (const { key, role } of parts) {
    const user = users.get(key);
    if (user && role !== 'admin') world.addMember(guild, user, { roles: role === 'staff' ? [staffRole] : [] });
  }
  for (let number = 1; number <= customers; number++)
    world.addMember(guild, world.addUser({ name: `${customer[locale]}${number}`, locale }));
  // Each shop's channel is for that merchant, the staff's for staff; the admin and the bot see all.
  const insiders = { linji: users.get('lin'), xiaoman: users.get('man'), staff: undefined };
  for (const [key, merchant] of Object.entries(insiders) as [keyof typeof insiders, typeof admin | undefined][]) {
    world.setChannelAccess(channels[key], 'hidden', guild.id);
    for (const who of [world.botId, staffRole.id, merchant?.id])
      if (who) world.setChannelAccess(channels[key], 'full', who);
  }
  const cast = parts.map(({ key, name, role, channel }): CastMember => {
    return { key, name: name[locale], role, channelId: channels[channel], userId: users.get(key)?.id ?? '' };
  });
  return {
    guildId: guild.id,
    staffRoleId: staffRole.id,
    cast,
    channels,
    shopNames: { linji: shops.linji[locale], xiaoman: shops.xiaoman[locale] },
    member: (key) => {
      const found = cast.find((person) => person.key === key);
      if (!found) throw new Error(`the demo has no ${key}`);
      return found;
    },
  };
}
