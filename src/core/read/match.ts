/** The words beside an answer → the questions they mean (`domain.md` §8.6, point 6). */
import type { FieldId } from '../model.ts';
import type { Policy, ReadingWords } from '../policy.ts';
import { hasAnchor, readAnchor, withoutAnchors } from './anchors.ts';
import { fold } from './fold.ts';
import { gistOf, isSpoken } from './gist.ts';
import { perObject, Recent } from './memo.ts';
import { bestAlike, bestAmong, type Wording, type WordingIndex, wordingIndex } from './wordings.ts';

/** Questions found by their words; `exact` when they are one of a question's own wordings. */
export interface LabelMatch {
  /** The first of `fields`. */
  readonly field: FieldId;
  /** Every question that the words may mean, best first; which one, the neighbours tell (`homes.ts`). */
  readonly fields: readonly FieldId[];
  readonly exact: boolean;
  /** The words ask the other way round: yes beside them is a no. */
  readonly opposite?: true;
}

interface LabelIndex {
  readonly whole: ReadonlyMap<string, readonly FieldId[]>;
  /** Wordings without what stands in parentheses. */
  readonly bare: ReadonlyMap<string, readonly FieldId[]>;
  /** What a question is called first of all: its id and its own sentence. */
  readonly own: ReadonlyMap<string, readonly FieldId[]>;
  /** Wordings without the words that every spoken question has. */
  readonly gists: ReadonlyMap<string, readonly FieldId[]>;
  /** Wordings that ask the other way round. */
  readonly opposite: ReadonlyMap<string, readonly FieldId[]>;
  readonly alike: WordingIndex;
  readonly words: ReadonlySet<string>;
  readonly seen: Recent<string, LabelMatch | null>;
}

/** Questions are short; longer texts are sentences about something. */
const mostCharacters = 240;
const mostRemembered = 10_000;
/** As many questions may share one gist; more means that it says nothing. */
const mostOfGist = 6;

const indexOf = perObject(buildIndex);

/**
 * The one question that these words mean, or null; for commands that name a field in words
 * (`interfaces.md` §5). Words of several questions name the one that they are the first name of,
 * else the only one that is `asked` in this issue.
 */
export function findField(
  words: string,
  policy: Policy,
  asked: () => readonly FieldId[] = () => [],
): FieldId | null {
  const match = matchLabel(words, policy);
  if (!match || match.fields.length === 1) return match?.field ?? null;
  const own = indexOf(policy).own.get(labelKey(withoutAnchors(words)));
  if (own?.length === 1) return own[0] ?? null;
  const applicable = new Set(asked());
  const fields = match.fields.filter((field) => applicable.has(field));
  return fields.length === 1 ? (fields[0] ?? null) : null;
}

/** The questions with this wording, else the one that is clearly most alike; null when there is none. */
export function matchLabel(label: string, policy: Policy): LabelMatch | null {
  const match = matchLoosely(label, policy);
  return match && (match.exact || match.fields.length === 1) ? match : null;
}

/** Like `matchLabel`, but several questions may be equally alike: for rows, whose neighbours tell which. */
export function matchLoosely(label: string, policy: Policy): LabelMatch | null {
  if (hasAnchor(label)) {
    const field = readAnchor(label, policy);
    return field ? only(field) : matchLoosely(withoutAnchors(label), policy);
  }
  if (label.length > mostCharacters || label === '') return null;
  const index = indexOf(policy);
  const known = index.seen.get(label);
  if (known !== undefined) return known;
  const match = lookUp(label, index, policy.words);
  index.seen.set(label, match);
  return match;
}

/** "Version" below "Jenkins": words that only ask something together with the nearest title above. */
export function matchBelow(label: string, title: string, policy: Policy): LabelMatch | null {
  if (title === '' || label === '') return null;
  const match = matchLabel(`${title} ${label}`, policy);
  return match?.exact ? match : null;
}

/**
 * The one question of these groups that is most like the words, for rows whose neighbours tell what they are
 * about; null when none clearly is. Less is asked of the words than by `matchLoosely`.
 */
export function matchAmong(
  label: string,
  groups: ReadonlySet<string>,
  policy: Policy,
): LabelMatch | null {
  if (label.length > mostCharacters || label === '' || groups.size === 0) return null;
  const within = (field: FieldId): boolean =>
    groups.has(policy.questionById.get(field)?.group ?? '');
  const { alike } = indexOf(policy);
  const whole = labelKey(label);
  const bare = labelKey(withoutParentheses(label));
  const field = bestAmong(whole, alike, within) ?? bestAmong(bare, alike, within);
  return field === null ? null : { field, fields: [field], exact: false };
}

function only(field: FieldId): LabelMatch {
  return { field, fields: [field], exact: true };
}

function lookUp(label: string, index: LabelIndex, said: ReadingWords): LabelMatch | null {
  const whole = labelKey(label);
  // Nothing that a question is called: refused before anything that costs.
  if (!whole.split(' ').some((word) => index.words.has(word))) return null;
  const bracketed = /[([（]/u.test(label);
  const bare = bracketed ? labelKey(withoutParentheses(label)) : whole;
  // What a question is called first of all beats what others are called too.
  const exact = index.own.get(whole) ?? index.whole.get(whole) ?? index.whole.get(bare);
  if (exact) return found(exact, true);
  const opposite = index.opposite.get(whole) ?? index.opposite.get(bare);
  if (opposite?.[0]) return { field: opposite[0], fields: opposite, exact: true, opposite: true };
  const shortened = index.bare.get(bare) ?? index.bare.get(whole);
  if (shortened?.length === 1) return found(shortened, true);
  const inside = bracketed ? index.whole.get(labelKey(insideParentheses(label))) : undefined;
  if (inside) return found(inside, true);
  const asked = isSpoken(label) ? spokenOf(bare, index, said) : undefined;
  if (asked) return found(asked, true);
  if (shortened) return found(shortened, false);
  const alike = bestAlike(whole, index.alike);
  if (alike.length > 1) {
    const parts = partsMatch(label, index);
    const both = alike.filter((field) => parts.includes(field));
    return found(both.length > 0 ? both : alike, false);
  }
  if (alike.length > 0) return found(alike, false);
  const without = bare === whole ? [] : bestAlike(bare, index.alike);
  return found(without.length > 0 ? without : partsMatch(label, index), false);
}

/** What parts one way of asking from the next: "Boards / work items in use? Do they move?" */
const partsOfLabel = /[?!;]\s*|\.\s+|\s*[/／]\s*|[:：]\s+|\s[–—-]\s/u;
const mostParts = 6;

/** The questions that the first part means, narrowed down by the others where they agree; none when it means none. */
function partsMatch(label: string, index: LabelIndex): readonly FieldId[] {
  const parts = label.split(partsOfLabel).map(labelKey).filter(Boolean);
  if (parts.length < 2 || parts.length > mostParts) return [];
  const known = parts.map((part) => index.whole.get(part));
  const [first] = known;
  if (!first) return [];
  return known.reduce<readonly FieldId[]>((left, each = left) => {
    const common = left.filter((field) => each.includes(field));
    return common.length > 0 ? common : left;
  }, first);
}

/** "Which tier do you have today?": with what it says of time, else without. */
function spokenOf(
  key: string,
  { gists }: LabelIndex,
  said: ReadingWords,
): readonly FieldId[] | undefined {
  return [gistOf(key, said), gistOf(key, said, 'timeless')]
    .map((gist) => gists.get(gist))
    .find((fields) => fields && fields.length <= mostOfGist);
}

function found(fields: readonly FieldId[], exact: boolean): LabelMatch | null {
  const [field] = fields;
  return field === undefined ? null : { field, fields, exact };
}

function buildIndex(policy: Policy): LabelIndex {
  const whole = new Map<string, FieldId[]>();
  const bare = new Map<string, FieldId[]>();
  const own = new Map<string, FieldId[]>();
  const gists = new Map<string, FieldId[]>();
  const opposite = new Map<string, FieldId[]>();
  const wordings: Wording[] = [];
  for (const { id, ask, also, opposites = [] } of policy.questions) {
    for (const wording of opposites) add(opposite, labelKey(wording), id);
    for (const wording of [id.replaceAll('_', ' '), ask]) add(own, labelKey(wording), id);
    for (const wording of [id.replaceAll('_', ' '), id, ask, ...also]) {
      const key = labelKey(wording);
      const short = labelKey(withoutParentheses(wording));
      add(whole, key, id);
      add(bare, short, id);
      add(gists, gistOf(short || key, policy.words), id);
      wordings.push({ field: id, words: (short || key).split(' ') });
    }
  }
  const words = new Set(
    [...whole.keys(), ...bare.keys(), ...opposite.keys()].flatMap((key) => key.split(' ')),
  );
  const asking = policy.vocabularies.get('asking_words')?.values.flatMap(({ also }) => also) ?? [];
  const alike = wordingIndex(wordings, policy.questions.length, new Set(asking.map(labelKey)));
  return { whole, bare, own, gists, opposite, alike, words, seen: new Recent(mostRemembered) };
}

function add(index: Map<string, FieldId[]>, key: string, field: FieldId): void {
  const fields = index.get(key);
  if (key === '' || fields?.includes(field)) return;
  if (fields) fields.push(field);
  else index.set(key, [field]);
}

/** Folded, without numbering, symbols and plural endings: what two spellings of one question share. */
export function labelKey(label: string): string {
  let plain = label.replace(/^[\s(]*q?\d{1,3}[.):]+(?=\s|$)/iu, '');
  if (plain.includes('(')) plain = plain.replace(/(?<=\p{L})\(\p{L}{1,2}\)/gu, '');
  if (symbols.test(plain)) plain = plain.replace(/\p{So}|:[a-z0-9_+-]{2,40}:/giu, ' ');
  const key = fold(plain);
  return key.includes('s') ? key.split(' ').map(singular).join(' ') : key;
}

/** An emoji, as itself or as GitLab's code for it, may be in a text with one of these. */
const symbols = /[:\u0080-\u{10ffff}]/u;

function singular(token: string): string {
  if (token.length < 4 || !token.endsWith('s') || /(?:ss|us|is)$/u.test(token)) return token;
  return token.endsWith('ies') ? `${token.slice(0, -3)}y` : token.slice(0, -1);
}

/** Nested parentheses included; an unpaired one ends the text. */
export function withoutParentheses(text: string): string {
  if (!/[()[\]（）]/u.test(text)) return text;
  let depth = 0;
  let kept = '';
  for (const character of text) {
    if (character === '(' || character === '（' || character === '[') depth++;
    else if (character === ')' || character === '）' || character === ']')
      depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += character;
  }
  return kept;
}

function insideParentheses(text: string): string {
  const start = text.indexOf('(');
  const end = text.lastIndexOf(')');
  return start >= 0 && end > start ? text.slice(start + 1, end) : '';
}
