// Makes plain JSON, just parsed, ready to be kept: frozen all the way down, equal strings shared.

/** Strings up to this length are shared by the parser itself. */
const sharedLength = 10;
const slots: string[] = new Array(1 << 12).fill('');

/** A recently seen string equal to this one, where there is one: orders repeat names, servers, accounts. */
function shared(text: string): string {
  const { length } = text;
  const hash = length * 31 + text.charCodeAt(length - 1) * 37 + text.charCodeAt(length >> 1) * 7 + text.charCodeAt(0);
  const slot = (hash + text.charCodeAt(length - 2) * 101) & (slots.length - 1);
  if (slots[slot] === text) return slots[slot];
  slots[slot] = text;
  return text;
}

export function settle<T extends object>(value: T): T {
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    const field = fields[key];
    if (typeof field === 'string') {
      if (field.length > sharedLength) fields[key] = shared(field);
    } else if (typeof field === 'object' && field !== null) settle(field);
  }
  return Object.freeze(value);
}
