/** Words that only ask something together with what stands beside or above them. */
import { describe, expect, it } from 'vitest';
import { read, readAnswer } from './given.ts';

describe('words that need their neighbours', () => {
  it('are read as the group of the section row above', () => {
    const table = [
      '| Topic | Answer |',
      '| --- | --- |',
      '| **Azure DevOps** | |',
      '| How many repos does a project usually have? | about 4 |',
      '| Does history really have to come along? | two years |',
    ].join('\n');
    expect(readAnswer(table, 'ma_ratio').raw).toBe('about 4');
    expect(readAnswer(table, 'ma_history').raw).toBe('two years');
  });

  it('are read as the group that the heading above names', () => {
    const text = '# Artifactory exit\n#### Product used today\nJFrog\n##### Remark\nold\n';
    expect(readAnswer(text, 'r_product').raw).toContain('old');
  });

  it('are the row above’s when two groups share them', () => {
    const text =
      'Existing customer: yes\nCourses: Git Essentials\nOn-site or remote: remote\nLanguage: French\nTier: Premium';
    expect(readAnswer(text, 'e_mode').raw).toBe('remote');
    expect(readAnswer(text, 'e_language').raw).toBe('French');
  });

  it('name the whole row when they are several questions', () => {
    const table =
      '| Question | Answer |\n| --- | --- |\n| Users today / planned | 700 / 900 |\n| CSM / AE | @a.b / @c.d |';
    expect(readAnswer(table, 'users_current').value).toBe(700);
    expect(readAnswer(table, 'users_planned').value).toBe(900);
    expect(readAnswer(table, 'account_exec').value).toBe('c.d');
    expect(readAnswer('#### CSM / AE\n@a.b / @c.d', 'csm').value).toBe('a.b');
  });

  it('take the first part of a title that asks several things', () => {
    const table =
      '| Question | Answer |\n| --- | --- |\n| Boards / work items in use? Do they move? | yes, Scrum |';
    expect(readAnswer(table, 'ma_boards').raw).toBe('yes, Scrum');
  });

  it('ask with the whole heading row, one line for each record', () => {
    const table =
      '| System | Version | Direction | Auth | Purpose |\n| --- | --- | --- | --- | --- |\n| Jira | 9.12 | both | OAuth | links |\n| ServiceNow | | out | basic | changes |';
    expect(readAnswer(table, 'n_systems').raw).toBe(
      'Jira, 9.12, both, OAuth, links\nServiceNow, out, basic, changes',
    );
    expect(read(table).rows.has('version_current')).toBe(false);
  });

  it('are summed over the instances of one system', () => {
    const text = '### Jenkins A (Denver)\nJobs: 640\n### Jenkins B (Pune)\nJobs: 310\n';
    expect(readAnswer(text, 'j_jobs').value).toBe(950);
  });
});

describe('words that ask in another way', () => {
  it('mean a question only when the answer fits', () => {
    expect(readAnswer('Plan: Premium', 'tier').value).toBe('premium');
    expect(read('Plan: start in May').answers.has('tier')).toBe(false);
    expect(readAnswer('We need: health check', 'service_types').value).toEqual(['health_check']);
  });

  it('turn yes and no round', () => {
    expect(readAnswer('New customer: yes', 'existing_customer').value).toBe(false);
    expect(readAnswer('- Internet access: none', 'i_airgap').value).toBe(true);
  });

  it('need no separator before a person or a stage', () => {
    expect(readAnswer('- CSM @dov.arkin', 'csm').value).toBe('dov.arkin');
    expect(readAnswer('AE @a.b, SA @c.d', 'solutions_architect').value).toBe('c.d');
    expect(readAnswer('- CRM stage 3', 'sales_stage').value).toBe(3);
  });

  it('count environments that are named', () => {
    expect(readAnswer('Number of environments: prod + staging', 'i_envs').value).toBe(2);
  });
});
