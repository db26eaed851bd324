/** What plain sentences say is wanted: "They just want training" (`rulings.md` 11, inferred service types). */
import type { Policy } from '../policy.ts';
import { withoutMarker } from './keyed-line.ts';
import { plainText } from './plain.ts';
import { findNamed } from './roles.ts';
import type { SourceLine } from './source-line.ts';
import type { Statement } from './statement.ts';
import { helpersIn, valueNamed, wordsOf } from './vocabulary.ts';

/** Longer lines tell stories. */
const longestLine = 300;
/** So many lines are looked at; who has not said it by then has rows. */
const mostLines = 400;
/** As many wishes are kept. */
const mostRequests = 20;
/** "A new", "their own": so many words may stand before the place that is wanted. */
const mostWordsBefore = 4;
const sentenceEnd = /(?<=[.;!])\s+|,\s+(?=and\s|but\s)/u;

/** Where GitLab shall run, when a sentence begins with it. */
const place = {
  field: 'deployment_target',
  vocabulary: 'deploy',
  rivals: ['m_destination', 'deployment_target'],
} as const;

export interface Requests {
  /** The words behind "they want", "we need": of each sentence that no question took. */
  readonly requests: readonly string[];
  readonly statements: readonly Statement[];
}

/** Bounded; total. Questions ask for nothing, and a denied wish is none ("they do not need training"). */
export function readRequests(
  lines: readonly SourceLine[],
  statements: readonly Statement[],
  policy: Policy,
): Requests {
  const taken = new Set(statements.map(({ line }) => line));
  const told = new Set(statements.map(({ field }) => field));
  const requests: string[] = [];
  const places: Statement[] = [];
  for (const { kind, text, n } of lines.slice(0, mostLines)) {
    if (kind !== 'text' || taken.has(n) || text.length > longestLine || /[|:：]/u.test(text))
      continue;
    for (const sentence of plainText(withoutMarker(text)).split(sentenceEnd)) {
      const wanted = wantedIn(sentence, policy);
      if (wanted === null || requests.length >= mostRequests) continue;
      requests.push(wanted);
      const open = places.length === 0 && !place.rivals.some((field) => told.has(field));
      if (open && namesPlace(wanted, policy)) {
        const base = { field: place.field, label: '', kind: 'line', line: n, hints: [] } as const;
        places.push({ ...base, text: sentence.trim() });
      }
    }
  }
  return { requests, statements: places };
}

/** What stands behind the first word that asks; null when none does, or it is denied. */
function wantedIn(sentence: string, policy: Policy): string | null {
  if (/[?？]\s*$/u.test(sentence)) return null;
  const found = wordsOf(sentence);
  const [asks] = helpersIn(found, 'requests', policy);
  if (!asks || asks.negated) return null;
  const wanted = found.slice(asks.at + asks.length).map(({ text }) => text);
  return wanted.length > 0 ? wanted.join(' ') : null;
}

/** "A self-managed installation", "GitLab Dedicated": one place and no other, right at the beginning. */
function namesPlace(wanted: string, policy: Policy): boolean {
  const vocabulary = policy.vocabularies.get(place.vocabulary);
  const [first, ...others] = vocabulary ? findNamed(wanted, vocabulary, policy) : [];
  if (!first?.id || first.id === 'undecided' || first.negated) return false;
  const { id: wantedPlace } = first;
  const rivals = others.filter(
    ({ id, choices }) => id !== wantedPlace && !(id === null && choices.includes(wantedPlace)),
  );
  if (rivals.length > 0) return false;
  if (first.role !== 'none' && first.role !== 'to') return false;
  const found = wordsOf(wanted);
  const behind = found[first.at + first.length];
  if (behind && valueNamed(behind.text, 'behind_wanted', policy) === null) return false;
  const before = found.slice(0, first.at);
  const idle = new Set(
    helpersIn(before, 'before_wanted', policy).flatMap(({ at, length }) =>
      Array.from({ length }, (_, i) => at + i),
    ),
  );
  return before.length <= mostWordsBefore && before.every((_, i) => idle.has(i));
}
