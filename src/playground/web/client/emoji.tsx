// Shows emoji as Discord does, by Twemoji's pictures: the same on every machine, with or without an emoji font.
import type { JSX } from 'preact';

/** What is shown as a picture by default, or asks for it; joined ones and flags are one. */
const emojiPattern =
  /((?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)\p{Emoji_Modifier}?(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)*(?:(?<=\p{Regional_Indicator})\p{Regional_Indicator})?)/u;
const joiner = '\u200d';
const variant = /\ufe0f/g;

/** The name of an emoji's picture: its code points in hex; the mark that asks for a picture counts in joined ones only. */
function nameOf(emoji: string): string {
  const bare = emoji.includes(joiner) ? emoji : emoji.replace(variant, '');
  return [...bare].map((letter) => letter.codePointAt(0)?.toString(16)).join('-');
}

/** A plain text with its emoji as pictures. */
export function Emojied({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {text
        .split(emojiPattern)
        .map((part, index) =>
          index % 2 === 0 ? (
            part
          ) : (
            <img key={index} class="emoji" src={`/assets/emoji/${nameOf(part)}.svg`} alt={part} draggable={false} />
          ),
        )}
    </>
  );
}
