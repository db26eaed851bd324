/** A count told by system: "BB = 310, GLSM = 540" (`rulings.md` 5). */
import type { Answer } from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { fold } from './fold.ts';
import { perObject } from './memo.ts';
import type { Figure } from './numbers.ts';
import { beginsAs, isExactly } from './phrases.ts';
import { isNamed, valueNamed, wordsIn } from './vocabulary.ts';

/** A figure with the system it is about; null for a system that has none. */
export interface Part {
  readonly key: string;
  readonly value: number | null;
  /** The lower end of a range. */
  readonly low?: number;
  /** The system is named, its figure is not known yet. */
  readonly open?: boolean;
}

/** What parts two figures; "R&D" is one name. */
const partsEnd = /[,;\n、]|\s[/|+]\s|(?<!\p{L})&|&(?!\p{L})/u;

/** The figures by system; null when they are not about several. */
export function readBreakdown(
  text: string,
  figures: readonly Figure[],
  question: Question,
  policy: Policy,
): Part[] | null {
  return readParts(text, figures, question, policy) ?? readTotal(text, figures, question, policy);
}

/** "500 (225 BB, 275 GL)", "225 BB + 275 GL = 500": the parts beside their own sum. */
function readTotal(
  text: string,
  figures: readonly Figure[],
  question: Question,
  policy: Policy,
): Part[] | null {
  const [first, last] = [figures[0], figures.at(-1)];
  if (!first || !last || figures.length < 3) return null;
  const behind = `${' '.repeat(first.end)}${text.slice(first.end)}`;
  const tries = [
    [first, readParts(behind, figures.slice(1), question, policy)],
    [last, readParts(text.slice(0, last.start), figures.slice(0, -1), question, policy)],
  ] as const;
  for (const [total, parts] of tries) {
    let sum = 0;
    for (const { value } of parts ?? []) sum += value ?? 0;
    if (parts && sum === total.value) return parts;
  }
  return null;
}

/** "BB = 310, GLSM = 540", "225 (BB), 775 GL", "BB N/A, GL = 3": every figure with the system it is about. */
function readParts(
  text: string,
  figures: readonly Figure[],
  question: Question,
  policy: Policy,
): Part[] | null {
  const vocabularies = systemsAskedFor(question);
  const before: (Part & { sure: boolean })[] = [];
  const after: (Part & { sure: boolean })[] = [];
  let extra: Part[] = [];
  for (const [i, figure] of figures.entries()) {
    const previous = figures[i - 1];
    const next = figures[i + 1];
    const lead = text.slice(previous ? previous.end : 0, figure.start);
    const tail = text.slice(figure.end, next ? next.start : text.length);
    const pieces = lead.split(partsEnd);
    const label = (pieces.at(-1) ?? '').replace(/^.*[:：(](?=\s*[^\s:：)])/su, '');
    const explicit = /[:=：]\s*[~≈]?\s*$/u.test(label);
    before.push({ ...partOf(label, figure, vocabularies, policy), sure: explicit });
    after.push({
      ...partOf(
        tail.split(/[,;\n+、]|\s[/|]\s|(?<!\p{L})&|&(?!\p{L})/u)[0] ?? '',
        figure,
        vocabularies,
        policy,
      ),
      sure: false,
    });
    extra = [...extra, ...emptyParts(pieces.slice(0, -1), vocabularies, policy)];
    if (!next) {
      extra = [...extra, ...emptyParts(tail.split(partsEnd), vocabularies, policy)];
    }
  }
  if (before.every(({ key, sure }) => key !== '' && (sure || isSystem(key, policy)))) {
    return before.length + extra.length > 1 ? [...before, ...extra] : null;
  }
  const known = after.every(({ key }) => key !== '' && isSystem(key, policy));
  return known && after.length + extra.length > 1 ? [...after, ...extra] : null;
}

/** A bare "GitLab" is a server or its CI, as the question is about repositories or jobs. */
function systemsAskedFor({ ask }: Question): readonly string[] {
  return fold(ask).split(' ').includes('ci') ? ['ci', 'scm'] : ['scm', 'ci'];
}

function partOf(
  label: string,
  { value, low }: Figure,
  vocabularies: readonly string[],
  policy: Policy,
): Part {
  const words = label.replace(/[:=~≈()[\]]/gu, ' ').trim();
  const [lead = '', ...rest] = words.split(/\s+/u);
  const led = rest.length > 0 && valueNamed(lead, 'prepositions', policy) !== null;
  const name = led ? rest.join(' ') : words;
  return {
    key: systemKey(name, vocabularies, policy),
    value: Math.round(value),
    ...(low === undefined ? {} : { low: Math.round(low) }),
  };
}

/** Parts that say "none", "not applicable" or "not known yet" instead of a figure. */
function emptyParts(
  pieces: readonly string[],
  vocabularies: readonly string[],
  policy: Policy,
): Part[] {
  return pieces.flatMap((piece) => {
    const [, name = '', said = ''] =
      /^\s*([\p{L}][\p{L}\p{N}. -]{0,40}?)\s*[:=\s]\s*(\S.{0,20})$/u.exec(piece) ?? [];
    if (said === '') return [];
    const empty = isExactly(said, 'notApplicable', policy) || isExactly(said, 'none', policy);
    const open =
      /^[?？…]+$/u.test(said) ||
      (['unanswered', 'unknown', 'deferred'] as const).some(
        (state) => isExactly(said, state, policy) || beginsAs(said, state, policy),
      );
    const key = systemKey(name, vocabularies, policy);
    if (!(empty || open) || !isSystem(key, policy)) return [];
    return [{ key, value: null, ...(empty ? {} : { open }) }];
  });
}

/** The canonical id of a named system, else the words in lower case ("bitbucket" could be two systems). */
function systemKey(label: string, vocabularies: readonly string[], policy: Policy): string {
  if (fold(label) === '') return '';
  const known = vocabularies.find((each) => isNamed(label, each, policy));
  return (known && valueNamed(label, known, policy)) ?? label.trim().toLowerCase();
}

const systems = perObject((policy: Policy) => {
  const all = ['scm', 'ci'].flatMap((each) => policy.vocabularies.get(each) ?? []);
  const ids = all.flatMap(({ values }) => values.map(({ id }) => id));
  return new Set([
    ...ids,
    ...all.flatMap(({ ambiguous }) => ambiguous.flatMap(({ words }) => words)),
  ]);
});

function isSystem(key: string, policy: Policy): boolean {
  return systems(policy).has(key);
}

/** How a system is called; words that are no id stay as they are. */
export function systemTitle(key: string, policy: Policy): string {
  const all = ['scm', 'ci'].flatMap((each) => policy.vocabularies.get(each)?.values ?? []);
  return all.find(({ id }) => id === key)?.title ?? key;
}

/** "BB = 225", "225 (BB)": the one system that a figure is told for. */
const oneNamed = /^\D{1,40}[=:：]\s*[~≈]?\d[\d.,' ]*$|^[~≈]?\d[\d.,' ]*\([^()\d]{1,40}\)$/u;

/**
 * Sources that another answer names and this count leaves out (`domain.md` §8.5); none when the answer
 * is not told by system. A source counts as told when its answer names it at all ("BB N/A, GL = 3").
 */
export function missingSources(
  { breakdown, raw }: Answer,
  sources: readonly string[],
  policy: Policy,
): readonly string[] {
  const known = (key: string): boolean => idsOf('scm', policy).has(key);
  const named = new Set(wordsIn(raw, 'scm', policy));
  if (breakdown) {
    const told = Object.keys(breakdown);
    // "Plant A: 225, Plant B: 775" counts by something else.
    if (!told.every(known)) return [];
    for (const key of told) named.add(key);
  } else if (named.size === 0 || !oneNamed.test(raw.trim())) return [];
  return sources.filter((source) => known(source) && !named.has(source));
}

function idsOf(vocabulary: string, policy: Policy): ReadonlySet<string> {
  return new Set(policy.vocabularies.get(vocabulary)?.values.map(({ id }) => id));
}
