/** Which service types an issue asks for (`rulings.md` 11). */
import { describe, expect, it } from 'vitest';
import { judge } from './build.ts';

const ids = (found: ReturnType<typeof judge>['serviceTypes']): readonly string[] =>
  found.map(({ id, from }) => `${id} by ${from}`);

describe('the service types', () => {
  it('are what the field names, and nothing is inferred beside it', () => {
    const { serviceTypes } = judge({ service_types: ['training'], m_sources: ['github_cloud'] });
    expect(ids(serviceTypes)).toEqual(['training by field']);
  });

  it('are what the field and a person’s label name together', () => {
    const { serviceTypes, answers } = judge(
      { service_types: ['training'] },
      { peoplesLabels: ['service:upgrade'], labels: ['service:upgrade'] },
    );
    expect(ids(serviceTypes)).toEqual(['upgrade by label', 'training by field']);
    expect(answers.get('service_types')?.state).toBe('answered');
  });

  it('named by both the field and a label count once, as the field’s', () => {
    const { serviceTypes } = judge(
      { service_types: ['upgrade'] },
      { peoplesLabels: ['service:upgrade'] },
    );
    expect(ids(serviceTypes)).toEqual(['upgrade by field']);
  });

  it('come from a person’s label alone, and then the question is answered by that label', () => {
    const { serviceTypes, answers, open } = judge(
      { m_sources: ['github_cloud'] },
      { peoplesLabels: ['service:geo-dr'] },
    );
    expect(ids(serviceTypes)).toEqual(['geo_dr by label']);
    expect(answers.get('service_types')).toMatchObject({
      state: 'answered',
      value: ['geo_dr'],
      where: { kind: 'label' },
    });
    expect(open.map(({ field }) => field)).not.toContain('service_types');
  });

  it('are not taken from a label that we put on ourselves', () => {
    const { serviceTypes } = judge({}, { labels: ['service:geo-dr'] });
    expect(serviceTypes).toEqual([]);
  });

  it('are inferred from the text when nobody names any', () => {
    const { serviceTypes, answers } = judge({
      m_sources: ['github_cloud'],
      ci_replaced: ['jenkins'],
      registry_replaced: ['artifactory'],
    });
    expect(ids(serviceTypes)).toEqual([
      'migration_scm by inferred',
      'migration_ci by inferred',
      'migration_artifacts by inferred',
    ]);
    expect(answers.get('service_types')).toMatchObject({
      value: ['migration_artifacts', 'migration_ci', 'migration_scm'],
      where: { kind: 'implied' },
    });
  });

  it('are inferred from a question that stands in the text although it is not answered', () => {
    const { serviceTypes } = judge({}, { rows: ['m_repos'] });
    expect(ids(serviceTypes)).toEqual(['migration_scm by inferred']);
  });

  it('are not inferred from a question that is answered with no', () => {
    const { serviceTypes } = judge({ m_sources: { state: 'none', value: [] } });
    expect(serviceTypes).toEqual([]);
  });

  it('are not inferred when a person took them off', () => {
    const { serviceTypes } = judge(
      { m_sources: ['github_cloud'], ci_replaced: ['jenkins'] },
      { removedServices: new Set(['migration_scm']) },
    );
    expect(ids(serviceTypes)).toEqual(['migration_ci by inferred']);
  });

  it('that a person took off still count when the text names them later', () => {
    const { serviceTypes } = judge(
      { service_types: ['migration_scm'] },
      { removedServices: new Set(['migration_scm']) },
    );
    expect(ids(serviceTypes)).toEqual(['migration_scm by field']);
  });

  it('are asked for when nothing tells them, before anything else', () => {
    const { serviceTypes, open, recommendation } = judge({});
    expect(serviceTypes).toEqual([]);
    expect(open[0]).toMatchObject({ field: 'service_types', reason: 'unanswered', gate: 'intake' });
    expect(recommendation).toMatchObject({ kind: 'undecided', rule: null });
    expect(recommendation.wouldChange).toEqual(['What is asked for (service types)']);
  });

  it('unlock the questions of their own topic', () => {
    expect(judge({}).applicable).not.toContain('m_users');
    expect(judge({ service_types: ['migration_scm'] }).applicable).toContain('m_users');
    const classOnly = judge({ service_types: ['training'] }).applicable;
    expect(classOnly).not.toContain('users_planned');
    expect(classOnly).not.toContain('goals');
  });
});
