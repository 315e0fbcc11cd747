// Small drawings for buttons: signs that not every machine's fonts have.
import type { JSX } from 'preact';

const paths = {
  menu: 'M3 6h18M3 12h18M3 18h18',
  send: 'M4 12h15M13 6l6 6-6 6',
  reply: 'M9 6l-6 6 6 6M3 12h11a6 6 0 0 1 6 6v1',
  thread: 'M6 4v8a4 4 0 0 0 4 4h8M14 12l4 4-4 4',
  outside: 'M7 17L17 7M9 7h8v8',
  eye: 'M2 12s4-6 10-6 10 6 10 6-4 6-10 6S2 12 2 12zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
} as const;

export function Icon({ of }: { readonly of: keyof typeof paths }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[of]} />
    </svg>
  );
}
