// A person's round picture: the first letter of the name on a colour of their own.
import type { JSX } from 'preact';

const COLOURS = 6;

export function Avatar({
  id,
  name,
  bot = false,
}: {
  readonly id: string;
  readonly name: string;
  readonly bot?: boolean;
}): JSX.Element {
  const colour = bot ? 'bot' : `c${[...id].reduce((sum, digit) => sum + Number(digit), 0) % COLOURS}`;
  return (
    <span class={`avatar ${colour}`} aria-hidden="true">
      {[...name][0]}
    </span>
  );
}
