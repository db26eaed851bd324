/** One table or section for each source system: their figures are parts of one answer. */
import { describe, expect, it } from 'vitest';
import { read, readAnswer } from './given.ts';

const repos = 'Total number of git repositories';
const table = (head: string, ...rows: readonly string[]): string =>
  `| ${head} |\n|-|-|\n${rows.map((row) => `| ${row} |`).join('\n')}\n`;

describe('figures that stand once for each source system', () => {
  it.each([
    [
      'headings over tables',
      `### Bitbucket Cloud\n${table('Question | Answer', `${repos} | 200`)}\n### GitHub.com\n${table('Question | Answer', `${repos} | 50`)}`,
    ],
    [
      'headings over bullets',
      `### Bitbucket Cloud\n- ${repos}: 200\n\n### GitHub.com\n- ${repos}: 50`,
    ],
    [
      'the first column',
      `${table('Bitbucket Cloud | Value', `${repos} | 200`)}\n${table('GitHub.com | Value', `${repos} | 50`)}`,
    ],
    [
      'section rows',
      table(
        'Question | Answer',
        '**Bitbucket Cloud** | ',
        `${repos} | 200`,
        '**GitHub.com** | ',
        `${repos} | 50`,
      ),
    ],
    [
      'headings with more words',
      `## 1. Bitbucket Cloud (old)\n- ${repos}: 200\n\n## 2. GitHub.com\n- ${repos}: 50`,
    ],
  ])('under %s become a sum with its parts', (_, body) => {
    expect(readAnswer(body, 'm_repos')).toMatchObject({
      state: 'answered',
      raw: 'Bitbucket Cloud = 200; GitHub.com = 50',
      value: 250,
      breakdown: { bitbucket_cloud: 200, github_cloud: 50 },
    });
  });

  it('are added up as sizes too, when each system is a clear one', () => {
    const size = 'Total size of the git repositories';
    const body = (one: string) => `### ${one}\n- ${size}: 20 GB\n\n### GitHub.com\n- ${size}: 5 GB`;
    expect(readAnswer(body('Bitbucket Cloud'), 'm_total_size').value).toBe(25_000_000_000);
    expect(readAnswer(body('Bitbucket'), 'm_total_size').state).toBe('contradictory');
  });

  it('contradict each other when both stand under the same system', () => {
    const body = `### Bitbucket Cloud\n- ${repos}: 200\n\n### Bitbucket Cloud\n- ${repos}: 50`;
    expect(readAnswer(body, 'm_repos').state).toBe('contradictory');
  });

  it('contradict each other when one stands under no system', () => {
    const body = `- ${repos}: 250\n\n### Bitbucket Cloud\n- ${repos}: 200`;
    expect(readAnswer(body, 'm_repos').state).toBe('contradictory');
  });

  it('contradict each other under headings that only mention a system', () => {
    const body = `### Moving off Bitbucket Cloud\n- ${repos}: 200\n\n### All that goes to GitHub.com\n- ${repos}: 50`;
    expect(readAnswer(body, 'm_repos').state).toBe('contradictory');
  });

  it('leave answers that are no figures alone', () => {
    const body =
      '### Bitbucket Cloud\n- GitLab tier: Premium\n\n### GitHub.com\n- GitLab tier: Ultimate';
    expect(readAnswer(body, 'tier').state).toBe('contradictory');
  });
});

describe('headings over a table for each source system', () => {
  const users = (count: number): string =>
    `| Question | Answer |\n|-|-|\n| Users to migrate | ${count} |\n`;

  it('name the sources when nothing else does', () => {
    const body = `### Bitbucket (Data Center 8.14)\n${users(210)}\n### Subversion\n${users(95)}`;
    expect(readAnswer(body, 'm_sources')).toMatchObject({ value: ['bitbucket_dc', 'svn'] });
    expect(readAnswer(body, 'm_users')).toMatchObject({
      value: 305,
      breakdown: { bitbucket_dc: 210, svn: 95 },
    });
  });

  it('give way to an answer', () => {
    const body = `- Source SCM: Gitea\n\n### Subversion\n${users(95)}`;
    expect(readAnswer(body, 'm_sources')).toMatchObject({ value: ['gitea'] });
  });

  it.each([
    ['a single one that could be anything', `### GitLab\n${users(95)}`],
    ['one over the destination', `### GitLab.com\n${users(95)}- Migration destination: GitLab.com`],
  ])('are none: %s', (_, body) => {
    expect(read(body).answers.has('m_sources')).toBe(false);
  });
});

describe('a table with a column for each source system', () => {
  const body =
    '| | Bitbucket DC | GitLab CE |\n|-|-|-|\n| Version | 8.5 | 16.7.2 |\n| Users | 610 | 90 |\n';

  it('names the sources, and its rows are about them', () => {
    expect(readAnswer(body, 'm_sources').value).toEqual(['bitbucket_dc', 'gitlab_sm']);
    expect(readAnswer(body, 'mg_version').value).toBe('16.7.2');
    expect(readAnswer(body, 'm_users').breakdown).toEqual({ bitbucket_dc: 610, gitlab_sm: 90 });
  });
});

it('rows whose own words name a system each are parts of one answer', () => {
  const body = '- SVN repositories: 22\n- ClearCase VOBs: 9';
  expect(readAnswer(body, 'ms_count')).toMatchObject({
    value: 31,
    breakdown: { svn: 22, clearcase: 9 },
  });
});
