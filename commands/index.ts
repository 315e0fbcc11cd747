// Every command that is published and routed.
import type { Command } from '../src/discord/command.ts';
import { help } from './help.ts';
import { order } from './order.ts';
import { setup } from './setup.ts';
import { wallet } from './wallet.ts';

export const commands: readonly Command[] = [order, wallet, setup, help];
