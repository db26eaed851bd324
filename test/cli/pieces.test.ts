/** The command line's own small readers and the exit codes, without a process. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assessText, readNow } from '../../src/cli/check.ts';
import { toCheckJson } from '../../src/cli/check-json.ts';
import { exitCodeOf, fileTrouble, UsageError } from '../../src/cli/failure.ts';
import { readListenTrouble } from '../../src/cli/listening.ts';
import { parseIssueUrl } from '../../src/cli/plan.ts';
import { ConfigError } from '../../src/config.ts';
import { RetryableError, TerminalError } from '../../src/gitlab/errors.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { PolicyError } from '../../src/policy/problems.ts';
import { QueueError } from '../../src/queue/queue-error.ts';

describe('the address of an issue', () => {
  const gitlab = 'https://gitlab.example.com/git';
  const acme = { path: 'acme/ps/scoping', issueIid: 7 };

  it.each([
    '/acme/ps/scoping/-/issues/7',
    '/acme/ps/scoping/issues/7',
    '/acme/ps/scoping/-/work_items/7',
    '/acme/ps/scoping/-/issues/7/',
    '/acme/ps/scoping/-/issues/7#note_1204',
    '/acme/ps/scoping/-/issues/7?show=eyJ',
  ])('is read from the spelling %s', (rest) => {
    expect(parseIssueUrl(gitlab + rest, gitlab)).toEqual(acme);
  });

  it('is read whatever the case of the host and with the default port written out', () => {
    const address = 'HTTPS://GitLab.Example.com:443/git/acme/ps/scoping/-/issues/7';
    expect(parseIssueUrl(address, gitlab)).toEqual(acme);
    const root = 'https://gitlab.com';
    expect(parseIssueUrl(`${root}/acme/scoping/-/issues/7`, root)).toEqual({
      path: 'acme/scoping',
      issueIid: 7,
    });
  });

  it.each([
    ['another host', 'https://gitlab.com/git/acme/scoping/-/issues/7'],
    ['http for https', 'http://gitlab.example.com/git/acme/scoping/-/issues/7'],
    ['a host that only begins alike', 'https://gitlab.example.com.evil.org/git/a/b/-/issues/7'],
    ['a path outside the sub-path', 'https://gitlab.example.com/acme/scoping/-/issues/7'],
    ['a sub-path that only begins alike', 'https://gitlab.example.com/gitty/a/b/-/issues/7'],
    ['a step up out of the sub-path', `${gitlab}/../acme/scoping/-/issues/7`],
    ['a merge request', `${gitlab}/acme/scoping/-/merge_requests/7`],
    ['the list of issues', `${gitlab}/acme/scoping/-/issues`],
    ['a number that is none', `${gitlab}/acme/scoping/-/issues/seven`],
    ['a number too long to be one', `${gitlab}/acme/scoping/-/issues/99999999999999999999`],
    ['no project', `${gitlab}/acme/-/issues/7`],
    ['no address at all', 'acme/ps/scoping#7'],
    ['nothing', ''],
  ])('is refused when it is %s', (_what, address) => {
    expect(() => parseIssueUrl(address, gitlab)).toThrow(UsageError);
    expect(() => parseIssueUrl(address, gitlab)).toThrow(`${gitlab}/GROUP/PROJECT/-/issues/NUMBER`);
  });
});

describe('the day to judge by', () => {
  it.each([
    ['2026-11-23', '2026-11-23T00:00:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
    ['2026-11-23T08:30Z', '2026-11-23T08:30:00.000Z'],
    ['2026-11-23T00:30:00+01:00', '2026-11-22T23:30:00.000Z'],
  ])('is read from %s', (given, time) => {
    expect(readNow(given)).toBe(time);
  });

  it.each([
    '',
    '1',
    'soon',
    '2026',
    '2026-11',
    '2026-02-30',
    '2026-13-01',
    '11/23/2026',
    '2026-11-23T25:00Z',
  ])('is not read from "%s"', (given) => {
    expect(() => readNow(given)).toThrow(UsageError);
  });
});

describe('the exit code', () => {
  it.each([
    [2, new UsageError('wrong')],
    [69, new RetryableError('out of reach')],
    [69, new QueueError('unreachable', 'out of reach')],
    [77, new TerminalError('unauthorised', 401, 'no')],
    [77, new TerminalError('not_found', 404, 'no')],
    [78, new ConfigError(['PORT: wrong'])],
    [78, new PolicyError([{ file: 'a.yaml', line: 1, message: 'wrong' }])],
    [78, new QueueError('configuration', 'wrong')],
    [78, new QueueError('in_use', 'taken')],
    [undefined, new TypeError('a defect of ours')],
    [undefined, 'thrown text'],
  ])('is %s for %s', (code, error) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

describe('trouble with files and ports', () => {
  it('is told in words where we have them and by its code where not', () => {
    const error = (code: string): Error => Object.assign(new Error(code), { code });
    expect(fileTrouble(error('ENOENT'))).toBe('there is no such file');
    expect(fileTrouble(error('EWEIRD'))).toBe('EWEIRD');
    expect(fileTrouble('text')).toBe('unknown cause');
  });

  it('names the setting that is at fault, and leaves other errors alone', () => {
    const error = (syscall: string, code: string): Error =>
      Object.assign(new Error(code), { syscall, code });
    expect(readListenTrouble(error('listen', 'EADDRINUSE'))?.setting).toBe('PORT');
    expect(readListenTrouble(error('listen', 'EACCES'))?.setting).toBe('PORT');
    expect(readListenTrouble(error('listen', 'EADDRNOTAVAIL'))?.setting).toBe('HOST');
    expect(readListenTrouble(error('getaddrinfo', 'ENOTFOUND'))?.setting).toBe('HOST');
    expect(readListenTrouble(error('connect', 'ECONNREFUSED'))).toBeNull();
    expect(readListenTrouble(new Error('else'))).toBeNull();
  });
});

describe('the JSON of check', () => {
  const policy = loadPolicy();
  const now = '2026-11-23T12:00:00.000Z';
  const file = new URL('../corpus/001-ssot-github-server-to-saas.md', import.meta.url);
  const title = 'Acme Corp - Scope Issue and Write SOW';
  const assessment = assessText(readFileSync(file, 'utf8'), { title, label: [] }, policy, now);
  const data = JSON.parse(JSON.stringify(toCheckJson(assessment, title, policy))) as Data;

  it('has every key of the promised shape', () => {
    expect(Object.keys(data)).toEqual(
      expect.arrayContaining([
        ...['policy_version', 'title', 'service_types', 'answers', 'open', 'findings', 'unplaced'],
        ...['completeness', 'lead', 'recommendation', 'stage'],
      ]),
    );
    expect(data.policy_version).toBeTypeOf('string');
    expect(data.title).toBe(title);
    expect(data.completeness).toEqual({
      answered: expect.any(Number),
      needed: expect.any(Number),
    });
    expect(data.lead).toMatchObject({ role: 'sa', reason: expect.any(String) });
    expect(data.recommendation).toMatchObject({
      kind: 'sku',
      offering: 'migration_plus',
      also: [],
      confidence: 'high',
      catalogue: policy.catalogueVersion,
      reasons: expect.arrayContaining([expect.any(String)]),
      would_change: expect.arrayContaining([expect.any(String)]),
    });
    expect(data.stage).toMatchObject({ next: 'proposal', passed: false });
    for (const gate of data.stage.gates) {
      expect(gate).toEqual({
        id: expect.any(String),
        passed: expect.any(Boolean),
        reason: expect.any(String),
      });
    }
  });

  it('gives each answer with state, words, value and place', () => {
    const answers = Object.values(data.answers);
    expect(answers.length).toBeGreaterThan(40);
    for (const answer of answers) {
      expect(answer).toMatchObject({ state: expect.any(String), raw: expect.any(String) });
      for (const key of ['value', 'breakdown', 'where']) expect(answer).toHaveProperty(key);
    }
    expect(data.answers.m_sources).toMatchObject({
      state: 'answered',
      value: ['github_server'],
      where: { line: 9, kind: 'table', label: 'Source SCM System(s)' },
    });
  });

  it('gives each open question with reason, gate, owner and words for people', () => {
    expect(data.open.length).toBeGreaterThan(5);
    for (const question of data.open) {
      expect(Object.keys(question).toSorted()).toEqual(
        ['example', 'field', 'gate', 'owner', 'question', 'reason', 'why'].toSorted(),
      );
    }
  });

  it('repeats no secret and no address, wherever it stands', () => {
    const description = [
      '- **Network:** VPN password: Winter2026!xq',
      '- Goals: ask bob&#64;acme.example for gl**pat**-FAKEfakeFAKEfake0001',
      '- Customer contacts: Hanna Vogt, hanna.vogt@acme.example',
      '- Number of projects: hanna.vogt@acme.example = 3, GHES = 4',
      '- Something else: glpat-FAKEfakeFAKEfake0002',
      '',
      '## Constraints',
      '',
      'Password:',
      'Xy12!abcdef',
      '- 1 thing nobody knows: Xy12!abcdef',
    ].join('\n');
    const about = { title: 'Ask eve@acme.example - Scope Issue and Write SOW', label: [] };
    const all = toCheckJson(assessText(description, about, policy, now), about.title, policy);
    const printed = JSON.stringify(all);
    expect(printed).toContain('password not repeated');
    for (const secret of ['Winter2026', 'FAKEfake', 'Xy12!', 'bob&', 'hanna.vogt', 'eve@']) {
      expect(printed).not.toContain(secret);
    }
  });

  it('lets the last of several labels of one scope count', () => {
    const current = (...label: string[]): unknown =>
      toCheckJson(assessText('', { title: '', label }, policy, now), '', policy).stage;
    const [evaluation, proposal] = ['stage::technical-evaluation', 'stage::proposal'];
    expect(current(evaluation, proposal)).toMatchObject({ current: 'proposal' });
    expect(current(proposal, evaluation)).toMatchObject({ current: 'technical_evaluation' });
  });

  it('reads labels in other spellings, and a stage of pause as what it is', () => {
    const stage = (...label: string[]): unknown =>
      toCheckJson(assessText('', { title: '', label }, policy, now), '', policy).stage;
    expect(stage('stage::technical-evaluation', 'Stage: Proposal')).toMatchObject({
      current: 'proposal',
    });
    expect(stage('Stage:On_Hold')).toMatchObject({ current: 'on_hold', next: 'proposal' });
  });
});

interface Data {
  readonly policy_version: string;
  readonly title: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly open: readonly object[];
  readonly completeness: object;
  readonly lead: object;
  readonly recommendation: object;
  readonly stage: { readonly gates: readonly object[] };
}
