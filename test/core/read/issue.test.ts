/** Several sources on one question: places that disagree, commands, labels, the title, and what one answer says about another. */
import { describe, expect, it } from 'vitest';
import type { AcceptedSet } from '../../../src/core/model.ts';
import { read, readAnswer } from './given.ts';

const note = { id: 7, author: 'anna', internal: false };

function set(
  field: string,
  text: string,
  beats: (raw: string) => boolean = () => true,
): AcceptedSet {
  return { field, text, note, line: 1, at: '2026-11-20T10:00:00Z', beats };
}

describe('two places', () => {
  it('that disagree are contradictory, and both are shown', () => {
    const answer = readAnswer('GitLab tier: Premium\n\n## GitLab tier\nUltimate', 'tier');
    expect(answer.state).toBe('contradictory');
    expect(answer.statements?.map(({ raw, where }) => [raw, where.line])).toEqual([
      ['Premium', 1],
      ['Ultimate', 3],
    ]);
  });

  it.each([
    ['tier', 'GitLab tier: Premium\n\nGitLab tier: premium!', 'answered', 'premium'],
    ['tier', 'GitLab tier: TBD\n\nGitLab tier: Ultimate', 'answered', 'ultimate'],
    ['tier', 'GitLab tier: Ultimate\n\nGitLab tier:', 'answered', 'ultimate'],
    [
      'm_users',
      'Number of users to migrate: 0\n\nNumber of users to migrate: 40',
      'contradictory',
      0,
    ],
    [
      'cloud_provider',
      'Cloud provider: AWS\n\nCloud provider: AWS, Azure',
      'answered',
      ['aws', 'azure'],
    ],
    ['cloud_provider', 'Cloud provider: AWS\n\nCloud provider: Azure', 'contradictory', ['aws']],
    ['goals', 'Goals: one\n\nGoals: two', 'answered', 'one\ntwo'],
  ])('on %s: %j', (field, description, state, value) => {
    expect(readAnswer(description, field)).toMatchObject({ state, value });
  });
});

describe('a command', () => {
  it('answers what the description leaves out', () => {
    const answer = read('', { sets: [set('tier', 'Premium')] }).answers.get('tier');
    expect(answer).toMatchObject({ value: 'premium', where: { kind: 'command', line: 1, note } });
  });

  it('beats what stood there when it was written', () => {
    const { answers } = read('GitLab tier: Free', {
      sets: [set('tier', 'Premium', (raw) => raw === 'Free')],
    });
    expect(answers.get('tier')).toMatchObject({ state: 'answered', value: 'premium' });
  });

  it('is contradicted by an edit afterwards, unless that says the same or nothing', () => {
    const sets = [set('tier', 'Premium', (raw) => raw === 'Free')];
    const edited = read('GitLab tier: Ultimate', { sets }).answers.get('tier');
    expect(edited?.state).toBe('contradictory');
    expect(edited?.statements?.map(({ raw }) => raw)).toEqual(['Ultimate', 'Premium']);
    expect(read('GitLab tier: premium', { sets }).answers.get('tier')?.state).toBe('answered');
    expect(read('GitLab tier: TBD', { sets }).answers.get('tier')?.value).toBe('premium');
  });

  it('gives way to a later one', () => {
    const { answers } = read('', { sets: [set('tier', 'Premium'), set('tier', 'Ultimate')] });
    expect(answers.get('tier')).toMatchObject({ state: 'answered', value: 'ultimate' });
  });

  it('dates from its own day', () => {
    const { answers } = read('', { sets: [set('target_start', '21 November')] });
    expect(answers.get('target_start')?.value).toBe('2026-11-21');
  });
});

describe('implied', () => {
  const table = '| Question | Answer |\n|-|-|\n';

  it('by the destination are target and architecture', () => {
    const { answers, rows } = read(`${table}| Destination GitLab deployment | Self-Managed(HA) |`);
    const where = { kind: 'implied', from: 'm_destination' };
    expect(answers.get('deployment_target')).toMatchObject({ value: 'self_managed', where });
    expect(answers.get('sm_architecture')).toMatchObject({ value: 'ha', where });
    expect([...rows]).toEqual(['m_destination']);
  });

  it('by the sources is what is replaced, and where GitLab runs today', () => {
    const { answers } = read(`${table}| Source SCM system(s) | GHES, GitLab self-managed |`);
    expect(answers.get('scm_replaced')?.value).toEqual(['github_server', 'gitlab_sm']);
    expect(answers.get('deployment_current')?.value).toBe('self_managed');
  });

  it('by the later part of the users are the planned ones, and not by those who move', () => {
    const { answers } = read(
      'GitLab users today: 300 now, 950 next year\n\nNumber of users to migrate: 40',
    );
    expect(answers.get('users_planned')).toMatchObject({
      value: 950,
      where: { from: 'users_current' },
    });
    expect(read('Number of users to migrate: 40').answers.has('users_planned')).toBe(false);
  });

  it.each(['Acme AG - Scope Issue and Write SOW', 'Acme AG – scope issue and write sow'])(
    'by the title %s is the customer',
    (title) => {
      const answer = read('', { title }).answers.get('customer_name');
      expect(answer).toMatchObject({ value: 'Acme AG', where: { kind: 'title' } });
    },
  );

  it('gives way to an answer of its own, and keeps silent about what is open', () => {
    const told = read(
      'Destination GitLab deployment: SaaS\n\nWhere GitLab is going to run: Dedicated',
    );
    expect(told.answers.get('deployment_target')).toMatchObject({
      value: 'dedicated',
      where: { kind: 'line' },
    });
    expect(read('Destination GitLab deployment: TBD').answers.has('deployment_target')).toBe(false);
  });
});

describe('a label', () => {
  it.each(['Segment::Ent_EMEA', 'segment::ent_emea'])(
    '%s answers segment and territory',
    (label) => {
      const { answers } = read('', { labels: ['other', label] });
      expect(answers.get('segment')).toMatchObject({
        value: 'enterprise',
        where: { kind: 'label', label },
      });
      expect(answers.get('territory')?.value).toBe('emea');
    },
  );

  it('gives way to the text', () => {
    const { answers } = read('Market segment: SMB\n\nSales territory: TBD', {
      labels: ['Segment::Ent_EMEA'],
    });
    expect(answers.get('segment')?.value).toBe('smb');
    expect(answers.get('territory')?.value).toBe('emea');
  });
});
