/** Whether an answer in prose only says that it is open or stands elsewhere: state words decide when they are nearly all of it (`domain.md` §8.5). */
import type { Policy } from '../policy.ts';
import { words } from './fold.ts';
import { isExactly, mentions, openingOf, type StateWords } from './phrases.ts';
import { type Hit, helpersIn, wordsOf } from './vocabulary.ts';

/** An opening phrase that does not stand apart may be followed by so many words. */
const mostWordsAfter = 2;
/** Phrases of so many words are no beginning of an ordinary sentence. */
const sureWords = 3;
/** "TBD" and "N/A" are no beginning either. */
const longestAbbreviation = 3;
/** So many words beside the state's own say something. */
const leastContent = 3;
/** Between "see" and "notes" there may be so many words such as "the" and "attached". */
const mostWordsBetween = 3;

/** Doubts reach no further than this. */
const mostWordsInDoubt = 14;
/** "Cloudworks AG, unclear": so many words with "unclear" among them. */
const mostWordsBesideOpen = 5;

const clauseEnd = /[,;:()[\]\n]\s*|[–—]|\s-\s|[.!?]\s/u;
const otherStates = ['unanswered', 'deferred', 'unknown', 'reference', 'notApplicable'] as const;

/**
 * `whole`: nothing else is said. `partly`: it begins so, and something is told all the same
 * ("Not decided which region, data must stay in the EU"). Null: it says something.
 */
export function proseSays(
  text: string,
  state: StateWords,
  policy: Policy,
): 'whole' | 'partly' | null {
  if (isExactly(text, state, policy)) return 'whole';
  const clauses = text.split(clauseEnd).filter((clause) => wordsLeft(clause, policy).length > 0);
  const at = clauses.findIndex((clause) => saysIn(clause, state, policy));
  if (at < 0) return null;
  const content = countContent(clauses.toSpliced(at, 1), policy);
  // "Details: see notes" points elsewhere; "old server, nobody knows why" tells something.
  if (at > 0 && (state !== 'reference' || content >= 2)) return null;
  return content >= leastContent ? 'partly' : 'whole';
}

/** Whether prose begins with a phrase of the state that stands apart or can begin nothing else. */
export function opensAs(text: string, state: StateWords, policy: Policy): boolean {
  const length = openingOf(text, state, policy);
  if (length === 0) return false;
  const said = words(text);
  const short = length === 1 && (said[0]?.text.length ?? 0) <= longestAbbreviation;
  if (said[length]?.brk ?? true) return true;
  return length >= sureWords || short || said.length <= length + mostWordsAfter;
}

/**
 * "Maybe Cloudworks … unclear" leaves a short answer `open`; "maybe Cloudworks" says something that is not
 * sure yet. Null when nothing is in doubt.
 */
export function doubtIn(text: string, policy: Policy): 'open' | 'maybe' | null {
  const said = wordsOf(text);
  if (said.length > mostWordsInDoubt) return null;
  const maybe = helpersIn(said, 'doubts', policy)[0]?.at === 0;
  const clauses = text.split(/…|\.{2,}|\?+|[.!]\s*$/u).flatMap((each) => each.split(clauseEnd));
  const open = clauses.some((clause, i) => i > 0 && isExactly(clause, 'unknown', policy));
  if (open) return maybe || said.length <= mostWordsBesideOpen ? 'open' : null;
  return maybe ? 'maybe' : null;
}

function saysIn(clause: string, state: StateWords, policy: Policy): boolean {
  if (isExactly(clause, state, policy)) return true;
  const left = wordsLeft(clause, policy);
  if (isExactly(left.join(' '), state, policy)) return true;
  if (left.length > 0 && openingOf(left.join(' '), state, policy) === left.length) return true;
  if (state !== 'reference') return opensAs(clause, state, policy);
  const length = openingOf(clause, state, policy);
  return length > 1 ? opensAs(clause, state, policy) : length === 1 && pointsAt(clause, policy);
}

/** "See the call notes", "see slide 12", "see Salesforce", but not "see all code in one place". */
function pointsAt(clause: string, policy: Policy): boolean {
  const said = wordsOf(clause);
  if (said.length <= 2 || /^\S+\s+(?:[#!&]|https?:)/u.test(clause.trim())) return true;
  const idle = new Set(hitsOf(clause, 'idle', policy).map(({ at }) => at));
  for (const { at } of hitsOf(clause, 'pointed_at', policy)) {
    const between = said.slice(1, at);
    if (between.length <= mostWordsBetween && between.every((_, i) => idle.has(i + 1))) return true;
  }
  return false;
}

/** What is told in clauses that are about no state and give no reason for one. */
function countContent(clauses: readonly string[], policy: Policy): number {
  let count = 0;
  for (const clause of clauses) {
    const state = otherStates.some(
      (each) => saysIn(clause, each, policy) || mentions(clause, each, policy),
    );
    const reason = hitsOf(clause, 'reason', policy)[0]?.at === 0;
    if (!state && !reason) count += wordsLeft(clause, policy).length;
  }
  return count;
}

/** Without words that add nothing ("we are still"). */
function wordsLeft(clause: string, policy: Policy): string[] {
  const said = wordsOf(clause);
  for (const { at, length } of hitsOf(clause, 'idle', policy).toReversed()) said.splice(at, length);
  return said.map(({ text }) => text);
}

function hitsOf(text: string, id: string, policy: Policy): Hit[] {
  return helpersIn(wordsOf(text), 'beside_states', policy).filter((hit) => hit.id === id);
}
