// Discord's markdown as the page reads it; hostile text stays text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Node, parseMarkdown, plainText } from '../../../src/playground/web/client/markdown.ts';

const text = (value: string): Node => ({ kind: 'text', text: value });

/** Everything a reader sees, without the marks. */
function plain(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if ('inside' in node) return plain(node.inside);
      if (node.kind === 'break') return '\n';
      return 'text' in node ? node.text : '';
    })
    .join('');
}

describe('markdown', () => {
  it.each<[string, Node[]]>([
    [
      '**bold** and *soft*',
      [{ kind: 'bold', inside: [text('bold')] }, text(' and '), { kind: 'italic', inside: [text('soft')] }],
    ],
    [
      '__a__ ~~b~~ ||c||',
      [
        { kind: 'underline', inside: [text('a')] },
        text(' '),
        { kind: 'strike', inside: [text('b')] },
        text(' '),
        { kind: 'spoiler', inside: [text('c')] },
      ],
    ],
    ['`a*b*`', [{ kind: 'code', text: 'a*b*' }]],
    ['\\*not\\*', [text('*'), text('not'), text('*')]],
    ['snake_case_word', [text('snake'), text('_'), text('case'), text('_'), text('word')]],
    ['<t:1700000000:R>', [{ kind: 'time', seconds: 1_700_000_000, style: 'R' }]],
    [
      '<@123> <@&45> <#6>',
      [
        { kind: 'mention', of: 'person', id: '123' },
        text(' '),
        { kind: 'mention', of: 'role', id: '45' },
        text(' '),
        { kind: 'mention', of: 'channel', id: '6' },
      ],
    ],
    ['## Title', [{ kind: 'heading', level: 2, inside: [text('Title')] }]],
    ['-# small', [{ kind: 'small', inside: [text('small')] }]],
    ['- one', [{ kind: 'item', depth: 0, bullet: '•', inside: [text('one')] }]],
    ['[x](javascript:alert(1))', [text('['), text('x](javascript:alert(1))')]],
    ['[x](https://a.example/)', [{ kind: 'link', address: 'https://a.example/', inside: [text('x')] }]],
  ])('%s', (typed, expected) => {
    const nodes = parseMarkdown(typed);
    expect(plain(nodes)).toBe(plain(expected));
    expect(nodes.filter(({ kind }) => kind !== 'text')).toEqual(expected.filter(({ kind }) => kind !== 'text'));
  });

  it('keeps lines, quotes and blocks', () => {
    expect(parseMarkdown('a\nb')).toEqual([text('a'), { kind: 'break' }, text('b')]);
    expect(parseMarkdown('> a\n> b\nc')).toEqual([
      { kind: 'quote', inside: [text('a'), { kind: 'break' }, text('b')] },
      text('c'),
    ]);
    expect(parseMarkdown('a\n>>> b\nc')).toEqual([
      text('a'),
      { kind: 'quote', inside: [text('b'), { kind: 'break' }, text('c')] },
    ]);
    expect(parseMarkdown('```js\n<b>\n```')).toEqual([{ kind: 'block', text: '<b>' }]);
  });

  it('loses no letter of a text without marks, and reads any text at all', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 \n中文]{0,200}$/), (typed) => {
        expect(plain(parseMarkdown(typed))).toBe(typed.replaceAll(/^ {0,20}\d{1,9}\. +/gm, ''));
      }),
    );
    fc.assert(
      fc.property(
        fc.string({
          maxLength: 400,
          unit: fc.constantFrom('*', '_', '~', '|', '`', '<', '>', '[', ']', '(', ')', '\\', '\n', 'a', ' '),
        }),
        (typed) => {
          expect(Array.isArray(parseMarkdown(typed))).toBe(true);
        },
      ),
    );
  });
});

it('says it in one line, without marks and without what is hidden', () => {
  const words = { nameOf: (id: string) => `name${id}`, timeOf: () => 'noon' };
  const line = plainText(
    parseMarkdown('**Hi** <@1> in <#2>\n> quoted\n- `item` at <t:5:t>\n||secret|| ```x\ny```'),
    words,
  );
  expect(line).toBe('Hi @name1 in #name2 quoted item at noon … y');
});
