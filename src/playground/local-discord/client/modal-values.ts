// What a person fills into a modal, checked as Discord's client does, in the form the bot receives.
import { lengthOf } from '../component-rules.ts';
import { walkComponents } from '../component-tree.ts';
import { type Component, ComponentType, type FileBytes, type Json, type Modal } from '../types.ts';
import { ClientRefusal } from './client-refusal.ts';
import { attach, fileOf, type OptionContext } from './options.ts';
import { pickValues } from './select-values.ts';

/** Values by custom id or label: text for a text field, one or more values for a select, files for an upload, yes/no for a box. */
export type ModalValues = Readonly<
  Record<string, string | boolean | readonly string[] | FileBytes | readonly FileBytes[]>
>;

type Value = ModalValues[string] | undefined;

const maxText = 4000;

/** The `components` of a modal submission. */
export function fillModal(context: OptionContext, modal: Modal, values: ModalValues): Json[] {
  const labels = labelsOf(modal);
  for (const name of Object.keys(values)) {
    if (![...labels].some(([field, label]) => field.custom_id === name || label === name)) {
      throw new ClientRefusal(`The form has no field "${name}"`);
    }
  }
  const filled = (field: Component): Json => {
    const label = labels.get(field) ?? '';
    return fill(context, field, values[field.custom_id ?? ''] ?? values[label], label);
  };
  return modal.components.map((component) => {
    const base = { type: component.type, id: component.id };
    if (component.type === ComponentType.actionRow) {
      return { ...base, components: (component.components ?? []).map(filled) };
    }
    if (component.component === undefined) return base;
    return { ...base, component: filled(component.component) };
  });
}

function labelsOf(modal: Modal): Map<Component, string> {
  const labels = new Map<Component, string>();
  for (const { component } of walkComponents(modal.components)) {
    if (component.component !== undefined) labels.set(component.component, component.label ?? '');
    else if (component.type === ComponentType.textInput && !labels.has(component)) {
      labels.set(component, component.label ?? '');
    }
  }
  return labels;
}

function fill(context: OptionContext, field: Component, value: Value, label: string): Json {
  const base = { type: field.type, id: field.id, custom_id: field.custom_id };
  switch (field.type) {
    case ComponentType.textInput:
      return { ...base, value: typed(field, value, label) };
    case ComponentType.fileUpload:
      return { ...base, values: uploaded(context, field, value) };
    case ComponentType.checkbox:
      return { ...base, value: value === undefined ? (field.default ?? false) : value === true };
    case ComponentType.radioGroup: {
      const [picked] = pickValues(context, { ...field, max_values: 1 }, listOf(value));
      return { ...base, value: picked ?? null };
    }
    default:
      return { ...base, values: pickValues(context, field, listOf(value)) };
  }
}

function typed(field: Component, value: Value, label: string): string {
  const name = label || (field.custom_id ?? '');
  const text = value ?? field.value ?? '';
  if (typeof text !== 'string') throw new ClientRefusal(`"${field.custom_id}" is a text`);
  if (text === '' && field.required !== false) {
    throw new ClientRefusal(`"${field.custom_id}" is required`, 'needed', { name });
  }
  const [min, max] = [field.min_length ?? 0, field.max_length ?? maxText];
  const length = lengthOf(text);
  if (length > max || (length < min && text !== '')) {
    const bounds = { min: Math.max(min, 1), max };
    throw new ClientRefusal(`"${field.custom_id}" must be ${min} to ${max} characters long`, 'length', {
      name,
      ...bounds,
    });
  }
  return text;
}

function uploaded(context: OptionContext, field: Component, value: Value): string[] {
  const files = value === undefined ? [] : [value].flat().map((file) => fileOf(field.custom_id ?? '', file));
  const min = field.min_values ?? (field.required === false ? 0 : 1);
  const max = field.max_values ?? 1;
  if (files.length < min || files.length > max) {
    throw new ClientRefusal(`"${field.custom_id}" takes ${min} to ${max} files`);
  }
  return files.map((file) => attach(context, file));
}

function listOf(value: Value): string[] | undefined {
  return value === undefined ? undefined : [value].flat().map(String);
}
