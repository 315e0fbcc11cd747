// Who a message mentions: what its text says, as far as `allowed_mentions` lets it.
import { walkComponents } from './component-tree.ts';
import type { Channel } from './entities.ts';
import type { AllowedMentions } from './message-rules.ts';
import { Permission } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import type { Component, User } from './types.ts';
import { userJson } from './wire.ts';
import type { World } from './world.ts';

type Kind = 'users' | 'roles' | 'everyone';

const allKinds: readonly Kind[] = ['users', 'roles', 'everyone'];

function idsIn(text: string, pattern: RegExp): Snowflake[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];
}

function permitted(
  ids: readonly Snowflake[],
  kind: 'users' | 'roles',
  parse: readonly Kind[],
  listed?: readonly string[] | null,
): Snowflake[] {
  return parse.includes(kind) ? [...ids] : ids.filter((id) => listed?.includes(id) === true);
}

/** The mention fields of a message; `fallback` is what counts when the body has no `allowed_mentions`. */
export function mentionsIn(
  world: World,
  channel: Channel,
  { content, components }: { content: string; components: readonly Component[] },
  allowed?: AllowedMentions | null,
  fallback: readonly Kind[] = allKinds,
): { mentions: User[]; mention_roles: Snowflake[]; mention_everyone: boolean } {
  const shown = [...walkComponents(components)].map(({ component }) => component.content ?? '');
  const text = [content, ...shown].join('\n');
  const parse = allowed == null ? fallback : (allowed.parse ?? []);
  const users = permitted(idsIn(text, /<@!?(\d+)>/g), 'users', parse, allowed?.users);
  const roles = permitted(idsIn(text, /<@&(\d+)>/g), 'roles', parse, allowed?.roles);
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
  const mayEveryone =
    guild !== undefined && (world.permissionsOf(guild.id, world.botId, channel) & Permission.mentionEveryone) !== 0n;
  return {
    mentions: users.flatMap((id) => {
      const user = world.users.get(id);
      return user === undefined ? [] : [userJson(user)];
    }),
    mention_roles: roles.filter((id) => guild?.roles.has(id) === true),
    mention_everyone: mayEveryone && parse.includes('everyone') && /@(?:everyone|here)\b/.test(text),
  };
}
