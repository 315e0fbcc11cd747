// Every command that is published and routed.
import type { Command } from '../src/discord/command.ts';
import { caseCommand } from './case.ts';
import { compensate } from './compensate.ts';
import { help } from './help.ts';
import { order } from './order.ts';
import { policy } from './policy.ts';
import { setup } from './setup.ts';
import { shop } from './shop/index.ts';
import { wallet } from './wallet.ts';

export const commands: readonly Command[] = [order, wallet, shop, compensate, caseCommand, policy, setup, help];
