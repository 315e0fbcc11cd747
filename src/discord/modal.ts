// Forms as raw Discord components.
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { clip, plainText } from '../i18n/markup.ts';
import type { Choice } from './card.ts';

export type ModalBody = APIModalInteractionResponseCallbackData;

export interface TextField {
  /** How the handler finds what was typed. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly multiline?: boolean;
  readonly value?: string;
}

/** One of a few fixed values. The handler finds the value chosen under `id`, and nothing where none was. */
export interface ChoiceField {
  readonly id: string;
  readonly label: string;
  readonly required?: boolean;
  /** One to 25; further ones are left out. */
  readonly choices: readonly Choice[];
}

export type FormField = TextField | ChoiceField;
type LabelComponent = Extract<ModalBody['components'][number], { type: 18 }>['component'];

function textComponent(field: TextField): LabelComponent {
  return {
    type: 4,
    custom_id: field.id,
    style: field.multiline ? 2 : 1,
    required: field.required ?? true,
    max_length: field.maxLength ?? 200,
    ...(field.value && { value: plainText(field.value, field.maxLength ?? 200) }),
  };
}

function choiceComponent(field: ChoiceField): LabelComponent {
  return {
    type: 3,
    custom_id: field.id,
    required: field.required ?? true,
    options: field.choices.slice(0, 25).map((choice) => ({
      value: choice.value,
      label: plainText(choice.label, 100) || '–',
      ...(choice.description && { description: plainText(choice.description, 100) }),
    })),
  };
}

/** A form of one to five fields. Title and labels are cut at 45 characters, hints at 100. */
export function modal(customId: string, title: string, fields: readonly FormField[]): ModalBody {
  return {
    custom_id: customId,
    title: clip(title, 45),
    components: fields.slice(0, 5).map((field) => ({
      type: 18,
      label: clip(field.label, 45),
      ...('hint' in field && field.hint && { description: clip(field.hint, 100) }),
      component: 'choices' in field ? choiceComponent(field) : textComponent(field),
    })),
  };
}
