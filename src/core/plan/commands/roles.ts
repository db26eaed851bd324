/** The verbs that say who: lead and assign. */

import type { Role } from '../../model.ts';
import { roleField } from '../../role-field.ts';
import {
  type CommandContext,
  firstWord,
  isProblem,
  leftOver,
  readOne,
  readUser,
  wrong,
} from './context.ts';
import type { Order, Problem, SaidAnswer } from './order.ts';

type Parsed = Order | Problem | undefined;

/** `lead sa|csm|ae|em [@USER]` */
export function parseLead(context: CommandContext): Parsed {
  const [word, rest] = firstWord(context.args);
  const role = readOne(context, word, ['sa', 'csm', 'ae', 'em'] as const);
  if (isProblem(role)) return role;
  if (rest === '') return { kind: 'lead', role, answers: [] };
  const answers = readNamed(context, role, rest);
  if (answers === undefined || isProblem(answers)) return answers;
  return { kind: 'lead', role, answers };
}

/** `assign sa|csm|ae|em|ta @USER`; whoever has a question that names them can be assigned. */
export function parseAssign(context: CommandContext): Parsed {
  const named = context.policy.roles.flatMap(({ id, field }) => (field ? [id] : []));
  const [word, rest] = firstWord(context.args);
  const role = readOne(context, word, named);
  if (isProblem(role)) return role;
  if (rest === '') return wrong(context, 'The person is missing.');
  const answers = readNamed(context, role, rest);
  if (answers === undefined || isProblem(answers)) return answers;
  return { kind: 'assign', role, answers };
}

/** Undefined while GitLab has to be asked who that is. */
function readNamed(
  context: CommandContext,
  role: Role,
  handle: string,
): readonly SaidAnswer[] | Problem | undefined {
  const field = roleField(context.policy, role);
  const [name, rest] = firstWord(handle);
  const person = leftOver(context, rest) ?? readUser(context, name);
  if (person === undefined || isProblem(person)) return person;
  return field ? [{ field, text: `@${person.username}` }] : [];
}
