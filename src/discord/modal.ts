// Forms as raw Discord components.
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { clip, plainText } from '../i18n/markup.ts';

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

/** A form of one to five text fields. Title and labels are cut at 45 characters, hints at 100. */
export function modal(customId: string, title: string, fields: readonly TextField[]): ModalBody {
  return {
    custom_id: customId,
    title: clip(title, 45),
    components: fields.slice(0, 5).map((field) => ({
      type: 18,
      label: clip(field.label, 45),
      ...(field.hint && { description: clip(field.hint, 100) }),
      component: {
        type: 4,
        custom_id: field.id,
        style: field.multiline ? 2 : 1,
        required: field.required ?? true,
        max_length: field.maxLength ?? 200,
        ...(field.value && { value: plainText(field.value, field.maxLength ?? 200) }),
      },
    })),
  };
}
