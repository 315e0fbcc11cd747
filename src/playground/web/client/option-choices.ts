// What can be chosen for an option of a slash command, and what stands in it once something is chosen or typed.
import { type CommandChoice, type CommandOption, OptionType } from '../../local-discord/types.ts';
import { type Candidate, labelOf, type PickKind } from './candidates.ts';
import { fill, findChoices, isPicked, shownName } from './command-model.ts';
import type { Entry } from './draft.ts';

export interface OptionChoice {
  readonly label: string;
  readonly value: string | number | boolean;
}

/** What choices depend on beside the option. */
export interface ChoiceScene {
  readonly locale: string;
  readonly t: (word: 'yes' | 'no') => string;
  readonly candidates: (kinds: readonly PickKind[]) => readonly Candidate[];
}

const maxListed = 25;

const kindsByOption: Readonly<Record<number, readonly PickKind[]>> = {
  [OptionType.user]: ['user'],
  [OptionType.role]: ['role'],
  [OptionType.channel]: ['channel'],
  [OptionType.mentionable]: ['user', 'role'],
};

/** What can be chosen without asking the bot. */
function known(option: CommandOption, typed: string, { candidates, locale, t }: ChoiceScene): OptionChoice[] {
  const kinds = kindsByOption[option.type];
  const words = typed.replace(/^[@#]/, '').trim().toLowerCase();
  if (kinds) {
    return candidates(kinds)
      .map((one) => ({ label: labelOf(one), value: one.id }))
      .filter(({ label }) => label.toLowerCase().includes(words));
  }
  if (option.type === OptionType.boolean) {
    return [
      { label: t('yes'), value: true },
      { label: t('no'), value: false },
    ];
  }
  return findChoices(option, typed, locale).map((choice) => ({
    label: shownName(choice, locale),
    value: choice.value,
  }));
}

/** @param asked what the bot suggests, which comes after what is known here */
export function choicesFor(
  option: CommandOption,
  typed: string,
  asked: readonly CommandChoice[],
  scene: ChoiceScene,
): OptionChoice[] {
  const bot = asked.map((choice) => ({ label: shownName(choice, scene.locale), value: choice.value }));
  return [...known(option, typed, scene), ...bot].slice(0, maxListed);
}

/** What stands in the option once that is chosen: a text the bot suggests is shown as it is sent. */
export function chosenEntry(option: CommandOption, { label, value }: OptionChoice): Entry {
  return { text: isPicked(option) || typeof value !== 'string' ? label : value, value };
}

/** What stands in the option once that is typed; it has a value where the text stands for one. */
export function typedEntry(option: CommandOption, text: string, scene: ChoiceScene): Entry {
  const value = isPicked(option) ? exactly(option, text, scene) : fill(option, text, scene.locale)?.value;
  return { text, ...(value !== undefined && { value }) };
}

/** What a text typed out whole stands for. */
function exactly(option: CommandOption, text: string, scene: ChoiceScene): OptionChoice['value'] | undefined {
  const words = text.trim().toLowerCase();
  return known(option, text, scene).find(
    ({ label }) => label.toLowerCase() === words || label.slice(1).toLowerCase() === words,
  )?.value;
}

/** What Enter takes unless another is gone to: what stands in the option already, else the first. */
export function markedIn(choices: readonly OptionChoice[], entry: Entry | undefined): number {
  return Math.max(
    0,
    choices.findIndex(({ value }) => String(value) === String(entry?.value)),
  );
}

/** Options not added yet whose name, in either language, holds what is typed. */
export function findOptions(options: readonly CommandOption[], typed: string, locale: string): CommandOption[] {
  const words = typed.trim().toLowerCase();
  return options.filter((option) => `${option.name} ${shownName(option, locale)}`.includes(words));
}
