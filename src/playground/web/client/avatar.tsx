// A person's round picture: the first letter of the name on a colour of their own.
import type { JSX } from 'preact';

const colours = 6;

/** By the name, which outlives a reset as ids do not. */
function colourOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 37 + (letter.codePointAt(0) ?? 0)) % 9973, 0) % colours;
}

export function Avatar({ name, bot = false }: { readonly name: string; readonly bot?: boolean }): JSX.Element {
  return (
    <span class={`avatar ${bot ? 'bot' : `c${colourOf(name)}`}`} aria-hidden="true">
      {[...name][0]}
    </span>
  );
}
