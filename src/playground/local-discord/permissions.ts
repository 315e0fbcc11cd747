// Discord's permission bits, and who may do what in a channel (roles, then the channel's overwrites).
import type { Snowflake } from './snowflake.ts';

export const Permission = {
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useApplicationCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  createPublicThreads: 1n << 35n,
  createPrivateThreads: 1n << 36n,
  sendMessagesInThreads: 1n << 38n,
} as const;

export type PermissionName = keyof typeof Permission;

export const allPermissions = (1n << 53n) - 1n;

/** What everyone may do in a fresh server: read, write, use commands, open threads. */
export const everyonePermissions = permissionBits([
  'viewChannel',
  'sendMessages',
  'embedLinks',
  'attachFiles',
  'readMessageHistory',
  'useApplicationCommands',
  'createPublicThreads',
  'createPrivateThreads',
  'sendMessagesInThreads',
]);

export function permissionBits(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | Permission[name], 0n);
}

/** An exception for a role or a member in one channel. */
export interface Overwrite {
  readonly id: Snowflake;
  /** 0 role, 1 member */
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface PermissionInput {
  readonly guildId: Snowflake;
  readonly isOwner: boolean;
  readonly userId: Snowflake;
  readonly roleIds: readonly Snowflake[];
  readonly rolePermissions: (roleId: Snowflake) => bigint;
  readonly overwrites: readonly Overwrite[];
}

/** The permissions of one member, in a channel when its overwrites are given (docs: topics/permissions, the overwrite order). */
export function computePermissions(input: PermissionInput): bigint {
  if (input.isOwner) return allPermissions;
  let bits = input.rolePermissions(input.guildId);
  for (const roleId of input.roleIds) bits |= input.rolePermissions(roleId);
  if ((bits & Permission.administrator) !== 0n) return allPermissions;
  const apply = (overwrites: readonly Overwrite[]): void => {
    const deny = overwrites.reduce((sum, overwrite) => sum | overwrite.deny, 0n);
    const allow = overwrites.reduce((sum, overwrite) => sum | overwrite.allow, 0n);
    bits = (bits & ~deny) | allow;
  };
  apply(input.overwrites.filter((overwrite) => overwrite.type === 0 && overwrite.id === input.guildId));
  apply(input.overwrites.filter((overwrite) => overwrite.type === 0 && input.roleIds.includes(overwrite.id)));
  apply(input.overwrites.filter((overwrite) => overwrite.type === 1 && overwrite.id === input.userId));
  return bits;
}
