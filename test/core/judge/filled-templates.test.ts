/** Whoever fills a whole template is asked nothing more, apart from what hangs on an answer given. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/judge/assess.ts';
import type { TemplateSpec } from '../../../src/core/policy.ts';
import { writeTemplate } from '../../../src/core/say/templates.ts';
import { policy, question, read } from '../read/given.ts';

/** Templates that are not called like one service type: what may stand in their first row. */
const services = new Map([
  ['Custom scoping', ['SCM migration, CI/CD migration']],
  ['Services calculator', ['SCM migration']],
  [
    'Self-managed installation, upgrade or Geo',
    ['new self-managed installation', 'upgrade', 'Geo or disaster recovery'],
  ],
  ['CI-CD and DevSecOps transformation', ['CI/CD transformation', 'DevSecOps transformation']],
]);

/** On top of the policy's own examples: answers on which other questions hang. */
const situations: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['the examples', {}],
  ['CI/CD from now on', { ci_adoption: 'now', app_containers: 'all of them' }],
  [
    'from GitLab self-managed to GitLab.com',
    {
      ci_adoption: 'now',
      m_sources: 'GitLab self-managed 17.4',
      m_destination: 'GitLab.com',
      deployment_target: 'GitLab.com',
    },
  ],
  ['from GitHub', { m_sources: 'GitHub Enterprise Server 3.10', scm_replaced: 'GitHub.com' }],
];

/** Jenkins, Azure DevOps and systems without Git: tools that some name and most do not have. */
const onlyWhenNamed = new Set(['J', 'MA', 'MS']);

const cases = policy.templates.flatMap((spec) =>
  (services.get(spec.name) ?? ['']).flatMap((service) =>
    situations.map(([what, answers]) => ({ name: spec.name, spec, service, what, answers })),
  ),
);

function openIn(
  spec: TemplateSpec,
  service: string,
  answers: Readonly<Record<string, string>>,
): readonly string[] {
  const filled = writeTemplate({ ...spec, form: 'bullets' }, policy).replace(
    /^(- .*<!-- field:(\w+) -->:).*$/gm,
    (line: string, key: string, field: string) => {
      if (field === 'service_types') return service === '' ? line : `${key} ${service}`;
      return `${key} ${answers[field] ?? question(field).example}`;
    },
  );
  const { open } = assess(
    {
      reading: read(filled),
      title: 'Acme - Scope Issue and Write SOW',
      labels: [],
      peoplesLabels: [],
      removedServices: new Set(),
      stage: null,
      emKnown: null,
      now: '2026-11-23T09:00:00.000Z',
    },
    policy,
  );
  return open.map(({ field }) => field);
}

describe('a whole template filled in', () => {
  it.each(cases)('$name ($service, $what) leaves nothing open', ({ spec, service, answers }) => {
    const rows = new Set(spec.sections.flatMap(({ fields }) => fields));
    const left = openIn(spec, service, answers).filter((field) => {
      const { group } = question(field);
      if (rows.has(field)) return true;
      // The general template asks for what is common to all services; their own questions come with the first comment.
      if (spec.name === 'Custom scoping') return group === 'A' || group === 'B';
      return !onlyWhenNamed.has(group);
    });
    expect(left).toEqual([]);
  });
});
