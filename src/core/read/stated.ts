/** Sentences that answer like a keyed line: "CRM stage is Tech Eval", "The tier will be Premium". */
import type { Policy, ReadingWords } from '../policy.ts';
import { parseAnswer } from './answer.ts';
import { withoutLeadingFillers } from './gist.ts';
import type { KeyedLine } from './keyed-line.ts';
import { matchLabel } from './match.ts';
import { perObject } from './memo.ts';
import { plainText } from './plain.ts';

const longestLine = 300;
const longestKey = 60;
/** Whether words are an answer does not hang on the day they were written. */
const someDay = '2026-01-01';

const copulaOf = perObject((words: ReadingWords): RegExp | null => {
  const spoken = words.copulas.map((each) => each.replace(/[^\p{L} ]/gu, '')).filter(Boolean);
  return spoken.length === 0
    ? null
    : new RegExp(`^(.{2,${longestKey}}?)\\s(?:${spoken.join('|')})\\s+(\\S.*)$`, 'isu');
});

/** Each sentence or clause that answers, else the line as a whole; none when nothing of it does. */
export function readSentences(body: string, bullet: boolean, policy: Policy): readonly KeyedLine[] {
  if (body.length > longestLine) return [];
  const pieces = body.split(/(?<=[.;!])\s+|,\s+/u);
  const said = pieces.flatMap((each) => readStated(each, false, policy) ?? []);
  const whole = said.length > 1 ? null : readStated(body, bullet, policy);
  return whole ? [whole] : said;
}

/**
 * Null when the sentence does not begin with a question's own words, or what follows cannot be its answer
 * ("Users are annoyed"). `body` is a line without its list marker.
 */
function readStated(body: string, bullet: boolean, policy: Policy): KeyedLine | null {
  if (body.length > longestLine || /[?？]\s*$/u.test(body)) return null;
  const [, key = '', rest = ''] = copulaOf(policy.words)?.exec(plainText(body)) ?? [];
  return key === '' ? null : readPair(key, rest, bullet, policy);
}

function readPair(key: string, rest: string, bullet: boolean, policy: Policy): KeyedLine | null {
  const label = withoutLeadingFillers(key, policy.words);
  const match = label === '' ? null : matchLabel(label, policy);
  const question = match?.exact ? policy.questionById.get(match.field) : undefined;
  if (!match || !question) return null;
  const prose = question.type === 'text' || question.type === 'list';
  const text = rest.replace(/[.!]\s*$/u, '');
  const { state, invalid } = parseAnswer(text, question, policy, someDay);
  const fits = state === 'answered' || state === 'deferred' || state === 'unknown';
  // "Support is slow" is prose, "The goal is one platform" is an answer in it.
  if (prose ? !bullet && label === key : !fits || invalid) return null;
  return { ...match, label, text, bullet };
}
