// Holds a conversation on the process's own terminal, or on whatever is piped into it.
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Conversation } from './conversation.ts';
import type { Screen } from './screen.ts';

/**
 * Reads lines until `quit` (then calls `quit`) or the end of the input: at a terminal that is `quit` too (Ctrl+D), of what is
 * piped in only the conversation ends.
 * @param current the conversation to be held on the screen given; another one once the demo has been opened anew
 */
export async function converse(
  current: (screen: Screen) => Pick<Conversation, 'greet' | 'prompt' | 'handle'>,
  quit: () => void,
  { stdin, stdout }: { readonly stdin: Readable & { isTTY?: boolean }; readonly stdout: Writable } = process,
): Promise<void> {
  const input = createInterface({ input: stdin, output: stdout, terminal: stdin.isTTY === true });
  const lines = input[Symbol.asyncIterator]();
  let hasEnded = false;
  input.on('close', () => {
    hasEnded = true;
  });
  input.on('SIGINT', quit);
  const ask = async (prompt: string) => {
    // What was piped in may all have come, and its lines be still to answer: then there is nothing left to prompt.
    if (hasEnded) stdout.write(prompt);
    else {
      input.setPrompt(prompt);
      input.prompt(true);
    }
    const { value, done } = await lines.next();
    return done ? undefined : String(value);
  };
  const screen: Screen = { print: (text) => stdout.write(`${text}\n`), ask };
  current(screen).greet();
  for (;;) {
    const line = await ask(current(screen).prompt);
    if (line === undefined) return stdin.isTTY ? quit() : undefined;
    if (!(await current(screen).handle(line))) return quit();
  }
}
