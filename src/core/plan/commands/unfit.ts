/** Why somebody cannot be given a role by a new command: blocked, not a member, or the bot itself (`domain.md` §8.8 L15). */
import { nearest } from '../../nearest.ts';
import type { CommandSpec, Policy } from '../../policy.ts';
import type { Known } from '../lookups.ts';
import { troubleOf, troubleSaid } from '../trouble.ts';
import { form, quote } from './context.ts';
import type { Order } from './order.ts';

/**
 * Null: they can. Undefined: they have to be looked up first. Asked once, when the command is judged:
 * what becomes of them later is said in the table of people.
 */
export function whyUnfit(
  order: Order,
  spec: CommandSpec,
  { policy, known }: { readonly policy: Policy; readonly known: Known },
): string | null | undefined {
  if (order.kind !== 'assign' && order.kind !== 'lead') return null;
  const [answer] = order.answers;
  if (!answer) return null;
  const username = answer.text.replace(/^@/u, '');
  const bot = known.facts.bot.username;
  if (username.toLowerCase() === bot.toLowerCase()) {
    return `I cannot take a role on an issue myself. ${nearestForm(order, username, spec, policy)}`;
  }
  const facts = known.personFacts(username);
  if (facts === undefined) return undefined;
  const trouble = troubleOf(facts);
  if (trouble === null) return null;
  return `${quote(`@${username}`)} ${troubleSaid[trouble]}, so I gave them no role here. ${nearestForm(order, username, spec, policy)}`;
}

/** Whoever an accepted command names is remembered, so that they are not looked up at every look. */
export function keepNamed(order: Order, known: Known): void {
  if (order.kind !== 'assign' && order.kind !== 'lead') return;
  for (const { text } of order.answers) known.person(text.replace(/^@/u, ''));
}

/** With whoever is listed for that role under the nearest name, else the form as it is. */
function nearestForm(
  { role }: Extract<Order, { kind: 'assign' | 'lead' }>,
  username: string,
  spec: CommandSpec,
  { people }: Policy,
): string {
  const listed = (people.byRole.get(role) ?? []).filter((name) => name !== username);
  const near = nearest(username, listed);
  return near === null
    ? `The form is: ${form(spec.form)}.`
    : `Did you mean ${form(`${spec.id} ${role} @${near}`)}?`;
}
