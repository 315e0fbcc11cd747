// Walks over nested components: every one with the path to it, in the order they are shown.
import { type Component, ComponentType } from './types.ts';

export interface Placed {
  readonly component: Component;
  readonly path: readonly (string | number)[];
}

/** Each component and those inside it, depth first; a section's accessory comes after its texts. */
export function* walkComponents(
  components: readonly Component[],
  path: readonly (string | number)[] = ['components'],
): Generator<Placed> {
  for (const [index, component] of components.entries()) yield* walkOne(component, [...path, index]);
}

function* walkOne(component: Component, path: readonly (string | number)[]): Generator<Placed> {
  yield { component, path };
  if (component.components !== undefined) yield* walkComponents(component.components, [...path, 'components']);
  if (component.component !== undefined) yield* walkOne(component.component, [...path, 'component']);
  if (component.accessory !== undefined) yield* walkOne(component.accessory, [...path, 'accessory']);
}

const selects: readonly number[] = [
  ComponentType.stringSelect,
  ComponentType.userSelect,
  ComponentType.roleSelect,
  ComponentType.mentionableSelect,
  ComponentType.channelSelect,
];

export function isSelect(component: Component): boolean {
  return selects.includes(component.type);
}

/** Buttons and selects in the order they are shown: how a person may name them by number, from 1. */
export function interactiveComponents(components: readonly Component[]): Component[] {
  return [...walkComponents(components)]
    .map(({ component }) => component)
    .filter((component) => component.type === ComponentType.button || isSelect(component));
}

/** A copy in which every component has an `id`, as Discord numbers those that came without. */
export function withIds(components: readonly Component[]): Component[] {
  const copy = structuredClone([...components]);
  const all = [...walkComponents(copy)].map(({ component }) => component);
  const taken = new Set(all.map((component) => component.id).filter((id) => id != null && id !== 0));
  let next = 1;
  for (const component of all) {
    if (component.id != null && component.id !== 0) continue;
    while (taken.has(next)) next += 1;
    component.id = next;
    taken.add(next);
  }
  return copy;
}
