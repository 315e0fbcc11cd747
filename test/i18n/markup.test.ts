// Data in markdown: whatever it holds, it formats, mentions and links nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, escapeText, join, md, ours, plainText } from '../../src/i18n/markup.ts';

const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(...'@<>[]()*_~`|#-\\:/! \n\u200b\u202e\ud83daeh1'), maxLength: 300 }),
  fc.constantFrom(
    '@everyone',
    '<@1234567890123456>',
    '[a](https://b.c)',
    '<t:1:R>',
    '# x',
    '-# x',
    '> x',
    '1. x',
    '```x',
  ),
);

describe('escapeText', () => {
  it('leaves nothing that mentions, links, formats or hides', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = escapeText(text);
        expect(shown).not.toMatch(/@(everyone|here)|<[@#:t/]|\]\(/);
        // A mark of markdown stands only behind a backslash that is not itself escaped.
        expect(shown.replace(/\\[\\*~`|[\]<>_#(+-]/g, '')).not.toMatch(/[*~`|[\]<>]/);
        expect(shown).not.toMatch(/^(#|>|-|\+|\d+\.)/);
        expect(shown).not.toMatch(/[\n\r\u202a-\u202e\u2066-\u2069\u200e\u200f]/);
      }),
      { numRuns: 5000 },
    );
  });

  it('leaves what people write as it is', () => {
    for (const text of ['260517-607198974342268', '手工红茶礼盒（大）', 'TEA_BLACK_01', 'Lin & Co. 5.5"', 'a-b']) {
      expect(escapeText(text)).toBe(text);
    }
  });

  it('caps what is too long', () => {
    expect(escapeText('x'.repeat(10_000)).length).toBe(200);
    expect(plainText('\u200b'.repeat(100_000))).toBe('');
  });
});

describe('md and join', () => {
  it('escape strings, and leave our own texts and numbers', () => {
    expect(md`**${'*x*'}** × ${2} ${ours('<t:1:R>')}`.text).toBe('**\\*x\\*** × 2 <t:1:R>');
    expect(join(['a', undefined, '', ours('**b**')]).text).toBe('a · **b**');
  });
});

describe('clip', () => {
  it('never cuts through a character', () => {
    expect(clip('ab😀cd', 4)).toBe('ab…');
  });
});
