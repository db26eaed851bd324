/** Which service types an issue asks for: named, by label, or inferred (`rulings.md` 11). */
import type { Answers, ServiceTypeFound } from '../model.ts';
import type { LabelFamily, Policy, Scope } from '../policy.ts';
import { holds } from './scope.ts';

/** The field whose answer names the service types; conditions know the result by the same name. */
export const serviceTypesField = 'service_types';

/**
 * Field and people's labels decide together; only when neither says anything is it inferred.
 * `removed`: types whose label a person took off; they are not inferred again. `said`: types that a command
 * added to what stands otherwise, inferred included, or removed (not to be found anywhere).
 */
export function judgeServiceTypes(
  policy: Policy,
  answers: Answers,
  peoplesLabels: readonly string[],
  removed: ReadonlySet<string>,
  scope: Scope,
  said: ReadonlyMap<string, boolean> = new Map(),
): readonly ServiceTypeFound[] {
  const named = new Map<string, ServiceTypeFound['from']>();
  const answer = answers.get(serviceTypesField);
  if (answer?.state === 'answered' && Array.isArray(answer.value)) {
    for (const id of answer.value) named.set(id, 'field');
  }
  const family = policy.labels.find((each) => each.id === 'service');
  for (const service of policy.services) {
    if (!named.has(service.id) && hasLabel(family, service.id, peoplesLabels)) {
      named.set(service.id, 'label');
    }
  }
  for (const [id, add] of said) if (!add) named.delete(id);
  const found = named.size > 0 ? named : inferTypes(policy, removed, scope);
  return policy.services.flatMap(({ id }): ServiceTypeFound[] => {
    const from = said.get(id) === true ? 'field' : found.get(id);
    return from && said.get(id) !== false ? [{ id, from }] : [];
  });
}

function inferTypes(
  { services }: Policy,
  removed: ReadonlySet<string>,
  scope: Scope,
): ReadonlyMap<string, 'inferred'> {
  const found = services.filter(
    ({ id, infer }) => infer !== null && !removed.has(id) && holds(infer, scope),
  );
  return new Map(found.map(({ id }) => [id, 'inferred']));
}

/**
 * What the text describes beside the types that somebody named (`rulings.md` 11); nothing when they were
 * inferred themselves. `scope` knows no types but those of the field.
 */
export function suggestServices(
  policy: Policy,
  found: readonly ServiceTypeFound[],
  removed: ReadonlySet<string>,
  scope: Scope,
): readonly string[] {
  if (found.length === 0 || found.some(({ from }) => from === 'inferred')) return [];
  const named = new Set(found.map(({ id }) => id));
  return policy.services
    .filter(
      ({ id, infer }) =>
        infer !== null && !named.has(id) && !removed.has(id) && holds(infer, scope),
    )
    .map(({ id }) => id);
}

function hasLabel(family: LabelFamily | undefined, id: string, labels: readonly string[]): boolean {
  const name = family?.names.get(id);
  return name !== undefined && labels.includes(name);
}
