// Finds what answers a command, a button, a select or a form.
import { type Action, type Command, type Handler, onlyAction } from './command.ts';

export interface Registry {
  readonly commands: readonly Command[];
  action(command: string, action: string | undefined): Action | undefined;
  handler(tag: string): Handler | undefined;
}

/** @throws where two commands, or two kinds of button, share a name. */
export function createRegistry(commands: readonly Command[]): Registry {
  const actions = new Map<string, Action>();
  const handlers = new Map<string, Handler>();
  const put = <V>(map: Map<string, V>, name: string, value: V) => {
    if (map.has(name)) throw new Error(`two commands or components are called ${name}`);
    map.set(name, value);
  };
  for (const command of commands) {
    const only = onlyAction(command);
    if (only) put(actions, command.name, only);
    else for (const [name, action] of Object.entries(command.actions)) put(actions, `${command.name} ${name}`, action);
    for (const handler of command.handlers ?? []) put(handlers, handler.id.tag, handler);
  }
  return {
    commands,
    action: (command, action) => actions.get(action === undefined ? command : `${command} ${action}`),
    handler: (tag) => handlers.get(tag),
  };
}
