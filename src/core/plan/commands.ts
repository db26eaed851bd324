/** Judges the commands in people's notes: once, by the author's role at that time (`rulings.md` 26, 27). */
import type { AcceptedSet, Command, FieldId, Note, Reading } from '../model.ts';
import type { Policy } from '../policy.ts';
import { readCommands } from '../read/commands.ts';
import { findField } from '../read/match.ts';
import { inertInline } from '../say/inert.ts';
import type { Known } from './lookups.ts';
import { keyedHash, type Memory, type Verdict } from './memory.ts';

export interface JudgedCommands {
  readonly sets: readonly AcceptedSet[];
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** Notes whose commands were refused or not understood: one short reply each. */
  readonly refused: readonly { readonly note: Note; readonly reasons: readonly string[] }[];
}

interface Judging {
  readonly policy: Policy;
  readonly memory: Memory;
  readonly known: Known;
  /** What the description alone says, to tell later whether a row was edited after the command. */
  readonly described: Reading;
  /** The fields that apply as the description stands: they tell which of two alike questions is meant. */
  readonly asked: () => readonly FieldId[];
  readonly key: string;
  readonly botUsername: string;
}

/** Oldest first. Undefined when roles have to be looked up first. */
export function judgeCommands(
  notes: readonly Note[],
  judging: Judging,
): JudgedCommands | undefined {
  const sets: AcceptedSet[] = [];
  const verdicts: Record<string, Verdict> = {};
  const refused: { note: Note; reasons: string[] }[] = [];
  let waiting = false;
  for (const note of notes) {
    const reasons: string[] = [];
    const commands = readCommands(note.body, {
      prefix: '/scoping',
      mention: judging.botUsername,
    });
    for (const command of commands) {
      const verdict = judge(command, note, judging);
      if (!verdict) {
        waiting = true;
        continue;
      }
      verdicts[`${note.id}:${command.line}`] = verdict;
      const target = verdict.accepted ? readSet(command, judging) : null;
      if (target) sets.push(asSet(target, command, note, verdict, judging.key));
      else if (verdict.reason) reasons.push(verdict.reason);
    }
    if (reasons.length > 0) refused.push({ note, reasons });
  }
  return waiting ? undefined : { sets, verdicts, refused };
}

function judge(command: Command, note: Note, judging: Judging): Verdict | undefined {
  const { policy, memory, known, key } = judging;
  const hash = keyedHash(`${command.verb} ${command.args}`, key);
  const id = `${note.id}:${command.line}`;
  const earlier = Object.hasOwn(memory.verdicts, id) ? memory.verdicts[id] : undefined;
  if (earlier?.hash === hash) return earlier;
  const refuse = (reason: string): Verdict => ({ hash, accepted: false, reason });
  if (command.verb !== 'set') {
    const understood = 'What I understand is: set FIELD VALUE.';
    if (command.verb === '') return refuse(understood);
    return refuse(`I do not know ${inertInline(command.verb, 40)} yet. ${understood}`);
  }
  const target = readSet(command, judging);
  if (!target) return refuse(whatIsMissing(command));
  const role = known.role(note.author.id);
  if (role === undefined) return undefined;
  const needed = policy.commandRights.get('answer')?.level ?? 0;
  if (role === null || role < needed) {
    return refuse(
      'Only members of this project from the role Planner up can answer for it. Someone with that role can repeat the line.',
    );
  }
  const stood = judging.described.answers.get(target.field)?.raw ?? '';
  return { hash, accepted: true, stood: keyedHash(stood, key) };
}

function whatIsMissing(command: Command): string {
  return command.args === ''
    ? 'After "set" I need a field and its value: set FIELD VALUE.'
    : 'I do not know that field, or the value is missing. The form is: set FIELD VALUE, or set FIELD = VALUE when the field is given in words.';
}

/** `FIELD VALUE` by id, or `WORDS = VALUE`; null when the field is unknown or the value missing. */
function readSet(
  command: Command,
  { policy, asked }: Judging,
): { field: string; text: string } | null {
  const [, id = '', rest = ''] = /^(\S+)\s+(\S[\s\S]*)$/.exec(command.args) ?? [];
  if (policy.questionById.has(id)) {
    const text = rest.replace(/^=\s*/, '');
    return text === '' ? null : { field: id, text };
  }
  const equals = command.args.indexOf('=');
  if (equals < 0) return null;
  const words = command.args.slice(0, equals).trim();
  const field = findField(words, policy, asked);
  const text = command.args.slice(equals + 1).trim();
  return field && text !== '' ? { field, text } : null;
}

function asSet(
  target: { field: string; text: string },
  command: Command,
  note: Note,
  verdict: Verdict,
  key: string,
): AcceptedSet {
  return {
    ...target,
    note: { id: note.id, author: note.author.username, internal: note.internal },
    line: command.line,
    at: note.createdAt,
    // An empty row says nothing that could disagree; one filled in since does (`rulings.md` 27).
    beats: (raw) => raw.trim() === '' || keyedHash(raw, key) === verdict.stood,
  };
}
