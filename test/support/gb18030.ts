// Writes text in GBK's two-byte part of GB18030. The table is the platform's own decoder, turned round.

let table: ReadonlyMap<string, readonly [number, number]> | undefined;

function pairs(): ReadonlyMap<string, readonly [number, number]> {
  if (table !== undefined) return table;
  const decoder = new TextDecoder('gb18030');
  const made = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const char = decoder.decode(Uint8Array.of(lead, trail));
      if (char.length === 1 && char !== '\ufffd' && !made.has(char)) made.set(char, [lead, trail]);
    }
  }
  table = made;
  return made;
}

/** Throws for a character that is not in the table. */
export function encodeGb18030(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    if (char.charCodeAt(0) < 0x80) bytes.push(char.charCodeAt(0));
    else bytes.push(...(pairs().get(char) ?? fail(char)));
  }
  return Uint8Array.from(bytes);
}

function fail(char: string): never {
  throw new Error(`${char} is not in GBK`);
}
