/** Which engagement managers cover an issue, by the policy's table, heading by heading in the policy's order. */
import type { Answers, Person } from '../model.ts';
import type { EngagementManager, Policy } from '../policy.ts';
import { isInternal } from '../say/value.ts';

export interface Match {
  readonly left: readonly EngagementManager[];
  /** Answers that are missing and would tell the remaining ones apart. */
  readonly missing: readonly string[];
  /** What was matched on, for the reason: "EMEA, Enterprise". */
  readonly what: string;
}

/**
 * An engagement manager who lists nothing under a heading covers all of it; US public sector is covered only
 * by those who are listed for it, and they cover nothing else (`domain.md` §8.8 L9, L10).
 */
export function matchManagers(
  managers: readonly EngagementManager[],
  policy: Policy,
  answers: Answers,
): Match {
  let left = managers;
  const missing: string[] = [];
  const what: string[] = [];
  for (const key of policy.assignment.match) {
    const field = key === 'service_type' ? 'service_types' : key;
    const answer = answers.get(field);
    const value = answer?.state === 'answered' || answer?.state === 'none' ? answer.value : null;
    const differ = new Set(left.map((em) => JSON.stringify(coverage(em, key)))).size > 1;
    if (value === null) {
      if (differ) missing.push(field);
      continue;
    }
    left = left.filter((em) => covers(em, key, value));
    if (key === 'pubsec_us' && value !== true) continue;
    what.push(
      isInternal(field, answers) ? 'what was answered internally' : name(policy, field, value),
    );
  }
  return { left, missing, what: what.join(', ') || 'this issue' };
}

/** The words of the policy for what was matched on. */
function name(policy: Policy, field: string, value: unknown): string {
  if (value === true) return 'US public sector';
  const vocabulary = policy.vocabularies.get(policy.questionById.get(field)?.vocabulary ?? '');
  const title = (id: unknown): string =>
    vocabulary?.values.find((each) => each.id === id)?.title ?? String(id);
  return Array.isArray(value) ? value.map(title).join(' and ') : title(value);
}

function coverage(em: EngagementManager, key: Policy['assignment']['match'][number]): unknown {
  if (key === 'pubsec_us') return em.pubsecUs;
  if (key === 'territory') return em.territories;
  return key === 'segment' ? em.segments : em.services;
}

function covers(
  em: EngagementManager,
  key: Policy['assignment']['match'][number],
  value: unknown,
): boolean {
  const list = coverage(em, key);
  if (!Array.isArray(list)) return list === (value === true);
  const wanted = Array.isArray(value) ? value : [value];
  return list.length === 0 || wanted.some((each) => list.includes(each));
}

/** User names are compared without regard to case, as GitLab does. */
export function isSame(
  em: Pick<EngagementManager, 'username'>,
  person: Pick<Person, 'username'>,
): boolean {
  return em.username.toLowerCase() === person.username.toLowerCase();
}
