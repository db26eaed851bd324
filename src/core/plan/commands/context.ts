/** What a command is read against, and the small pieces that every verb needs. */
import type { FieldId, Note, Person } from '../../model.ts';
import { nearest } from '../../nearest.ts';
import type { CommandSpec, Policy } from '../../policy.ts';
import { findField } from '../../read/match.ts';
import { inertInline } from '../../say/inert.ts';
import { ownForm } from '../../say/question.ts';
import type { Known } from '../lookups.ts';
import type { Offers } from './offers.ts';
import type { Problem } from './order.ts';

export interface CommandContext {
  readonly policy: Policy;
  readonly known: Known;
  /** The fields that apply as the description stands: they tell which of two alike questions is meant. */
  readonly asked: () => readonly FieldId[];
  readonly offers: Offers;
  readonly note: Note;
  readonly spec: CommandSpec;
  readonly args: string;
}

/** How long people's words may be in a reply. */
const quoted = 40;

export function quote(text: string): string {
  return inertInline(text, quoted);
}

/** The reply to a command that was not understood: what was read, and the nearest form that works. */
export function wrong({ spec }: Pick<CommandContext, 'spec'>, what: string): Problem {
  return { problem: `${what} The form is: ${form(spec.form)}.` };
}

export function form(words: string): string {
  return inertInline(`/scoping ${words}`, 120);
}

/** Said where no known field is near: `help` lists the commands, not the fields. */
const whereFieldsAreNamed = 'Each open question in my comment shows its name in its reply form.';

/** The first word and what follows it. */
export function firstWord(text: string): readonly [string, string] {
  const [, first = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/u.exec(text.trim()) ?? [];
  return [first, rest.trim()];
}

/** `FIELD rest` by id, `WORDS = rest` (or with a colon), or WORDS alone; a problem names the nearest field. */
export function readField(
  context: CommandContext,
): { readonly field: FieldId; readonly rest: string } | Problem {
  const { policy, args, asked } = context;
  if (args === '') return wrong(context, `After ${quote(context.spec.id)} I need a field.`);
  const [first, rest] = firstWord(args);
  if (policy.questionById.has(first.toLowerCase())) {
    return { field: first.toLowerCase(), rest: rest.replace(/^[=:]\s*/u, '') };
  }
  // The first of them parts the question from its answer; the other one belongs to the answer.
  const between = args.search(/=|:(?!\/\/)/u);
  const words = (between < 0 ? args : args.slice(0, between)).trim();
  const field = findField(words, policy, asked);
  if (field) return { field, rest: between < 0 ? '' : args.slice(between + 1).trim() };
  const near = nearest(first, policy.questionById.keys());
  const hint = near === null ? '' : ` Did you mean ${quote(near)}?`;
  const shown = between < 0 ? first : words;
  const where = near === null ? ` ${whereFieldsAreNamed}` : '';
  return wrong(context, `I do not know the field ${quote(shown)}.${hint}${where}`);
}

/** A field that has a command with rights of its own: that one has to be used. */
export function hasOwnCommand(field: FieldId, policy: Policy): Problem | null {
  const own = ownForm(field, policy);
  return own === null ? null : { problem: `${quote(field)} has a command of its own: ${own}.` };
}

/** A user by handle, `undefined` while GitLab has to be asked; a problem names the nearest known one. */
export function readUser(context: CommandContext, handle: string): Person | Problem | undefined {
  const { policy, known } = context;
  const name = handle.replace(/^@/u, '').replace(/[.,;:]+$/u, '');
  if (!/^[\w][\w.-]*$/u.test(name)) {
    return wrong(
      context,
      `I read ${quote(handle)} where a username such as ${quote('@NAME')} belongs.`,
    );
  }
  const person = known.find(name);
  if (person !== null) return person;
  const listed = [...policy.people.byRole.values()].flat();
  const near = nearest(name, listed);
  const hint = near === null ? '' : ` Did you mean ${quote(`@${near}`)}?`;
  return wrong(context, `GitLab knows nobody called ${quote(`@${name}`)}.${hint}`);
}

/** Null when nothing follows; else the reply: half of what somebody wrote is never carried out. */
export function leftOver(context: CommandContext, rest: string): Problem | null {
  if (rest === '') return null;
  return wrong(context, `${quote(rest)} is more than I can read here, so I did none of it.`);
}

/** One of a few words, by its spelling without regard to case; a problem names the nearest. */
export function readOne<T extends string>(
  context: CommandContext,
  word: string,
  allowed: readonly T[],
): T | Problem {
  const found = allowed.find((each) => each === word.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(word, allowed);
  const hint = near === null ? '' : ` Did you mean ${quote(near)}?`;
  const read = word === '' ? 'Something is missing.' : `I read ${quote(word)}.`;
  return wrong(context, `${read}${hint} Allowed: ${allowed.join(', ')}.`);
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value;
}
