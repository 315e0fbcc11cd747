// Shows message components: Components V2 cards, rows of buttons, selects, pictures and files.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Component, ComponentType, type Message } from '../../local-discord/types.ts';
import { labelOf, type PickKind } from './candidates.ts';
import { Emojied } from './emoji.tsx';
import { FileBox, Picture } from './files.tsx';
import { Icon } from './icon.tsx';
import { Markdown } from './marks.tsx';
import { Picker, type PickerOption } from './picker.tsx';
import { type Scene, useScene } from './scene.ts';

const linkStyle = 5;
const styles: Readonly<Record<number, string>> = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link' };

/** What cannot be read from the shared shape, as it is on the wire. */
type Shown = Component & { readonly accent_color?: number | null; readonly spacing?: number };

/** How a component is used: nothing else happens on the message meanwhile. */
export interface Use {
  readonly busy: string | undefined;
  readonly press: (customId: string) => void;
  readonly select: (customId: string, values: readonly string[]) => void;
}

interface Props {
  readonly component: Shown;
  readonly message: Message;
  readonly use: Use;
}

/** What can be used is the same only while it does the same: the focus on it is never handed to another. */
const keyOf = ({ custom_id: customId, id }: Component, index: number) => customId ?? id ?? index;

export function Components({ of, ...rest }: Omit<Props, 'component'> & { readonly of: readonly Component[] }) {
  return (
    <>
      {of.map((component, index) => (
        <One key={keyOf(component, index)} {...rest} component={component} />
      ))}
    </>
  );
}

function One(props: Props): JSX.Element | null {
  const { component } = props;
  switch (component.type) {
    case ComponentType.container:
      return <Container {...props} />;
    case ComponentType.textDisplay:
      return <Markdown text={component.content ?? ''} />;
    case ComponentType.actionRow:
      return (
        <div class="row">
          <Components {...props} of={component.components ?? []} />
        </div>
      );
    case ComponentType.section:
      return (
        <div class="section">
          <div>
            <Components {...props} of={component.components ?? []} />
          </div>
          {component.accessory && (
            <One key={keyOf(component.accessory, 0)} {...props} component={component.accessory} />
          )}
        </div>
      );
    case ComponentType.separator:
      return component.divider === false ? <div class="gap" /> : <hr />;
    case ComponentType.thumbnail:
      return <Picture url={component.media?.url ?? ''} alt={component.description ?? ''} small />;
    case ComponentType.mediaGallery:
      return (
        <div class="gallery">
          {(component.items ?? []).map(({ media, description }) => (
            <Picture key={media.url} url={media.url} alt={description ?? ''} />
          ))}
        </div>
      );
    case ComponentType.file:
      return <FileBox url={component.file?.url ?? ''} name={component.name ?? ''} size={component.size ?? 0} />;
    case ComponentType.button:
      return <Button {...props} />;
    default:
      return <Select {...props} />;
  }
}

/** The coloured edge of a card, where it has one. @param colour 0xRRGGBB */
export function edgeOf(colour: number | null | undefined): JSX.CSSProperties {
  return colour == null ? {} : { borderLeftColor: `#${colour.toString(16).padStart(6, '0')}` };
}

function Container(props: Props): JSX.Element {
  const { accent_color: accent, components = [] } = props.component;
  return (
    <div class="card" style={edgeOf(accent)}>
      <Components {...props} of={components} />
    </div>
  );
}

/** Where the first press of a double click went: the second goes nowhere else, whatever has come to stand there. */
let pressed: EventTarget | undefined;

function Button({ component, use }: Props): JSX.Element {
  const { label, style = 2, url, disabled, emoji, custom_id: customId = '' } = component;
  const inside = (
    <>
      {emoji?.name && <Emojied text={`${emoji.name} `} />}
      <Emojied text={label ?? ''} />
    </>
  );
  if (style === linkStyle) {
    return (
      <a class="button link" href={url ?? '#'} target="_blank" rel="noreferrer noopener">
        {inside} <Icon of="outside" />
      </a>
    );
  }
  const busy = use.busy === customId;
  return (
    <button
      type="button"
      class={`button ${styles[style] ?? 'secondary'}${busy ? ' busy' : ''}`}
      disabled={disabled === true}
      // Not `disabled`: the focus is to be there still when it is done, or its form closed.
      aria-disabled={use.busy !== undefined}
      aria-busy={busy}
      onClick={({ currentTarget, detail }) => {
        if (use.busy !== undefined || (detail > 1 && pressed !== currentTarget)) return;
        pressed = currentTarget;
        use.press(customId);
      }}
    >
      <span>{inside}</span>
      {busy && <Dots />}
    </button>
  );
}

export function Dots(): JSX.Element {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}

export const kindsBySelect: Readonly<Record<number, readonly PickKind[]>> = {
  [ComponentType.userSelect]: ['user'],
  [ComponentType.roleSelect]: ['role'],
  [ComponentType.mentionableSelect]: ['user', 'role'],
  [ComponentType.channelSelect]: ['channel'],
};

/** What a select offers: its own options, or people, roles and channels. */
export function offered(select: Component, { candidates }: Scene): readonly PickerOption[] {
  const kinds = kindsBySelect[select.type];
  if (!kinds) return select.options ?? [];
  return candidates(kinds).map((one) => ({ value: one.id, label: labelOf(one) }));
}

function Select({ component, use }: Props): JSX.Element {
  const scene = useScene();
  const { custom_id: customId = '', options = [], placeholder, max_values: max, disabled } = component;
  const preset = options.filter((option) => option.default === true).map(({ value }) => value);
  const [picked, setPicked] = useState<readonly string[]>(preset);
  return (
    <Picker
      label={placeholder || scene.t('select_something')}
      placeholder={placeholder || scene.t('select_something')}
      options={offered(component, scene)}
      picked={picked}
      max={max ?? 1}
      disabled={disabled === true}
      busy={use.busy !== undefined}
      onPick={(values) => {
        setPicked(values);
        if (values.length > 0) use.select(customId, values);
        // The same thing may be picked again, as on Discord.
        setTimeout(() => setPicked(preset), 1500);
      }}
    />
  );
}
