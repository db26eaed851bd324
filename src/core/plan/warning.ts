/** Warns once, in an internal note, of secrets and lists of addresses in an issue (`interfaces.md` §8, `domain.md` C41). */
import { type Exposed, findExposed } from '../exposed.ts';
import type { Assessment, Change, IssueState, Note } from '../model.ts';
import { perObject } from '../read/memo.ts';
import { writeWarning } from '../say/warning.ts';
import { keyedHash, type Memory } from './memory.ts';
import { type SortedNotes, writeWarningMarker } from './own-notes.ts';

/** So many different things in one text are warned of one by one; a list of more is as bad already. */
const most = 500;

export interface Warning {
  readonly changes: readonly Change[];
  /** Keyed hashes of what was warned of so far; of very many, those that still stand in the text. */
  readonly warned: readonly string[];
}

/** However often an issue is planned, its text is looked through once. */
const inText = perObject(({ title, description }: IssueState): readonly Exposed[] => [
  ...findExposed(title, 0),
  ...findExposed(description),
]);

/** What stands in title, description and people's notes; `people`: their notes, not ours. */
export function findAllExposed(issue: IssueState, people: readonly Note[]): readonly Exposed[] {
  return [
    ...inText(issue),
    ...people.flatMap(({ id, body }) =>
      findExposed(body).map((each): Exposed => ({ ...each, noteId: id })),
    ),
  ];
}

/** A note only when the policy wants it said internally and something is new; a further address in a known list is not. */
export function warnOfExposed(
  { findings }: Assessment,
  exposed: readonly Exposed[],
  notes: SortedNotes,
  memory: Memory,
  key: string,
): Warning {
  const known = new Set([...memory.warned, ...notes.warned]);
  const hashOf = ({ kind, text }: Exposed): string =>
    keyedHash(kind === 'address' ? 'addresses' : `${kind} ${text}`, key);
  const standing = new Set([...new Set(exposed.map(hashOf))].slice(0, most));
  const remember = (all: ReadonlySet<string>): readonly string[] =>
    [...all].filter((hash) => all.size <= most || standing.has(hash)).toSorted();
  if (!findings.some(({ internal }) => internal)) return { changes: [], warned: remember(known) };
  const fresh = exposed.filter((each) => {
    const hash = hashOf(each);
    return standing.has(hash) && !known.has(hash);
  });
  if (fresh.length === 0) return { changes: [], warned: remember(known) };
  const hashes = [...new Set(fresh.map(hashOf))].toSorted();
  const body = `${writeWarning(fresh, notes.people)}\n\n${writeWarningMarker(hashes)}`;
  const why = 'warns of secrets or addresses in the text, for members only';
  return {
    changes: [{ kind: 'create_note', reach: 'notifies people', why, body, internal: true }],
    warned: remember(new Set([...known, ...hashes])),
  };
}
