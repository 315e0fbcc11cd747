// Text as it stands, which scrolls where it is long.
import type { ComponentChildren, JSX } from 'preact';

export function Pre({ children, kind }: { readonly children: ComponentChildren; readonly kind?: string }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre class={kind} tabIndex={0}>
      {children}
    </pre>
  );
}
