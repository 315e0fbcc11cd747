// Shows Discord's markdown.
import type { ComponentChildren, JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { formatTimestamp } from '../../local-discord/timestamp.ts';
import { Emojied } from './emoji.tsx';
import { type Node, parseMarkdown } from './markdown.ts';
import { Pre } from './pre.tsx';
import { useScene, useTick } from './scene.ts';

/** A text as Discord shows it. */
export function Markdown({ text }: { readonly text: string }): JSX.Element {
  const nodes = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div class="markdown">
      <Nodes of={nodes} />
    </div>
  );
}

function Nodes({ of }: { readonly of: readonly Node[] }): JSX.Element {
  return (
    <>
      {of.map((node, index) => (
        <One key={index} node={node} />
      ))}
    </>
  );
}

function One({ node }: { readonly node: Node }): JSX.Element {
  switch (node.kind) {
    case 'text':
      return <Emojied text={node.text} />;
    case 'break':
      return <br />;
    case 'code':
      return <code>{node.text}</code>;
    case 'block':
      return <Pre>{node.text}</Pre>;
    case 'emoji':
      return <>{node.text}</>;
    case 'command':
      return <Command path={node.text} />;
    case 'time':
      return <Time seconds={node.seconds} style={node.style} />;
    case 'mention':
      return <Mention of={node.of} id={node.id} />;
    case 'link':
      return (
        <a href={node.address} target="_blank" rel="noreferrer noopener">
          <Nodes of={node.inside} />
        </a>
      );
    case 'item':
      return (
        <div class={`item depth-${node.depth}`}>
          <span class="bullet">{node.bullet}</span>
          <span>
            <Nodes of={node.inside} />
          </span>
        </div>
      );
    case 'heading':
      return (
        <div class={`heading h${node.level}`}>
          <Nodes of={node.inside} />
        </div>
      );
    default:
      return (
        <Marked kind={node.kind}>
          <Nodes of={node.inside} />
        </Marked>
      );
  }
}

function Marked({ kind, children }: { readonly kind: string; readonly children: ComponentChildren }): JSX.Element {
  switch (kind) {
    case 'bold':
      return <strong>{children}</strong>;
    case 'italic':
      return <em>{children}</em>;
    case 'underline':
      return <u>{children}</u>;
    case 'strike':
      return <s>{children}</s>;
    case 'quote':
      return <blockquote>{children}</blockquote>;
    case 'small':
      return <small class="subtext">{children}</small>;
    default:
      return <Spoiler>{children}</Spoiler>;
  }
}

function Spoiler({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <button type="button" class={open ? 'spoiler open' : 'spoiler'} aria-expanded={open} onClick={() => setOpen(true)}>
      {children}
    </button>
  );
}

function Time({ seconds, style }: { readonly seconds: number; readonly style: string }): JSX.Element {
  const { locale, now } = useScene();
  useTick();
  const at = seconds * 1000;
  return (
    <time title={formatTimestamp(at, 'F', { locale, now: now() })}>
      {formatTimestamp(at, style, { locale, now: now() })}
    </time>
  );
}

function Mention({ of, id }: { readonly of: 'person' | 'role' | 'channel'; readonly id: string }): JSX.Element {
  const { nameOf, goTo, me } = useScene();
  if (of !== 'channel') return <span class={id === me ? 'mention me' : 'mention'}>@{nameOf(id)}</span>;
  return (
    <button type="button" class="mention" onClick={() => goTo(id)}>
      #{nameOf(id)}
    </button>
  );
}

function Command({ path }: { readonly path: string }): JSX.Element {
  const { fillIn } = useScene();
  return (
    <button type="button" class="mention" onClick={() => fillIn(path)}>
      {path}
    </button>
  );
}
