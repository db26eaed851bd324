/** Sentences made of our own words and echoes of people's words, kept apart until they are printed. */
import { calm, splitCode } from './calm.ts';
import { flat, inertInline, joinPieces, plainInline } from './inert.ts';

/** A piece of people's text, shown with at most `most` UTF-16 units. */
export interface Echo {
  readonly echo: string;
  readonly most: number;
}

/** Strings are the bot's or the policy's words; everything else is an echo. */
export type Words = readonly (string | Echo)[];

/** Long answers are cut to this in tables and sentences. */
export const ECHO_LENGTH = 120;

export function echo(text: string, most: number = ECHO_LENGTH): Echo {
  return { echo: text, most };
}

/** The words on one line of Markdown: echoes as code, our own without anything that acts. */
export function asMarkdown(words: Words): string {
  return joinPieces(
    words.map((part) =>
      typeof part === 'string' ? calm(part) : inertInline(part.echo, part.most),
    ),
  );
}

/** The words on one line for a terminal: echoes in quotes, nothing that a terminal could act on. */
export function asPlain(words: Words): string {
  return words
    .map((part) =>
      typeof part === 'string' ? flat(part) : `“${plainInline(part.echo, part.most)}”`,
    )
    .join('');
}

/** "a", "a and b", "a, b and c". */
export function enumerate(parts: readonly Words[]): Words {
  return parts.flatMap((part, at) => {
    if (at === 0) return part;
    return [at === parts.length - 1 ? ' and ' : ', ', ...part];
  });
}

/** A sentence of the assessment for a terminal: its code spans in quotes. */
export function sentenceAsPlain(sentence: string): string {
  return splitCode(flat(sentence.slice(0, 4000)))
    .map(({ text, code }) => (code ? `“${text.trim()}”` : text))
    .join('');
}
