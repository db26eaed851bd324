/** Words that several questions share ("Runners", "Users"): their neighbours tell which is meant. */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { parseAnswer } from './answer.ts';
import { Beside, groupSizes } from './beside.ts';
import { groupsNamed } from './groups.ts';
import { asksLargest } from './largest.ts';
import { matchAmong } from './match.ts';
import { askedBy, type Section, type Statement, type Stray, type Unplaced } from './statement.ts';
import { isAboutSources } from './system-above.ts';

/** So much of an answer tells its kind. */
const mostOfAnswer = 300;
/** Whether words are a date does not hang on the day they were written. */
const someDay = '2026-01-01';
/** A heading that names a group counts as much as so many rows. */
const titleCounts = 2;

interface Neighbours {
  /** Statements of each group of questions in a section. */
  readonly bySection: ReadonlyMap<Section | undefined, ReadonlyMap<string, number>>;
  /** Which share of each group's questions stands in the whole text: large groups are always present. */
  readonly shares: ReadonlyMap<string, number>;
  /** Questions that have a row of their own, by table, else by section. */
  readonly taken: ReadonlyMap<number | Section | undefined, ReadonlySet<FieldId>>;
}

/**
 * Every statement with one question. In this order: a question with a row of its own in the same table is
 * left out; what the words can be an answer to; a migration's, where each source has a column; nearly all rows right
 * above and below; most rows of the same section, where the nearest ones and the nearest heading that names a
 * group count for several; headings further up; the group of which most stands in the text; the order of the
 * policy. Words that are only similar to several questions need one of the first three, else they are unplaced.
 * Words that nobody knows (`strays`) are what the headings, else the rows around them make of them. Linear, but
 * for a search by line for each of the strays, of which there are few.
 */
export function chooseHomes(
  statements: readonly Statement[],
  strays: readonly Unplaced[],
  policy: Policy,
): { readonly statements: readonly Statement[]; readonly unplaced: readonly Unplaced[] } {
  if (strays.length === 0 && !statements.some(({ fields }) => fields)) {
    return { statements, unplaced: [] };
  }
  const neighbours = countNeighbours(statements, policy);
  const beside = new Beside(statements, policy);
  const unplaced: Unplaced[] = [];
  const guessed = strays.flatMap((lost): Statement[] => {
    const found = lost.stray ? guessHome(lost.stray, neighbours, beside, policy) : null;
    if (!found) unplaced.push(lost);
    return found ? [found] : [];
  });
  const placed = statements.flatMap((statement, at): Statement[] => {
    if (!statement.fields) return [beside.placed(statement)];
    const field = homeOf(statement, statement.fields, neighbours, beside, at, policy);
    if (field !== null) return [beside.placed({ ...statement, field })];
    const { label, text, line } = statement;
    if (text !== '') unplaced.push({ line, text: `${label}: ${text}` });
    return [];
  });
  const all = guessed.length > 0 ? [...placed, ...guessed].sort((a, b) => a.line - b.line) : placed;
  return { statements: all, unplaced };
}

/** So many rows of a group around an unknown one tell what it is about. */
const enoughRows = 2;

/** Words that only ask something among questions of one group: by the heading above, else by the rows around. */
function guessHome(
  stray: Stray,
  { bySection, taken }: Neighbours,
  beside: Beside,
  policy: Policy,
): Statement | null {
  const { section, table, label, text, line, kind } = stray;
  const own = taken.get(table ?? section);
  const here = new Map(bySection.get(section));
  // The rows of a table are neighbours across its section rows.
  for (const field of table === undefined ? [] : (own ?? [])) {
    const group = policy.questionById.get(field)?.group ?? '';
    here.set(group, (here.get(group) ?? 0) + 1);
  }
  const around = new Set(
    [...here].filter(([, rows]) => rows >= enoughRows).map(([group]) => group),
  );
  const above = (section?.titles ?? []).map((title) => groupsNamed(title, policy));
  const next = [...beside.around(stray)].filter((group) => around.has(group));
  for (const groups of [...above, new Set(next), around]) {
    const match = matchAmong(label, groups, policy);
    if (!match || own?.has(match.field) || fitting([match.field], text, policy, true).length === 0)
      continue;
    return { ...stray, ...askedBy(match, label, kind, line) };
  }
  return null;
}

function countNeighbours(statements: readonly Statement[], policy: Policy): Neighbours {
  const bySection = new Map<Section | undefined, Map<string, number>>();
  const present = new Set<FieldId>();
  const taken = new Map<number | Section | undefined, Set<FieldId>>();
  for (const { field, fields, section, table, label, text } of statements) {
    const question = policy.questionById.get(field);
    if (fields || !question) continue;
    const { group } = question;
    const here = bySection.get(section) ?? new Map<string, number>();
    bySection.set(section, here.set(group, (here.get(group) ?? 0) + 1));
    present.add(field);
    // A section row that is called like a question leaves it to the rows below.
    if (text === '' || asksLargest(label, question, policy)) continue;
    const place = table ?? section;
    taken.set(place, (taken.get(place) ?? new Set()).add(field));
  }
  return { bySection, shares: sharesOf(present, policy), taken };
}

function sharesOf(present: ReadonlySet<FieldId>, policy: Policy): ReadonlyMap<string, number> {
  const sizes = groupSizes(policy);
  const shares = new Map<string, number>();
  for (const { id, group } of policy.questions) {
    if (!present.has(id)) continue;
    shares.set(group, (shares.get(group) ?? 0) + 1 / (sizes.get(group) ?? 1));
  }
  return shares;
}

function homeOf(
  { section, table, loose, text, systems }: Statement,
  fields: readonly FieldId[],
  { bySection, shares, taken }: Neighbours,
  rows: Beside,
  at: number,
  policy: Policy,
): FieldId | null {
  const own = taken.get(table ?? section);
  const free = fields.filter((field) => !own?.has(field));
  const asked = free.length > 0 ? free : fields;
  const choice = aboutSources(fitting(asked, text, policy), systems, policy);
  if (choice.length === 1 && choice.length < fields.length) return choice[0] ?? null;
  const groupOf = (field: FieldId): string => policy.questionById.get(field)?.group ?? '';
  const [near, ...far] = namedAbove(section, new Set(choice.map(groupOf)), policy);
  const here = bySection.get(section);
  const surrounding = near ? null : rows.surrounding(at);
  const among = surrounding
    ? best(choice, (field) => (surrounding.has(groupOf(field)) ? 1 : 0))
    : choice;
  const beside = rows.groups(at);
  const close = best(among, (field) => {
    const group = groupOf(field);
    const named = near?.has(group) ? titleCounts : 0;
    return (here?.get(group) ?? 0) + named + (beside.get(group) ?? 0);
  });
  let left = close;
  for (const groups of far) left = best(left, (field) => (groups.has(groupOf(field)) ? 1 : 0));
  if (loose) return left.length === 1 ? (left[0] ?? null) : null;
  return best(left, (field) => shares.get(groupOf(field)) ?? 0)[0] ?? null;
}

/** A row with a column for each source system asks about a migration. */
function aboutSources(
  fields: readonly FieldId[],
  systems: Statement['systems'],
  policy: Policy,
): readonly FieldId[] {
  if (!systems) return fields;
  const about = fields.filter((field) => isAboutSources(field, policy));
  return about.length > 0 ? about : fields;
}

/** Those to which the words can be an answer: "Opportunity: new licence" is no link. All when they fit none, unless `strict`. */
function fitting(
  fields: readonly FieldId[],
  text: string,
  policy: Policy,
  strict = false,
): readonly FieldId[] {
  if (text.trim() === '' || (fields.length < 2 && !strict)) return fields;
  const fit = fields.filter((field) => {
    const question = policy.questionById.get(field);
    if (!question) return false;
    const { state, invalid } = parseAnswer(text.slice(0, mostOfAnswer), question, policy, someDay);
    return !invalid && state !== 'ambiguous' && state !== 'reference';
  });
  return fit.length > 0 || strict ? fit : fields;
}

/** The groups in question that the titles above name, nearest first. */
function namedAbove(
  section: Section | undefined,
  asked: ReadonlySet<string>,
  policy: Policy,
): ReadonlySet<string>[] {
  return (section?.titles ?? []).flatMap((title) => {
    const named = [...groupsNamed(title, policy)].filter((group) => asked.has(group));
    return named.length > 0 ? [new Set(named)] : [];
  });
}

function best(fields: readonly FieldId[], score: (field: FieldId) => number): readonly FieldId[] {
  const most = Math.max(...fields.map(score));
  return fields.filter((field) => score(field) === most);
}
