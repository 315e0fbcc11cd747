// Which answers an interaction allows, and what Discord demands of suggestions and modals.
import { checkModalComponents, lengthOf } from './component-rules.ts';
import { withIds } from './component-tree.ts';
import { FormErrors } from './errors.ts';
import { type CommandChoice, InteractionType, type Json, type Modal, OptionType } from './types.ts';

/** The ways to answer (docs: interaction callback type). */
export const CallbackType = {
  pong: 1,
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

const allowed: Readonly<Record<InteractionType, readonly number[]>> = {
  [InteractionType.command]: [4, 5, 9],
  [InteractionType.component]: [4, 5, 6, 7, 9],
  [InteractionType.autocomplete]: [8],
  [InteractionType.modalSubmit]: [4, 5, 6, 7],
};

const maxChoiceText = 100;

/** The callback types allowed: updates only over a message, a modal never upon a modal. */
export function allowedAnswers(type: InteractionType, hasSource: boolean): readonly number[] {
  const updates: readonly number[] = [CallbackType.deferredUpdate, CallbackType.update];
  return allowed[type].filter((answer) => hasSource || !updates.includes(answer));
}

/** The suggestions of an autocomplete answer, whose values must fit the option being typed. */
export function checkedChoices(focusedType: number | null, data: Json): CommandChoice[] {
  const choices = (data.choices ?? []) as CommandChoice[];
  const errors = new FormErrors(['data']);
  const wantsText = focusedType === OptionType.string;
  for (const [index, { value }] of choices.entries()) {
    const path = ['choices', index, 'value'];
    if (wantsText !== (typeof value === 'string')) {
      const wanted = wantsText ? 'string' : 'int';
      errors.add(path, 'APPLICATION_COMMAND_AUTOCOMPLETE_VALUE_TYPE', `Value "${value}" is not ${wanted}.`);
    } else if (focusedType === OptionType.integer && !Number.isInteger(value)) {
      errors.add(path, 'NUMBER_TYPE_COERCE', `Value "${value}" is not int.`);
    } else if (typeof value === 'string' && (value === '' || lengthOf(value) > maxChoiceText)) {
      errors.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${maxChoiceText} in length.`);
    }
  }
  errors.throwIfAny();
  return choices;
}

/** The modal of an answer, its parts numbered. */
export function checkedModal(data: Json): Modal {
  const modal = data as unknown as Modal;
  const errors = new FormErrors(['data']);
  checkModalComponents(modal.components, errors);
  errors.throwIfAny();
  return { custom_id: modal.custom_id, title: modal.title, components: withIds(modal.components) };
}
