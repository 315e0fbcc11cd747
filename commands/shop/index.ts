// /shop: what a merchant does, one file for each part.
import type { Command } from '../../src/discord/command.ts';
import { due, dueHandlers } from './due.ts';
import { importFile } from './import.ts';
import { orderHandlers } from './order.ts';
import { delay, reportHandlers, stockout } from './report.ts';
import { ship } from './ship.ts';
import { restock, stock } from './stock.ts';

export const shop: Command = {
  name: 'shop',
  actions: { due, ship, delay, stockout, restock, stock, import: importFile },
  handlers: [...dueHandlers, ...orderHandlers, ...reportHandlers],
};
