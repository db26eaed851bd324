/** Fills the policy's sentences: `{field}` with its answer or where it comes from, `{limits.x.y}` with a limit. */
import type { Answer, Answers, OpenQuestion } from '../model.ts';
import type { Policy } from '../policy.ts';
import { flat, inertInline, joinPieces } from './inert.ts';
import { nameOpen } from './open-questions.ts';
import { writeSource } from './place.ts';
import { isInternal, writeNumber, writeValue } from './value.ts';
import { echo, enumerate, type Words } from './words.ts';

export interface SentenceSources {
  readonly policy: Policy;
  readonly answers: Answers;
  /** Further names, such as the counters that gates know (`open_discovery`). */
  readonly extra?: ReadonlyMap<string, unknown>;
  /** What gates may name of these (`open_discovery.questions`). */
  readonly open?: readonly OpenQuestion[];
}

/** `{users_planned.number}`: the figure alone, without its date or range. */
const NUMBER = 'number';
/** `{sow_url.source}`: where the answer comes from, never the answer itself. */
const SOURCE = 'source';

/** `{open_intake.questions}`: what the gate still waits for. */
const OPEN_QUESTIONS = /^open_([a-z]+)\.questions$/;

/** `{approvers.ps}`: who can give that approval. */
const MOST_APPROVERS = 3;

const PLACEHOLDER = /\{([\p{L}_][\p{L}\p{N}_.]*)\}/u;

/**
 * The sentence on one line, people's words in it as inert code spans, the policy's own words untouched:
 * for terminals and JSON as it is, for Markdown through `calm`. An answer from an internal note is never
 * repeated, whoever reads; one that is not here reads "not known yet"; a name that means nothing stays
 * as it stands.
 */
export function fillSentence(sentence: string, sources: SentenceSources): string {
  return joinPieces(
    fillWords(sentence, sources).map((part) =>
      typeof part === 'string' ? flat(part) : inertInline(part.echo, part.most),
    ),
  );
}

function fillWords(sentence: string, sources: SentenceSources): Words {
  return sentence
    .split(/(\{[^{}]*\})/)
    .filter((part) => part !== '')
    .flatMap((part): Words => {
      const name = PLACEHOLDER.exec(part)?.[1];
      return name !== undefined && part === `{${name}}` ? lookUp(name, part, sources) : [part];
    });
}

function lookUp(
  name: string,
  asWritten: string,
  { policy, answers, extra, open }: SentenceSources,
): Words {
  if (extra?.has(name)) return writeAny(extra.get(name));
  const gate = OPEN_QUESTIONS.exec(name)?.[1];
  if (gate !== undefined && open) return [nameOpen(gate, open, answers)];
  if (name.startsWith('limits.')) {
    const limit = policy.limits.get(name.slice('limits.'.length)) ?? policy.limits.get(name);
    return [limit === undefined ? asWritten : writeNumber(limit)];
  }
  if (name.startsWith('approvers.')) {
    const listed = policy.people.approvers.get(name.slice('approvers.'.length));
    return listed ? writeApprovers(listed) : [asWritten];
  }
  const [field = '', part] = name.split('.');
  const question = policy.questionById.get(field);
  if (!question || (part !== undefined && part !== NUMBER && part !== SOURCE)) return [asWritten];
  const answer = answers.get(field);
  if (!answer || !isKnown(answer)) return ['not known yet'];
  if (part === SOURCE) return writeSource(answer.where);
  if (isInternal(field, answers)) return ['(answered internally)'];
  if (part === NUMBER && typeof answer.value === 'number') return [writeNumber(answer.value)];
  const words = writeValue(answer, question, policy);
  return words.length > 0 ? words : [echo(answer.raw)];
}

/** Named, not called: the first few of those who can give an approval. */
export function writeApprovers(usernames: readonly string[]): Words {
  if (usernames.length === 0) return ['nobody is named for it in the policy yet'];
  const shown = usernames.slice(0, MOST_APPROVERS);
  const more = usernames.length - shown.length;
  const names = shown.map((username): Words => [echo(`@${username}`)]);
  return enumerate(more > 0 ? [...names, [`${more} more`]] : names);
}

function isKnown(answer: Answer): boolean {
  if (answer.state === 'none' || answer.state === 'not_applicable') return true;
  return answer.value !== null || answer.raw.trim() !== '';
}

function writeAny(value: unknown): Words {
  if (typeof value === 'bigint' || typeof value === 'number') return [writeNumber(value)];
  if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
  if (typeof value === 'string') return value === '' ? ['not known yet'] : [echo(value)];
  return ['not known yet'];
}
