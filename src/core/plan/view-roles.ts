/** What the comment says about people: who has which role, how we know, and why nobody has. */

import type { Answer, Assessment, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import { readHandles } from '../read/link.ts';
import { roleField } from '../role-field.ts';
import { quietName } from '../say/names.ts';
import { isInternal } from '../say/value.ts';
import type { CommentView, RoleView } from '../say/view.ts';
import { type People, sayPool } from './people.ts';
import type { ViewInput } from './view-input.ts';

/** The roles that some stage asks for, and whoever else was found; a role nobody is asked for is not shown. */
export function viewRoles(input: ViewInput): CommentView['roles'] {
  const { policy, people } = input;
  const shown = policy.roles.filter(({ id, field }) => {
    const asked = field !== null && policy.questionById.get(field)?.gate !== 'none';
    return id === 'em' || asked || people.byRole.has(id) || people.unclear.has(id);
  });
  return new Map(shown.map(({ id }): [Role, RoleView] => [id, viewRole(id, input)]));
}

function viewRole(
  role: Role,
  { policy, people, movers, live, assessment, internal }: ViewInput,
): RoleView {
  const found = people.byRole.get(role);
  const field = roleField(policy, role) ?? '';
  const said = assessment.answers.get(field);
  // Somebody who was named internally is not named where everybody reads.
  if (found && !internal && isInternal(field, assessment.answers)) {
    return { username: null, reason: 'answered internally' };
  }
  if (found) {
    return {
      username: found.username,
      name: found.name,
      known: found.known,
      source: sayCandidate(role, assessment) + found.source + sayFirst(found.username, said),
      inferred: found.inferred,
      mention: found.person !== null && movers.includes(role) && live.includes(found.person.id),
    };
  }
  if (role === 'em') return { username: null, reason: whyNoManager(people, policy) };
  return { username: null, reason: whyNobody(role, assessment, people, policy) };
}

/** Where an answer names several people, the first is taken, and that is said. */
function sayFirst(username: string, said: Answer | undefined): string {
  if (said?.state !== 'answered' || String(said.value).toLowerCase() !== username.toLowerCase()) {
    return '';
  }
  const all = readHandles(said.raw).length;
  return all > 1 ? `; of the ${all} who are named there I take the first` : '';
}

/** `domain.md` §8.8 L7: both are listed while nobody knows who leads. */
function sayCandidate(role: Role, { lead }: Assessment): string {
  return lead.candidates?.includes(role) ? 'may lead discovery; ' : '';
}

function whyNobody(role: Role, assessment: Assessment, people: People, policy: Policy): string {
  const unclear = people.unclear.get(role);
  if (unclear !== undefined) return unclear;
  const pool = sayPool(policy, role);
  const rule = assessment.pools.find((found) => found.role === role);
  if (rule && pool !== '') return `not named; ${rule.reason}: ${pool}`;
  const field = roleField(policy, role);
  const asked =
    assessment.lead.role === role || (field !== null && assessment.applicable.includes(field));
  const candidate = sayCandidate(role, assessment);
  return asked || candidate !== '' ? `${candidate}not named yet` : 'not needed for this one';
}

function whyNoManager({ manager }: People, policy: Policy): string {
  if (manager.kind === 'waiting') {
    const questions = manager.missing.map((id) => policy.questionById.get(id)?.ask ?? id);
    return `I will find one as soon as this is answered: ${questions.join('; ')}`;
  }
  if (manager.kind === 'later') return manager.reason;
  const { fallback } = policy.assignment;
  const desk = fallback === '' ? sayPool(policy, 'em') : quietName(fallback);
  const ask = desk === '' ? 'please name one here' : `please ask ${desk}`;
  return manager.kind === 'nobody' ? `${manager.reason}; ${ask}` : ask;
}
