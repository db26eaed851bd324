/** What a report says of the file before its judgement: secrets in it, and that the bot would leave such an issue alone. */
import type { Exposed, ExposedKind } from '../exposed.ts';
import { item, type Look } from './report-lines.ts';

/** What is known of a checked file beside the judgement. */
export interface FileFacts {
  readonly exposed: readonly Exposed[];
  /** Why the bot would not touch such an issue, as the end of a sentence; null when it would. */
  readonly handsOff: string | null;
  /** Much text, and next to nothing in it answers a question. */
  readonly foreign: boolean;
  /** The issue's title was given. */
  readonly titled: boolean;
}

export const NO_FACTS: FileFacts = { exposed: [], handsOff: null, foreign: false, titled: true };

/** More are counted only. */
const MOST_PLACES = 8;

const NAMES: Readonly<Record<Exclude<ExposedKind, 'address'>, string>> = {
  token: 'an access token',
  private_key: 'a private key',
  password: 'a password',
};

/** Each secret with its line and kind, never what it is; addresses are a point to check further down. */
export function writeFileFacts({ exposed, handsOff, foreign }: FileFacts, look: Look): string[] {
  const places = exposed.flatMap(({ kind, line }) => {
    if (kind === 'address') return [];
    return [`${line === 0 ? 'The title' : `Line ${line}`} looks like ${NAMES[kind]}`];
  });
  const secrets = [...new Set(places)];
  const more = secrets.length - MOST_PLACES;
  return [
    ...secrets
      .slice(0, MOST_PLACES)
      .flatMap((place) =>
        item(`${place}: please take it out and change it.`, '✗ ', look, look.paint.red),
      ),
    ...(more > 0 ? item(`and ${more} more`, '  ', look, look.paint.red) : []),
    ...(handsOff === null
      ? []
      : item(
          `The bot would stay away from this issue: ${handsOff}.`,
          '! ',
          look,
          look.paint.yellow,
        )),
    ...(foreign
      ? item(
          'This does not look like a scoping issue: next to nothing in it answers a question.',
          '! ',
          look,
          look.paint.yellow,
        )
      : []),
  ];
}
