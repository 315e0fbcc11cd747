// Holds a conversation on the process's own terminal, or on whatever is piped into it.
import { createInterface } from 'node:readline';
import type { Conversation } from './conversation.ts';
import type { Screen } from './screen.ts';

/**
 * Reads lines until `quit` (then calls `quit`) or the end of the input (then only the conversation ends).
 * @param current the conversation to be held on the screen given; another one once the demo has been opened anew
 */
export async function converse(current: (screen: Screen) => Conversation, quit: () => void): Promise<void> {
  const input = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY === true,
  });
  const lines = input[Symbol.asyncIterator]();
  input.on('SIGINT', quit);
  const ask = async (prompt: string) => {
    input.setPrompt(prompt);
    input.prompt(true);
    const { value, done } = await lines.next();
    return done ? undefined : String(value);
  };
  const screen: Screen = { print: (text) => process.stdout.write(`${text}\n`), ask };
  current(screen).greet();
  for (;;) {
    const line = await ask(current(screen).prompt);
    if (line === undefined) return;
    if (!(await current(screen).handle(line))) return quit();
  }
}
