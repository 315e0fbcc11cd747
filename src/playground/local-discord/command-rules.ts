// What Discord demands of command definitions beyond the schema: names, order, sizes, uniqueness.
import { lengthOf } from './component-rules.ts';
import { FormErrors } from './errors.ts';
import { type Command, type CommandChoice, type CommandOption, type Localizations, OptionType } from './types.ts';

/** docs: interactions/application-commands, "Application Command Naming". */
const validName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const maxSize = 8000;
const maxChoiceText = 100;
const chatInput = 1;

/** docs: reference, "Locales". */
export const locales: readonly string[] =
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  );

export type CommandBody = Partial<Omit<Command, 'default_member_permissions'>> & {
  name: string;
  default_member_permissions?: string | number | null;
};

type Path = readonly (string | number)[];

/** Adds to `errors` everything Discord would refuse in one definition that stands at `path` in the request. */
export function checkCommand(command: CommandBody, path: Path, errors: FormErrors): void {
  const isChat = (command.type ?? chatInput) === chatInput;
  if (isChat) {
    checkNames(command, path, errors);
    if (!command.description) errors.required([...path, 'description']);
    checkOptions(command.options ?? [], path, errors);
  } else {
    if (command.description) {
      errors.add(
        [...path, 'description'],
        'APPLICATION_COMMAND_DESCRIPTION_FORBIDDEN',
        'Context menu commands cannot have description',
      );
    }
    if ((command.options ?? []).length > 0) {
      errors.add(
        [...path, 'options'],
        'APPLICATION_COMMAND_OPTIONS_FORBIDDEN',
        'Context menu commands cannot have options',
      );
    }
  }
  checkLocales(command.description_localizations, [...path, 'description_localizations'], errors);
  if (sizeOf(command) > maxSize) {
    errors.add(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${maxSize})`);
  }
}

/** Checks a whole list, and that no two commands of a kind share a name. */
export function checkCommandList(commands: readonly CommandBody[]): void {
  const errors = new FormErrors();
  const seen = new Set<string>();
  const perType = new Map<number, number>();
  for (const [index, command] of commands.entries()) {
    checkCommand(command, [index], errors);
    const type = command.type ?? chatInput;
    const key = `${type}:${command.name}`;
    if (seen.has(key)) {
      errors.add([index], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    }
    seen.add(key);
    perType.set(type, (perType.get(type) ?? 0) + 1);
  }
  for (const [type, count] of perType) {
    const most = type === chatInput ? 100 : 15;
    if (count > most) {
      errors.add([], 'APPLICATION_COMMANDS_MAX_COUNT', `Maximum number of application commands reached (${most}).`);
    }
  }
  errors.throwIfAny();
}

function checkNames(named: { name: string; name_localizations?: Localizations }, path: Path, errors: FormErrors): void {
  const check = (name: string, place: Path): void => {
    if (!validName.test(name) || name !== name.toLowerCase()) {
      errors.add(place, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    }
  };
  check(named.name, [...path, 'name']);
  const place = [...path, 'name_localizations'];
  checkLocales(named.name_localizations, place, errors);
  for (const [locale, name] of Object.entries(named.name_localizations ?? {})) check(name, [...place, locale]);
}

function checkLocales(localizations: Localizations | undefined, path: Path, errors: FormErrors): void {
  for (const locale of Object.keys(localizations ?? {})) {
    if (!locales.includes(locale)) {
      errors.add([...path, locale], 'BASE_TYPE_CHOICES', `Value must be one of (${locales.join(', ')}).`);
    }
  }
}

function isBranch(option: CommandOption): boolean {
  return option.type === OptionType.subcommand || option.type === OptionType.subcommandGroup;
}

function checkOptions(options: readonly CommandOption[], path: Path, errors: FormErrors): void {
  const names = new Set<string>();
  let sawOptional = false;
  const mixed = options.some(isBranch) && !options.every(isBranch);
  for (const [index, option] of options.entries()) {
    const place = [...path, 'options', index];
    checkOption(option, place, errors);
    if (names.has(option.name)) {
      const message = `Option name ${option.name} is already used in these options`;
      errors.add(place, 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', message);
    }
    names.add(option.name);
    if (mixed && !isBranch(option)) {
      const message = 'Sub-command and sub-command group option types are mutually exclusive to all other types';
      errors.add(place, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message);
    }
    if (option.required === true && sawOptional) {
      const message = 'Required options must be placed before non-required options';
      errors.add(place, 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
    }
    if (option.required !== true) sawOptional = true;
  }
}

function checkOption(option: CommandOption, path: Path, errors: FormErrors): void {
  checkNames(option, path, errors);
  checkLocales(option.description_localizations, [...path, 'description_localizations'], errors);
  checkChoices(option.choices ?? [], path, errors);
  if (option.autocomplete === true && (option.choices ?? []).length > 0) {
    const message = 'Autocomplete cannot be used together with choices';
    errors.add([...path, 'autocomplete'], 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID', message);
  }
  for (const [low, high, name] of [
    [option.min_value, option.max_value, 'min_value'],
    [option.min_length, option.max_length, 'min_length'],
  ] as const) {
    if (low != null && high != null && low > high) {
      errors.add([...path, name], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${high}.`);
    }
  }
  checkOptions(option.options ?? [], path, errors);
}

function checkChoices(choices: readonly CommandChoice[], path: Path, errors: FormErrors): void {
  const names = new Set<string>();
  const values = new Set<string | number>();
  for (const [index, choice] of choices.entries()) {
    const place = [...path, 'choices', index];
    if (typeof choice.value === 'string' && lengthOf(choice.value) > maxChoiceText) {
      errors.add([...place, 'value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${maxChoiceText} or fewer in length.`);
    }
    checkLocales(choice.name_localizations, [...place, 'name_localizations'], errors);
    if (names.has(choice.name)) {
      const message = `Option choice name ${choice.name} already exists`;
      errors.add(place, 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS', message);
    }
    if (values.has(choice.value)) {
      const message = `Option choice value ${choice.value} already exists`;
      errors.add(place, 'APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_ALREADY_EXISTS', message);
    }
    names.add(choice.name);
    values.add(choice.value);
  }
}

function longest(text: string | undefined, localizations: Localizations | undefined): number {
  return Math.max(...[text ?? '', ...Object.values(localizations ?? {})].map(lengthOf));
}

/** Names, descriptions and values together; of a text and its translations the longest counts. */
function sizeOf(
  node: Pick<CommandOption, 'name_localizations' | 'description_localizations' | 'choices'> & {
    name: string;
    description?: string;
    options?: CommandOption[] | null;
  },
): number {
  const own = longest(node.name, node.name_localizations) + longest(node.description, node.description_localizations);
  const choices = (node.choices ?? []).map(
    (choice) => longest(choice.name, choice.name_localizations) + lengthOf(String(choice.value)),
  );
  const nested = (node.options ?? []).map(sizeOf);
  return [...choices, ...nested].reduce((sum, size) => sum + size, own);
}
