// /help: what this person can do here.
import { helpFor } from '../src/app/help.ts';
import { action, type Command } from '../src/discord/command.ts';
import { show } from '../src/discord/reply.ts';
import { helpCard } from '../src/discord/views/help.ts';

export const help: Command = {
  name: 'help',
  actions: action({}, async (context) => show(helpCard(context, await helpFor(context.app, context.request)))),
};
