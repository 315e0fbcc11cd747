// Remembers what is slow to make, such as what `Intl` says.
const rememberedAtMost = 1000;

/** Makes what a key stands for once, and forgets all when there are too many. */
export function cached<Key, T>(make: (key: Key) => T): (key: Key) => T {
  const made = new Map<Key, T>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      if (made.size >= rememberedAtMost) made.clear();
      made.set(key, value);
    }
    return value;
  };
}
