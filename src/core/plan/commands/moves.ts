/** The verbs that move an issue, end it, or ask for a look: advance, back, hold, outcomes, snooze and the rest. */
import { nearest } from '../../nearest.ts';
import { fold } from '../../read/fold.ts';
import {
  type CommandContext,
  firstWord,
  isProblem,
  leftOver,
  quote,
  readOne,
  wrong,
} from './context.ts';
import { addDays, readDay } from './days.ts';
import type { Order, Problem } from './order.ts';

type Parsed = Order | Problem;

/** Nobody is left alone for longer. */
const mostDays = 60;

/** `advance [force REASON]` */
export function parseAdvance(context: CommandContext): Parsed {
  const [word, reason] = firstWord(context.args);
  if (word === '') return { kind: 'advance', force: false, reason: '' };
  const force = readOne(context, word, ['force']);
  if (isProblem(force)) return force;
  return reason === '' ? noReason(context) : { kind: 'advance', force: true, reason };
}

/** `back STAGE REASON`: a stage by its id, title, or any of its labels with or without their scope. */
export function parseBack(context: CommandContext): Parsed {
  const { policy, args } = context;
  const words = fold(args);
  const names = policy.stages
    .filter(({ hold }) => !hold)
    .flatMap(({ id, title, label, also }) =>
      [id, title, ...[label, ...also].flatMap((each) => [each, withoutScope(each)])].map(
        (name) => ({ id, name: fold(name) }),
      ),
    )
    .toSorted((a, b) => b.name.length - a.name.length);
  const found = names.find(({ name }) => words === name || words.startsWith(`${name} `));
  if (!found) {
    const [first] = firstWord(args);
    const titles = policy.stages.filter(({ hold }) => !hold).map(({ id }) => id);
    const near = nearest(first, titles);
    const hint = near === null ? '' : ` Did you mean ${quote(near)}?`;
    const read = first === '' ? 'The stage is missing.' : `I know no stage ${quote(first)}.`;
    return wrong(context, `${read}${hint} Stages: ${titles.join(', ')}.`);
  }
  if (words === found.name) return noReason(context);
  return { kind: 'back', stage: found.id, reason: afterWords(args, found.name) };
}

/** `hold DATE REASON`: the date is the first words that can be read as one. */
export function parseHold(context: CommandContext): Parsed {
  const words = context.args.split(/\s+/u).filter(Boolean);
  if (words.length === 0) return wrong(context, 'The date and the reason are missing.');
  for (let count = Math.min(3, words.length); count > 0; count -= 1) {
    const day = readDay(context, words.slice(0, count).join(' '));
    if (isProblem(day)) {
      if (count === 1) return day;
      continue;
    }
    // "2026-12-18 waiting for budget": words that only stand beside the date are the reason.
    const alone = count > 1 ? readDay(context, words[0] ?? '') : day;
    const used = isProblem(alone) || alone !== day ? count : 1;
    const reason = words.slice(used).join(' ');
    return reason === '' ? noReason(context) : { kind: 'hold', until: day, reason };
  }
  return noReason(context);
}

/** `won|lost|sku|partner REASON` */
export function parseOutcome(context: CommandContext): Parsed {
  const { spec, args } = context;
  return args === '' ? noReason(context) : { kind: 'outcome', outcome: spec.id, reason: args };
}

/** `snooze DAYS` */
export function parseSnooze(context: CommandContext): Parsed {
  const [, digits = ''] = /^(\d{1,3})(?:\s*d(?:ays?)?)?$/u.exec(context.args) ?? [];
  const days = Number(digits);
  if (digits === '' || days < 1 || days > mostDays) {
    const read =
      context.args === '' ? 'The number of days is missing.' : `I read ${quote(context.args)}.`;
    return wrong(context, `${read} Allowed: 1 to ${mostDays} days.`);
  }
  return { kind: 'snooze', until: addDays(context.note.createdAt.slice(0, 10), days) };
}

/** `type add|remove SERVICE` */
export function parseType(context: CommandContext): Parsed {
  const { policy, args } = context;
  const [word, name] = firstWord(args);
  const change = readOne(context, word, ['add', 'remove']);
  if (isProblem(change)) return change;
  const wanted = fold(name);
  const vocabulary = policy.vocabularies.get(
    policy.questionById.get('service_types')?.vocabulary ?? '',
  );
  const found = policy.services.find(({ id, title, label }) => {
    const also = vocabulary?.values.find((value) => value.id === id)?.also ?? [];
    return [id, title, label, label.split(':').at(-1) ?? '', ...also].some(
      (each) => fold(each) === wanted,
    );
  });
  if (found) return { kind: 'service', add: change === 'add', id: found.id };
  const ids = policy.services.map(({ id }) => id);
  const near = nearest(name, ids);
  const hint = near === null ? '' : ` Did you mean ${quote(near)}?`;
  const read =
    name === '' ? 'The service type is missing.' : `I know no service type ${quote(name)}.`;
  return wrong(context, `${read}${hint} Service types: ${ids.join(', ')}.`);
}

/** `approve ps|revenue|rdm|ta` */
export function parseApprove(context: CommandContext): Parsed {
  const ids = context.policy.approvals.map(({ id }) => id);
  const [word, rest] = firstWord(context.args);
  const approval = readOne(context, word, ids);
  if (isProblem(approval)) return approval;
  return leftOver(context, rest) ?? { kind: 'approve', approval };
}

/** `undo` and `resume` stand alone: a number or a day behind them would ask for something else. */
export function parseAlone(kind: 'undo' | 'resume'): (context: CommandContext) => Parsed {
  return (context) => leftOver(context, context.args) ?? { kind };
}

function withoutScope(label: string): string {
  return label.split('::').at(-1) ?? label;
}

/** What follows a name that was found in the folded text, in its own spelling. */
function afterWords(text: string, name: string): string {
  const words = text.split(/\s+/u);
  const end = words.findIndex((_, i) => fold(words.slice(0, i + 1).join(' ')) === name);
  return words.slice(end + 1).join(' ');
}

function noReason(context: CommandContext): Problem {
  return wrong(context, 'The reason is missing; a few words are enough.');
}
