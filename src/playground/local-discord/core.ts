// The parts of the local Discord that its endpoints and its people work with.
import type { Attachments } from './attachments.ts';
import type { CommandRegistry } from './command-registry.ts';
import type { Dispatch } from './dispatch.ts';
import type { Hub } from './hub.ts';
import type { Interactions } from './interactions.ts';
import type { Messages } from './messages.ts';
import type { Snowflake } from './snowflake.ts';
import type { World } from './world.ts';

export interface Core {
  readonly token: string;
  readonly applicationId: Snowflake;
  readonly world: World;
  readonly messages: Messages;
  readonly commands: CommandRegistry;
  readonly interactions: Interactions;
  readonly attachments: Attachments;
  readonly hub: Hub;
  readonly dispatch: Dispatch;
  readonly gatewayUrl: () => string;
  /** UTC epoch milliseconds. */
  readonly now: () => number;
}
