// Asks for the fields of a form one by one.
import type { Texts } from '../../i18n/texts.ts';
import { isSelect, walkComponents } from '../local-discord/component-tree.ts';
import { type Component, ComponentType, type Modal } from '../local-discord/types.ts';
import type { Screen } from './screen.ts';

/** The values by field id; undefined when the typing stopped half-way. */
export async function fillForm(modal: Modal, t: Texts, screen: Screen): Promise<Record<string, string> | undefined> {
  screen.print(modal.title);
  const values: Record<string, string> = {};
  for (const { field, label } of fieldsOf(modal)) {
    const answer = isSelect(field) ? await pick(field, label, t, screen) : await type(field, label, t, screen);
    if (answer === undefined) return undefined;
    if (answer !== '') values[field.custom_id ?? ''] = answer;
  }
  return values;
}

function fieldsOf(modal: Modal): { field: Component; label: string }[] {
  const labels = new Map<Component, string>();
  for (const { component } of walkComponents(modal.components)) {
    if (component.component) labels.set(component.component, component.label ?? '');
    else if (component.type === ComponentType.textInput && !labels.has(component))
      labels.set(component, component.label ?? '');
  }
  return [...labels].map(([field, label]) => ({ field, label }));
}

async function type(field: Component, label: string, t: Texts, screen: Screen): Promise<string | undefined> {
  const typed = await screen.ask(
    t.plain(field.required === false ? 'playground.field_optional' : 'playground.field', { label }),
  );
  return typed === undefined ? undefined : typed.trim() || field.value || '';
}

async function pick(field: Component, label: string, t: Texts, screen: Screen): Promise<string | undefined> {
  const options = field.options ?? [];
  screen.print(options.map((option, index) => `  ${index + 1} ${option.label}`).join('\n'));
  for (;;) {
    const typed = (await screen.ask(t.plain('playground.choose', { label }).concat(' ')))?.trim();
    if (typed === undefined) return undefined;
    const picked = options[Number(typed) - 1] ?? options.find((option) => typed !== '' && option.label.includes(typed));
    if (picked || (typed === '' && field.required === false)) return picked?.value ?? '';
  }
}
