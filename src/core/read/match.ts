/** The words beside an answer → the question they mean (`domain.md` §8.6, point 6). */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { fold } from './fold.ts';
import { perObject } from './memo.ts';

/** A question found by its words; `exact` when they are one of its own wordings. */
export interface LabelMatch {
  readonly field: FieldId;
  readonly exact: boolean;
  /** How much of the words agree, 0 to 1. */
  readonly score: number;
}

interface Alias {
  readonly field: FieldId;
  readonly tokens: ReadonlySet<string>;
  readonly weight: number;
}

interface LabelIndex {
  readonly whole: ReadonlyMap<string, FieldId>;
  /** Wordings without what stands in parentheses; null when two questions share it. */
  readonly bare: ReadonlyMap<string, FieldId | null>;
  readonly byToken: ReadonlyMap<string, readonly Alias[]>;
  readonly weights: ReadonlyMap<string, number>;
  readonly strangeWeight: number;
  readonly seen: Map<string, LabelMatch | null>;
}

/** Questions are short; longer texts are sentences about something. */
const mostCharacters = 240;
const mostWords = 24;
/** The least share of common words, and the least distance to the next best question. */
const leastScore = 0.72;
const leastMargin = 0.06;
const mostRemembered = 20_000;

const indexOf = perObject(buildIndex);

/** The one question that these words mean, or null; for commands that name a field in words. */
export function findField(words: string, policy: Policy): FieldId | null {
  return matchLabel(words, policy)?.field ?? null;
}

/** Like `findField`, and how sure it is. Exact wordings win over similar ones. */
export function matchLabel(label: string, policy: Policy): LabelMatch | null {
  if (label.length > mostCharacters) return null;
  const index = indexOf(policy);
  const known = index.seen.get(label);
  if (known !== undefined) return known;
  const match = lookUp(label, index);
  if (index.seen.size < mostRemembered) index.seen.set(label, match);
  return match;
}

function lookUp(label: string, index: LabelIndex): LabelMatch | null {
  const whole = labelKey(label);
  if (whole === '') return null;
  const bare = labelKey(withoutParentheses(label));
  const field =
    index.whole.get(whole) ??
    index.whole.get(bare) ??
    index.bare.get(bare) ??
    index.bare.get(whole) ??
    index.whole.get(labelKey(insideParentheses(label)));
  if (field) return { field, exact: true, score: 1 };
  return mostAlike(whole, index) ?? mostAlike(bare, index);
}

/** The question with the most words in common, rare words counting more; null unless it clearly wins. */
function mostAlike(key: string, index: LabelIndex): LabelMatch | null {
  const tokens = new Set(key.split(' '));
  if (tokens.size < 2 || tokens.size > mostWords) return null;
  let weight = 0;
  const common = new Map<Alias, number>();
  for (const token of tokens) {
    const own = index.weights.get(token) ?? index.strangeWeight;
    weight += own;
    for (const alias of index.byToken.get(token) ?? []) {
      common.set(alias, (common.get(alias) ?? 0) + own);
    }
  }
  const best = new Map<FieldId, number>();
  for (const [alias, shared] of common) {
    const score = (2 * shared) / (weight + alias.weight);
    if (score > (best.get(alias.field) ?? 0)) best.set(alias.field, score);
  }
  const [first, second] = [...best].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] < leastScore || first[1] - (second?.[1] ?? 0) < leastMargin) return null;
  return { field: first[0], exact: false, score: first[1] };
}

function buildIndex(policy: Policy): LabelIndex {
  const whole = new Map<string, FieldId>();
  const bare = new Map<string, FieldId | null>();
  const aliases: { field: FieldId; tokens: Set<string> }[] = [];
  for (const { id, ask, also } of policy.questions) {
    for (const wording of [id.replaceAll('_', ' '), id, ask, ...also]) {
      const key = labelKey(wording);
      const short = labelKey(withoutParentheses(wording));
      if (key !== '' && !whole.has(key)) whole.set(key, id);
      if (short !== '') bare.set(short, (bare.get(short) ?? id) === id ? id : null);
      aliases.push({ field: id, tokens: new Set((short || key).split(' ')) });
    }
  }
  const counts = new Map<string, Set<FieldId>>();
  for (const { field, tokens } of aliases) {
    for (const token of tokens) {
      counts.set(token, (counts.get(token) ?? new Set<FieldId>()).add(field));
    }
  }
  const all = policy.questions.length;
  const weights = new Map(
    [...counts].map(([token, fields]) => [token, Math.log(1 + all / fields.size)] as const),
  );
  const byToken = new Map<string, Alias[]>();
  for (const { field, tokens } of aliases) {
    let weight = 0;
    for (const token of tokens) weight += weights.get(token) ?? 0;
    const alias = { field, tokens, weight };
    for (const token of tokens) {
      const list = byToken.get(token);
      if (list) list.push(alias);
      else byToken.set(token, [alias]);
    }
  }
  return { whole, bare, byToken, weights, strangeWeight: Math.log(1 + all) * 0.8, seen: new Map() };
}

/** Folded, without numbering, symbols and plural endings: what two spellings of one question share. */
export function labelKey(label: string): string {
  const plain = label
    .replace(/^[\s(]*q?\d{1,3}[.):]+(?=\s|$)/iu, '')
    .replace(/(?<=\p{L})\(\p{L}{1,2}\)/gu, '')
    .replace(/\p{So}|:[a-z0-9_+-]{2,40}:/giu, ' ');
  return fold(plain).split(' ').map(singular).join(' ');
}

function singular(token: string): string {
  if (token.length < 4 || !token.endsWith('s') || /(?:ss|us|is)$/u.test(token)) return token;
  return token.endsWith('ies') ? `${token.slice(0, -3)}y` : token.slice(0, -1);
}

/** Nested parentheses included; an unpaired one ends the text. */
export function withoutParentheses(text: string): string {
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
