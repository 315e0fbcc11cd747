// What Discord demands of components beyond their schema, in messages and in modals.
import { isSelect, type Placed, walkComponents } from './component-tree.ts';
import type { FormErrors } from './errors.ts';
import { type Component, ComponentType, type Emoji, type Media } from './types.ts';

const maxComponents = 40;
const maxText = 4000;
const maxLegacyRows = 5;
const linkStyle = 5;
const premiumStyle = 6;

/** Length as Discord counts it: characters, not UTF-16 units. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** The rules that hold for the components of a message; `fileNames` are the files that go with it. */
export function checkMessageComponents(
  components: readonly Component[],
  isV2: boolean,
  fileNames: readonly string[],
  errors: FormErrors,
): void {
  const placed = [...walkComponents(components)];
  if (!isV2) checkLegacy(components, errors);
  checkTotals(placed, errors);
  checkUnique(placed, errors);
  for (const { component, path } of placed) {
    checkActionRow(component, path, errors);
    checkButton(component, path, errors);
    checkSelect(component, path, errors);
    for (const media of mediaOf(component)) checkMedia(component, media, path, fileNames, errors);
  }
}

/** The rules that hold for a modal's components. */
export function checkModalComponents(components: readonly Component[], errors: FormErrors): void {
  const path = ['components'];
  const placed = [...walkComponents(components, path)];
  if (components.length > maxLegacyRows) {
    errors.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${maxLegacyRows} in length.`);
  }
  checkUnique(placed, errors);
  for (const { component, path: place } of placed) {
    if (component.type === ComponentType.actionRow) checkModalRow(component, place, errors);
    checkSelect(component, place, errors);
    checkBounds(component, place, errors);
  }
}

function checkModalRow(row: Component, path: Placed['path'], errors: FormErrors): void {
  const inputs = row.components ?? [];
  if (inputs.length > 1) {
    errors.add(
      [...path, 'components'],
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The specified component exceeds the maximum width',
    );
  }
  for (const [index, input] of inputs.entries()) {
    if (input.label == null) errors.required([...path, 'components', index, 'label']);
  }
}

function checkLegacy(components: readonly Component[], errors: FormErrors): void {
  for (const [index, component] of components.entries()) {
    if (component.type !== ComponentType.actionRow) {
      errors.add(['components', index, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
    }
  }
  if (components.length > maxLegacyRows) {
    errors.add(['components'], 'BASE_TYPE_MAX_LENGTH', `Must be ${maxLegacyRows} or fewer in length.`);
  }
}

function checkTotals(placed: readonly Placed[], errors: FormErrors): void {
  if (placed.length > maxComponents) {
    errors.add(['components'], 'BASE_TYPE_MAX_LENGTH', `Must be ${maxComponents} or fewer in length.`);
  }
  const text = placed.reduce((sum, { component }) => sum + textLength(component), 0);
  if (text > maxText) {
    errors.add(
      ['components'],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Components displayable text size exceeds maximum size of ${maxText}`,
    );
  }
}

function textLength(component: Component): number {
  return component.type === ComponentType.textDisplay ? lengthOf(component.content ?? '') : 0;
}

function checkUnique(placed: readonly Placed[], errors: FormErrors): void {
  const customIds = new Set<string>();
  const ids = new Set<number>();
  for (const { component, path } of placed) {
    if (component.custom_id !== undefined && component.custom_id !== null) {
      if (customIds.has(component.custom_id)) {
        errors.add(
          [...path, 'custom_id'],
          'COMPONENT_CUSTOM_ID_DUPLICATED',
          'Component custom id cannot be duplicated',
        );
      }
      customIds.add(component.custom_id);
    }
    if (component.id != null && component.id !== 0) {
      if (ids.has(component.id))
        errors.add([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
      ids.add(component.id);
    }
  }
}

function checkActionRow(component: Component, path: Placed['path'], errors: FormErrors): void {
  if (component.type !== ComponentType.actionRow) return;
  const inside = component.components ?? [];
  const selects = inside.findIndex(isSelect);
  if (selects >= 0 && inside.length > 1) {
    const place = [...path, 'components', selects === 0 ? 1 : selects];
    errors.add(place, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
  }
}

function checkButton(button: Component, path: Placed['path'], errors: FormErrors): void {
  if (button.type !== ComponentType.button) return;
  if (!button.label && button.emoji == null && button.style !== premiumStyle) {
    errors.add(path, 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or emoji is required for this button');
  }
  checkEmoji(button.emoji, path, errors);
  if (button.style === linkStyle) checkLinkButton(button, path, errors);
  else if (button.style === premiumStyle) {
    if (button.sku_id == null) errors.required([...path, 'sku_id']);
  } else {
    if (button.custom_id == null) {
      errors.add(path, 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required for this button');
    }
    if (button.url != null) {
      errors.add([...path, 'url'], 'BUTTON_COMPONENT_INVALID_URL', 'Only link buttons may have a url');
    }
  }
}

function checkLinkButton(button: Component, path: Placed['path'], errors: FormErrors): void {
  if (button.custom_id != null) {
    const message = 'A custom id and url cannot both be specified';
    errors.add(path, 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', message);
  }
  if (button.url == null) errors.required([...path, 'url']);
  else checkScheme(button.url, ['http', 'https', 'discord'], [...path, 'url'], errors);
}

function checkScheme(url: string, schemes: readonly string[], path: Placed['path'], errors: FormErrors): void {
  const scheme = url.slice(0, Math.max(url.indexOf(':'), 0)).toLowerCase();
  if (schemes.includes(scheme)) return;
  const listed = schemes.map((name) => `'${name}'`).join(', ');
  errors.add(
    path,
    'URL_TYPE_INVALID_SCHEME',
    `Scheme "${scheme}" is not supported. Scheme must be one of (${listed}).`,
  );
}

const startsWithEmoji =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\uFE0F?\u20E3)/u;

function checkEmoji(emoji: Emoji | null | undefined, path: Placed['path'], errors: FormErrors): void {
  if (emoji == null || emoji.id != null || startsWithEmoji.test(emoji.name ?? '')) return;
  errors.add([...path, 'emoji', 'name'], 'COMPONENT_INVALID_EMOJI', 'Invalid emoji');
}

function checkSelect(select: Component, path: Placed['path'], errors: FormErrors): void {
  if (!isSelect(select)) return;
  checkBounds(select, path, errors);
  const options = select.options ?? [];
  const values = new Set<string>();
  for (const [index, option] of options.entries()) {
    if (values.has(option.value)) {
      const place = [...path, 'options', index, 'value'];
      errors.add(place, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
    }
    values.add(option.value);
    checkEmoji(option.emoji, [...path, 'options', index], errors);
  }
  const max = select.max_values ?? 1;
  if (select.type === ComponentType.stringSelect && max > options.length) {
    const message = `Must be less than or equal to the number of options (${options.length}).`;
    errors.add([...path, 'max_values'], 'SELECT_COMPONENT_MAX_VALUES_TOO_LARGE', message);
  }
  if (options.filter((option) => option.default === true).length > max) {
    errors.add(path, 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', 'Too many options are selected by default');
  }
}

function checkBounds(component: Component, path: Placed['path'], errors: FormErrors): void {
  const pairs = [
    [component.min_values ?? 1, component.max_values ?? undefined, 'min_values'],
    [component.min_length ?? 0, component.max_length ?? undefined, 'min_length'],
  ] as const;
  for (const [min, max, name] of pairs) {
    if (max !== undefined && min > max) {
      errors.add([...path, name], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
    }
  }
  if (component.type === ComponentType.textInput && component.value != null) checkPrefill(component, path, errors);
}

function checkPrefill(input: Component, path: Placed['path'], errors: FormErrors): void {
  const max = input.max_length ?? maxText;
  if (lengthOf(input.value ?? '') > max) {
    errors.add([...path, 'value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  }
}

/** The media a component shows: a thumbnail's, a file's, a gallery's. */
export function mediaOf(component: Component): Media[] {
  const gallery = (component.items ?? []).map((item) => item.media);
  return [component.media, component.file, ...gallery].filter((media) => media !== undefined);
}

function checkMedia(
  component: Component,
  media: Media,
  path: Placed['path'],
  fileNames: readonly string[],
  errors: FormErrors,
): void {
  const isFile = component.type === ComponentType.file;
  const schemes = isFile ? ['attachment'] : ['http', 'https', 'attachment'];
  const place = [...path, isFile ? 'file' : 'media', 'url'];
  checkScheme(media.url, schemes, place, errors);
  if (!media.url.startsWith('attachment://')) return;
  if (!fileNames.includes(media.url.slice('attachment://'.length))) {
    errors.add(
      place,
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      `The referenced attachment could not be found: ${media.url}`,
    );
  }
}
