/** Readable lines → statements: what the text says about which question (`domain.md` §8.6). */
import type { Policy } from '../policy.ts';
import { hasAnchor, withoutAnchors } from './anchors.ts';
import { joinSources } from './by-source.ts';
import { chooseHomes } from './homes.ts';
import { readJourneys } from './journeys.ts';
import { withoutMails } from './mail.ts';
import { nameAndMore } from './name-and-more.ts';
import { readRequests } from './requests.ts';
import { shareOut, splitSayings } from './sayings.ts';
import type { SourceLine } from './source-line.ts';
import { withSources } from './sources-above.ts';
import { startAndEnd } from './start-and-end.ts';
import type { Statement, Unplaced } from './statement.ts';
import { readTable, tableLength } from './tables.ts';
import { MOST_UNPLACED } from './unplaced.ts';
import { Walk } from './walk.ts';

export interface Statements {
  readonly statements: readonly Statement[];
  /** In the order of the text; of very many only the first. */
  readonly unplaced: readonly Unplaced[];
  /** How many lines more could not be placed. */
  readonly unplacedMore: number;
  /** What plain sentences say is wanted. */
  readonly requests: readonly string[];
}

/** Total; linear in the length of the text. */
export function readStatements(written: readonly SourceLine[], policy: Policy): Statements {
  const lines = withoutMails(written, policy);
  const walk = new Walk(policy);
  let tables = 0;
  for (let at = 0; at < lines.length; ) {
    const length = tableLength(lines, at);
    if (length > 0 && !isSayings(lines[at], policy)) {
      walk.close();
      walk.take(readTable(lines.slice(at, at + length), tables++, walk.section, policy));
      at += length;
      continue;
    }
    const line = lines[at];
    if (line) walk.read(line, lines[at + 1], firstSaid(lines, at + 1));
    at += 1;
  }
  walk.close();
  const { statements, unplaced } = chooseHomes(
    walk.statements
      .flatMap((each) => shareOut(each, policy))
      .flatMap((each) => startAndEnd(each, policy))
      .flatMap((each) => nameAndMore(each, policy)),
    walk.unplaced,
    policy,
  );
  const lost = unplaced.toSorted((a, b) => a.line - b.line);
  const journeys = readJourneys(lines, statements, policy);
  const wanted = readRequests(lines, [...statements, ...journeys], policy);
  const all = [...statements, ...journeys, ...wanted.statements];
  return {
    statements: joinSources(withSources(all, policy), policy).map(asWritten),
    requests: wanted.requests,
    unplaced: lost
      .slice(0, MOST_UNPLACED)
      .map(({ line, text }) => ({ line, text: withoutAnchors(text) })),
    unplacedMore: walk.unplacedMore + Math.max(0, lost.length - MOST_UNPLACED),
  };
}

/** "Tier: Premium | Segment: SMB": bars between answers make no table. */
function isSayings(line: SourceLine | undefined, policy: Policy): boolean {
  if (line?.kind !== 'text' || !/^\s*[^|\s].*[:：].*\|.*[:：]/u.test(line.text)) return false;
  return splitSayings(line.text, policy) !== null;
}

/** The next line that is not blank; readable lines hold few blank ones in a row. */
function firstSaid(lines: readonly SourceLine[], from: number): SourceLine | undefined {
  let at = from;
  while (lines[at]?.kind === 'blank' && at < from + mostBlank) at++;
  return lines[at];
}

/** No answer that anybody types is longer; more is a log that was pasted. */
const mostCharacters = 50_000;
/** Further below nothing belongs to an item. */
const mostBlank = 2;

/** Without the marks that stood for hidden anchors; the beginning of what is endless. */
function asWritten(statement: Statement): Statement {
  const { label } = statement;
  const long = statement.text.length > mostCharacters;
  const text = long ? statement.text.slice(0, mostCharacters) : statement.text;
  if (!hasAnchor(text) && !hasAnchor(label)) return long ? { ...statement, text } : statement;
  return { ...statement, text: withoutAnchors(text).trim(), label: withoutAnchors(label).trim() };
}
