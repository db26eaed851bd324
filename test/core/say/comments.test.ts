/**
 * Five whole comments, kept as files so that people can read what the bot says.
 * Long, because each comment needs a whole situation to be written about.
 */
import { describe, expect, test } from 'vitest';
import type { Role } from '../../../src/core/model.ts';
import { writeComment } from '../../../src/core/say/comment.ts';
import type { CommentView, RoleView } from '../../../src/core/say/view.ts';
import { answer, answers, assessment, open, person, policy, view } from './build.ts';

const sa = person('piet.havel', { name: 'Piet Havel', mention: true });
const asAuthor = { name: 'Lenka Mráz', source: 'opened this issue', inferred: true };
const asChosen = { name: 'Emma Quist', source: 'chosen: fewest open issues in EMEA' };
const ae = person('lenka.mraz', asAuthor);
const em = person('emma.quist', asChosen);
const called = {
  ae: person('lenka.mraz', { ...asAuthor, mention: true }),
  em: person('emma.quist', { ...asChosen, mention: true }),
};
const noCsm: RoleView = {
  username: null,
  reason: 'not needed while a licence opportunity is open',
};

function people(over: readonly [Role, RoleView][] = []): CommentView['roles'] {
  return new Map<Role, RoleView>([['sa', sa], ['csm', noCsm], ['ae', ae], ['em', em], ...over]);
}

const halfAnswered = answers(
  answer('customer_name', 'Ostrava Mutual', { where: { kind: 'title' } }),
  answer('sales_stage', '3-Technical Evaluation', { value: 3 }),
  answer('account_exec', 'lenka.mraz', { value: 'lenka.mraz' }),
  answer('m_sources', 'Bitbucket Data Center 8.9; GitLab self-managed', {
    value: ['bitbucket_dc', 'gitlab_sm'],
    where: { kind: 'table', line: 5 },
  }),
  answer('m_repos', 'BB = 225, GLSM = 775', {
    value: 1000,
    min: 1000,
    max: 1000,
    breakdown: { bitbucket_dc: 225, gitlab_sm: 775 },
    where: { kind: 'table', line: 11 },
  }),
  answer('deployment_target', 'Self-Managed (HA)', {
    value: 'self_managed',
    where: { kind: 'implied', from: 'm_sources' },
  }),
  answer('m_sso', 'TBD by Friday @anna', {
    state: 'deferred',
    value: null,
    owner: 'anna',
    by: '2027-03-12',
  }),
  answer('mg_version', '16.8.2-ee', { value: '16.8.2' }),
);

const gatesHalf = [
  { id: 'discovery_complete', passed: false, reason: 'Discovery questions are still open.' },
  { id: 'no_blocking_finding', passed: true, reason: 'No finding stands in the way.' },
  { id: 'offering_decided', passed: false, reason: 'What will be offered is not clear yet.' },
];
const gatesAll = gatesHalf.map(({ id }) => ({ id, passed: true, reason: 'Done.' }));

const firstAnswer = view({
  assessment: assessment({
    serviceTypes: [{ id: 'migration_scm', from: 'inferred' }],
    answers: halfAnswered,
    completeness: { answered: 7, needed: 17 },
    open: [
      open('goals'),
      open('pain_points'),
      open('users_planned'),
      open('m_users'),
      open('m_total_size'),
      open('m_lfs'),
      open('m_ci_jobs'),
      open('target_end'),
      open('integrations'),
      open('m_sso', { reason: 'deferred', excused: true }),
    ],
    findings: [
      {
        id: 'C8',
        severity: 'warn',
        fields: ['mg_version'],
        message:
          'GitLab 16.8.2 is more than two minor versions behind the destination, so an upgrade has to be in scope.',
      },
    ],
    unplaced: [{ line: 31, text: '/close see the mail from @jana, thread #12' }],
    recommendation: {
      kind: 'undecided',
      offering: null,
      also: [],
      confidence: 'low',
      rule: null,
      reasons: [],
      wouldChange: [
        'Total size of the Git storage, and the largest repository',
        'Is Git LFS used, and how much?',
      ],
    },
    stage: {
      current: 'technical_evaluation',
      next: 'proposal',
      passed: false,
      gates: gatesHalf,
      lapsed: [],
    },
  }),
  roles: people(),
  movers: ['sa', 'customer'],
});

const nothingReadable = view({
  assessment: assessment({
    serviceTypes: [],
    answers: answers(answer('customer_name', 'Ostrava Mutual', { where: { kind: 'title' } })),
    completeness: { answered: 1, needed: 12 },
    open: [
      open('sales_stage'),
      open('account_exec'),
      open('goals'),
      open('pain_points'),
      open('users_planned'),
    ].map((question) => ({
      ...question,
      owner: question.owner === 'sa' ? ('lead' as const) : question.owner,
    })),
    lead: {
      role: 'unknown',
      rule: 'L7',
      reason:
        'Is there an open licence opportunity for this customer? Until that is known, either the Solutions Architect or the Customer Success Manager may lead.',
    },
    unplaced: [{ line: 1, text: 'Hi team, big migration coming up, call me' }],
    stage: { current: null, next: 'proposal', passed: false, gates: [], lapsed: [] },
  }),
  roles: new Map<Role, RoleView>([
    ['sa', { username: null, reason: 'not named yet' }],
    ['ae', called.ae],
    ['em', { username: null, reason: 'chosen once segment and territory are known' }],
  ]),
  movers: ['ae'],
});

const allComplete = view({
  assessment: assessment({
    answers: answers(
      answer('goals', 'one supported platform by the end of the year'),
      answer('users_planned', '~1,200 by Q3, 2,000 next year', {
        value: 1200,
        approximate: true,
        by: '2027-09-30',
        later: 2000,
      }),
      answer('m_lfs', 'yes, 40 GB', { value: true, bytes: 40e9 }),
      answer('m_total_size', '96 GB', { value: 96e9 }),
      answer('integrations', 'none', { state: 'none', value: [] }),
    ),
    completeness: { answered: 19, needed: 19 },
    findings: [
      {
        id: 'C44',
        severity: 'info',
        fields: [],
        message: 'With more than 5,000 users an upgrade takes three months or longer to plan.',
      },
    ],
    recommendation: {
      kind: 'sow',
      offering: null,
      also: [],
      confidence: 'high',
      rule: 'K16',
      reasons: [
        'Moving the repositories and moving CI/CD are wanted together; no standard offering covers both.',
      ],
      wouldChange: ['The pipelines are only pointed at the new server: then Migration+ may fit.'],
    },
    stage: {
      current: 'proposal',
      next: 'sow_approval',
      passed: false,
      lapsed: [],
      gates: [
        {
          id: 'estimate_given',
          passed: false,
          reason: 'The estimate, with its link and amount, is not here yet.',
        },
      ],
    },
  }),
  roles: people([['em', called.em]]),
  movers: ['em'],
  stageChangedNow: { from: 'technical_evaluation', to: 'proposal' },
  history: [
    { stage: 'technical_evaluation', at: '2026-11-02T08:00:00Z', by: 'bot' },
    { stage: 'proposal', at: '2026-11-24T09:00:00Z', by: 'bot' },
  ],
});

const unclear = view({
  assessment: assessment({
    answers: answers(
      answer('users_planned', '4,567', {
        state: 'contradictory',
        value: null,
        statements: [
          { raw: '4,567', where: { kind: 'table', line: 11 } },
          {
            raw: '5,000',
            where: { kind: 'command', line: 1, note: { id: 7, author: 'anna', internal: false } },
          },
        ],
      }),
      answer('m_sources', 'Bitbucket DC and GitHub Enterprise', {
        state: 'ambiguous',
        value: ['bitbucket_dc'],
        choices: ['github_cloud', 'github_server'],
        remark: 'GitHub Enterprise is sold as a cloud and as a server.',
      }),
      answer('target_end', 'ASAP', { state: 'unanswered', value: null, invalid: true }),
      answer('m_lfs', 'not sure', { state: 'unknown', value: null }),
      answer('m_sso', 'TBC', { state: 'deferred', value: null }),
      answer('m_repos', '900', {
        value: 900,
        where: { kind: 'command', line: 1, note: { id: 9, author: 'emma.quist', internal: true } },
      }),
      answer('m_total_size', '', { state: 'unanswered', value: null }),
    ),
    completeness: { answered: 13, needed: 19 },
    open: [
      open('users_planned', { reason: 'contradictory' }),
      open('m_sources', { reason: 'ambiguous' }),
      open('target_end', { reason: 'invalid' }),
      open('m_lfs', { reason: 'unknown' }),
      open('m_sso', { reason: 'deferred' }),
      open('m_total_size'),
    ],
    typedUnderExample: new Map([['m_total_size', '2.3 TB, biggest 40 GB']]),
    findings: [
      {
        id: 'C6',
        severity: 'block',
        fields: [],
        message:
          'The destination is GitLab.com, but the rows for a self-managed installation are filled in too.',
      },
    ],
    stage: {
      current: 'technical_evaluation',
      next: 'proposal',
      passed: false,
      gates: gatesHalf,
      lapsed: [],
    },
  }),
  roles: people([['sa', person('p.havel', { known: false })]]),
  movers: ['sa', 'customer'],
  outsidersCanRead: true,
  remarks: [
    'The label `service:training` was taken off by a person; I would have set it because a course is mentioned, and leave it off.',
  ],
});

const skuProposed = view({
  assessment: assessment({
    answers: answers(
      answer('m_repos', '400', { value: 400 }),
      answer('m_sources', 'GitHub.com', { value: ['github_cloud'] }),
    ),
    completeness: { answered: 12, needed: 12 },
    recommendation: {
      kind: 'sku',
      offering: 'migration_plus',
      also: ['education'],
      confidence: 'high',
      rule: 'K6',
      reasons: [
        'Only repositories are moved, and every source is based on Git.',
        '400 repositories stay within the limit of 1,000.',
      ],
      wouldChange: ['More than 1,000 repositories.', 'Pipelines are to be converted.'],
    },
    stage: {
      current: 'technical_evaluation',
      next: 'proposal',
      passed: false,
      lapsed: [],
      gates: gatesAll.map((gate) =>
        gate.id === 'offering_decided'
          ? {
              ...gate,
              passed: false,
              reason: 'The Engagement Manager has to decide what is offered.',
            }
          : gate,
      ),
    },
  }),
  roles: people([['em', called.em]]),
  movers: ['em'],
  remarks: ['GitLab kept one assignee, Emma Quist; this tier allows no more.'],
});

describe('the comment as people read it', () => {
  test.each([
    ['first-answer-half-of-the-table-open', firstAnswer],
    ['nothing-readable', nothingReadable],
    ['all-complete-moved-to-proposal', allComplete],
    ['contradictions-and-ambiguity', unclear],
    ['package-proposed-waiting-for-the-manager', skuProposed],
  ])('%s', async (name, given) => {
    await expect(`${writeComment(given, policy)}\n`).toMatchFileSnapshot(`comments/${name}.md`);
  });
});
