/** The shipped policy loads, and holds what the interfaces promise. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import type { Condition } from '../../src/core/policy.ts';
import { policyJsonSchema } from '../../src/policy/json-schema.ts';
import { loadPolicy, readPolicyDocument } from '../../src/policy/load.ts';
import { fc } from '../support/property.ts';

const policy = loadPolicy();

/** Every condition of the policy. */
const conditions: readonly Condition[] = [
  ...policy.questions.flatMap(({ when, impliedBy }) => [when, ...impliedBy.map((one) => one.when)]),
  ...policy.facts.map(({ is }) => is),
  ...policy.services.map(({ infer }) => infer),
  ...policy.leadRules.map(({ when }) => when),
  ...policy.offeringRules.flatMap(({ when, reasons }) => [when, ...reasons.map((one) => one.when)]),
  ...policy.checks.map(({ when }) => when),
  ...policy.stages.flatMap(({ enterWhen }) => enterWhen.map(({ when }) => when)),
].filter((one) => one !== null);

it('the shipped policy has questions, stages and the offerings of the interface', () => {
  expect(policy.questions.length).toBeGreaterThan(50);
  expect(policy.stages.map(({ label }) => label)).toContain('stage::proposal');
  expect(policy.offerings.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['migration_plus', 'rapid_results_sm', 'expert_services', 'education']),
  );
});

it('every check says what would clear it', () => {
  const silent = policy.checks.filter(({ wouldClear }) => wouldClear === '');
  expect(silent.map(({ id }) => id)).toEqual([]);
});

it('the shipped policy as a document fits the JSON Schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(policyJsonSchema());
  expect(validate(readPolicyDocument())).toBe(true);
});

it('no condition of the shipped policy throws, whatever has been answered', () => {
  const names = [
    ...policy.questions.map(({ id }) => id),
    'service_types',
    'rows',
    'answered',
    'states',
    'today',
    'title',
  ];
  const value = fc.oneof(
    fc.bigInt({ min: 0n, max: 100000n }),
    fc.constantFrom('github_server', '16.x', '17.4', 'none', '', 'yes'),
    fc.array(fc.constantFrom('gitlab_sm', 'github_server', 'migration_scm', 'training')),
    fc.boolean(),
    fc.date(),
    fc.constant(new Map([['csm', 'none']])),
  );
  const scope = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 40 });
  fc.assert(
    fc.property(scope, (known) => {
      const variables = new Map(Object.entries(known));
      for (const condition of conditions) {
        const truth = condition.evaluate(variables);
        if (truth.is !== 'unknown') continue;
        for (const field of truth.missing) expect(condition.fields).toContain(field);
      }
    }),
    { numRuns: 40 },
  );
});
