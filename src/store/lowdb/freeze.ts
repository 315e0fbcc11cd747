// Freezes plain JSON, all the way down.

export function deepFreeze<T extends object>(value: T): T {
  for (const key in value) {
    const inner = value[key];
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  }
  return Object.freeze(value);
}
