// What a person picks in a select, checked and resolved as Discord's client does.
import { type Component, ComponentType } from '../types.ts';
import { ClientRefusal } from './client-refusal.ts';
import { type OptionContext, resolveRef } from './options.ts';

const kindsBySelect: Readonly<Record<number, readonly ('user' | 'role' | 'channel')[]>> = {
  [ComponentType.userSelect]: ['user'],
  [ComponentType.roleSelect]: ['role'],
  [ComponentType.mentionableSelect]: ['user', 'role'],
  [ComponentType.channelSelect]: ['channel'],
};

/** The values picked, by value or by label; without `picked`, what is selected by default. */
export function pickValues(context: OptionContext, select: Component, picked?: readonly string[]): string[] {
  const name = select.custom_id ?? '';
  const options = select.options ?? [];
  const wanted = picked ?? options.filter((option) => option.default === true).map((option) => option.value);
  const min = wanted.length === 0 && select.required === false ? 0 : (select.min_values ?? 1);
  const max = select.max_values ?? (select.type === ComponentType.checkboxGroup ? options.length : 1);
  if (wanted.length < min || wanted.length > max) {
    const message = `"${name}" takes ${min} to ${max} values, not ${wanted.length}`;
    throw new ClientRefusal(message, 'how_many', { min, max });
  }
  const kinds = kindsBySelect[select.type];
  if (kinds !== undefined) return wanted.map((id) => resolveRef(context, kinds, id, select));
  return wanted.map((value) => {
    const option = options.find((candidate) => candidate.value === value || candidate.label === value);
    if (option === undefined) throw new ClientRefusal(`"${value}" is not one of the options of "${name}"`);
    return option.value;
  });
}
