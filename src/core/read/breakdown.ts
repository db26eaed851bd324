/** A count told by system: "BB = 310, GLSM = 540" (`rulings.md` 5). */
import type { Policy, Question } from '../policy.ts';
import { fold } from './fold.ts';
import { perObject } from './memo.ts';
import type { Figure } from './numbers.ts';
import { isExactly } from './phrases.ts';
import { isNamed, valueNamed } from './vocabulary.ts';

/** A figure with the system it is about; null for a system that has none. */
export interface Part {
  readonly key: string;
  readonly value: number | null;
}

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
    const pieces = lead.split(/[,;\n&、]|\s[/|+]\s/u);
    const label = (pieces.at(-1) ?? '').replace(/^.*[:：(](?=\s*[^\s:：)])/su, '');
    const explicit = /[:=：]\s*[~≈]?\s*$/u.test(label);
    before.push({ ...partOf(label, figure.value, vocabularies, policy), sure: explicit });
    after.push({
      ...partOf(tail.split(/[,;\n&+、]|\s[/|]\s/u)[0] ?? '', figure.value, vocabularies, policy),
      sure: false,
    });
    extra = [...extra, ...emptyParts(pieces.slice(0, -1), vocabularies, policy)];
    if (!next) {
      extra = [...extra, ...emptyParts(tail.split(/[,;\n&]/u), vocabularies, policy)];
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
  value: number,
  vocabularies: readonly string[],
  policy: Policy,
): Part {
  const words = label.replace(/[:=~≈()[\]]/gu, ' ').trim();
  const name = words.replace(/^(?:in|on|from|for|at)\s+(?=\S)/iu, '');
  return {
    key: systemKey(name, vocabularies, policy),
    value: Math.round(value),
  };
}

/** Parts that say "none" or "not applicable" instead of a figure. */
function emptyParts(
  pieces: readonly string[],
  vocabularies: readonly string[],
  policy: Policy,
): Part[] {
  return pieces.flatMap((piece) => {
    const [, name = '', said = ''] =
      /^\s*([\p{L}][\p{L}\p{N}. -]{0,40}?)\s*[:=\s]\s*(\S.{0,20})$/u.exec(piece) ?? [];
    const empty =
      said !== '' && (isExactly(said, 'notApplicable', policy) || isExactly(said, 'none', policy));
    const key = systemKey(name, vocabularies, policy);
    return empty && isSystem(key, policy) ? [{ key, value: null }] : [];
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
