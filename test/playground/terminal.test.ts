// The conversation on what is piped in, or typed.
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { converse } from '../../src/playground/terminal/terminal.ts';

function conversation() {
  const heard: string[] = [];
  const handle = async (line: string) => {
    for (let turns = 0; turns < 5; turns++) await turn(); // an answer takes its time
    heard.push(line);
    return line !== 'quit';
  };
  return { heard, greet: () => undefined, prompt: '› ', handle };
}

it('answers each line also where all have come before the first is answered', async () => {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const talk = conversation();
  const quit = vi.fn();
  stdin.end('one\ntwo\nthree');
  await converse(() => talk, quit, { stdin, stdout });
  expect(talk.heard).toEqual(['one', 'two', 'three']);
  expect(String(stdout.read())).toBe('› › › › ');
  expect(quit).not.toHaveBeenCalled();
});

it.each(['quit\n', '\u0004'])('ends at a terminal with %j', async (typed) => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const quit = vi.fn();
  stdin.write(typed);
  await converse(() => conversation(), quit, { stdin, stdout: new PassThrough() });
  expect(quit).toHaveBeenCalledOnce();
});
