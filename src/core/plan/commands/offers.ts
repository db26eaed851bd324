/** Answers that people gave in comments or under an example: offered, and taken with `/scoping take` (`rulings.md` 10, 31). */
import type { FieldId, Note, Reading } from '../../model.ts';
import type { Policy } from '../../policy.ts';
import { parseAnswer } from '../../read/answer.ts';
import { readLines } from '../../read/lines.ts';
import { perObject } from '../../read/memo.ts';
import { readStatements } from '../../read/statements.ts';
import { ownForm } from '../../say/question.ts';

export interface Offer {
  readonly field: FieldId;
  readonly text: string;
  /** The comment; null: under the example in the description. */
  readonly note: Note | null;
  /** Where it stands, so that a taken answer is found again: `note:line`, or `example`. */
  readonly from: string;
}

export interface Offers {
  /** The newest for a field. */
  readonly byField: ReadonlyMap<FieldId, Offer>;
  /** The one that stands there now; undefined when it was edited away. */
  at(field: FieldId, from: string): Offer | undefined;
}

/** A note is read once, however often its issue is planned. */
const statementsOf = perObject((_policy: Policy) =>
  perObject((note: Note) => readStatements(readLines(note.body), _policy).statements),
);

/** Comments longer than this are pasted documents, read in the description only. */
const longest = 20_000;

/**
 * Only what clearly answers: an exact question with an answer that can be read, and without a command of its own.
 * `notes` oldest first.
 */
export function findOffers(notes: readonly Note[], described: Reading, policy: Policy): Offers {
  const all = [...described.typedUnderExample].map(
    ([field, text]): Offer => ({ field, text, note: null, from: 'example' }),
  );
  for (const note of notes) {
    if (note.body.length > longest || !/[:=|?：]/u.test(note.body)) continue;
    for (const { field, fields, loose, text, line } of statementsOf(policy)(note)) {
      const question = policy.questionById.get(field);
      if (!question || loose || (fields?.length ?? 1) > 1 || /^\s*\/scoping/u.test(text)) continue;
      const { state } = parseAnswer(text, question, policy, note.createdAt.slice(0, 10));
      if (state !== 'answered' && state !== 'none') continue;
      all.push({ field, text, note, from: `${note.id}:${line}` });
    }
  }
  const offers = all.filter(({ field }) => ownForm(field, policy) === null);
  return {
    byField: new Map(offers.map((offer) => [offer.field, offer])),
    at: (field, from) => all.findLast((offer) => offer.field === field && offer.from === from),
  };
}
