/** Plain sentences say what is wanted: the service, and where GitLab shall run. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/judge/assess.ts';
import { policy, read } from './given.ts';

function servicesIn(description: string): readonly string[] {
  const { serviceTypes } = assess(
    {
      reading: read(description),
      title: '',
      labels: [],
      peoplesLabels: [],
      removedServices: new Set(),
      stage: null,
      now: '2026-11-23T09:00:00.000Z',
      emKnown: null,
    },
    policy,
  );
  return serviceTypes.map(({ id, from }) => `${id} ${from}`);
}

describe('a sentence that says what is wanted', () => {
  it.each([
    ['They just want training, nothing else', 'training'],
    ['The team met on Monday. They only need training.', 'training'],
    ['Sie brauchen eine Schulung.', 'training'],
    ['We want a self-managed installation of GitLab on AWS.', 'implementation_sm'],
    ['The customer wants a health check of the existing instance.', 'health_check'],
    ['They want an upgrade of their GitLab 15.4 instance.', 'upgrade'],
    ['They are looking for GitLab Dedicated.', 'dedicated'],
    ['They would like to move off Bitbucket Server.', 'migration_scm'],
  ])('%s', (text, service) => {
    expect(servicesIn(text)).toEqual([`${service} inferred`]);
  });

  it.each([
    "They don't need training.",
    'Do they need training?',
    'They need a training environment.',
    'We need dedicated runners.',
    'The customer needs an upgrade to Premium.',
    'They want self-managed runners.',
    'Training was two years ago.',
  ])('and none of it: %s', (text) => {
    expect(servicesIn(text)).toEqual([]);
  });

  it('counts only where no row says what is asked for', () => {
    const rows = '- Source SCM: Bitbucket Data Center 8.19\n- Destination: GitLab.com\n';
    expect(servicesIn(`${rows}\nThey also need training on Git.\n`)).toEqual([
      'migration_scm inferred',
    ]);
  });

  it('names the place, in its own words', () => {
    const { answers } = read('We want a self-managed installation of GitLab on AWS.');
    expect(answers.get('deployment_target')).toMatchObject({
      value: 'self_managed',
      raw: 'We want a self-managed installation of GitLab on AWS.',
    });
    expect(answers.get('cloud_provider')?.value).toEqual(['aws']);
  });

  it('leaves the place to the row that names it', () => {
    const { answers } = read(
      '- Deployment target: GitLab.com\n\nThey want a Dedicated instance.\n',
    );
    expect(answers.get('deployment_target')?.value).toBe('gitlab_com');
  });
});
