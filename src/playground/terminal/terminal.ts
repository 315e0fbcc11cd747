// Holds a conversation on the process's own terminal, or on whatever is piped into it.
import { createInterface } from 'node:readline';
import type { Conversation } from './conversation.ts';
import type { Screen } from './screen.ts';

/**
 * Reads lines until `quit` (then calls `quit`) or the end of the input (then only the conversation ends).
 * @param open makes the conversation on the screen given
 */
export async function converse(open: (screen: Screen) => Conversation, quit: () => void): Promise<void> {
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
  const conversation = open({ print: (text) => process.stdout.write(`${text}\n`), ask });
  conversation.greet();
  for (;;) {
    const line = await ask(conversation.prompt);
    if (line === undefined) return;
    if (!(await conversation.handle(line))) return quit();
  }
}
