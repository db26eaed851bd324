/** Address, token, version, clock and what is configured: every check seen passing and failing on the look-alike. */
import { expect, it } from 'vitest';
import { DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { type Case, judge, named } from './case.ts';
import { BOT, delivered, tokenOf, userOf } from './ills.ts';
import { inDays, openPatient } from './patient.ts';

const cases: readonly Case[] = [
  [
    'a path too much in GITLAB_URL',
    ({ env, sandbox }) => {
      env.GITLAB_URL = `${sandbox.url}/acme/ps`;
    },
    ...(['GITLAB_URL', 'failed'] as const),
    /\/acme\/ps is not where GitLab's API answers, http:\/\/127\.0\.0\.1:\d+ is$/,
    /^set GITLAB_URL=http:\/\/127\.0\.0\.1:\d+$/,
    78,
  ],
  [
    'a GitLab that answers 502',
    ({ sandbox }) =>
      sandbox.world.faults.push({ kind: 'answer', status: 502, when: 'before', times: 99 }),
    ...(['GITLAB_URL', 'failed'] as const),
    /^GitLab answered 502 to GET \/personal_access_tokens\/self$/,
    /^see that GitLab runs/,
    69,
  ],
  [
    'no token',
    ({ env }) => {
      env.GITLAB_TOKEN = undefined;
    },
    ...(['token', 'failed', /^GITLAB_TOKEN is not set$/, /scope api/, 78] as const),
  ],
  [
    'a token that was revoked',
    (patient) => {
      tokenOf(patient).revoked = true;
    },
    ...(['token', 'failed', /refuses it \(401\)/, /GITLAB_TOKEN/, 77] as const),
  ],
  [
    'a token that is over',
    (patient) => {
      tokenOf(patient).expiresAt = inDays(-1);
    },
    ...(['token', 'failed', /over, revoked or not copied whole/, /GITLAB_TOKEN/, 77] as const),
  ],
  [
    'a bot that is blocked at GitLab',
    (patient) => {
      userOf(patient, BOT).state = 'blocked';
    },
    ...(['token', 'failed', /403/, /./, 77] as const),
  ],
  [
    'a token that may only read',
    (patient) => {
      tokenOf(patient).scopes = ['read_api'];
    },
    ...(['token scopes', 'failed', /^read_api: without api/, /scope api/] as const),
  ],
  [
    'a kind of token of which GitLab tells nothing',
    ({ sandbox }) => {
      sandbox.world.version = '15.4.0-ee';
    },
    ...(['token scopes', 'info', /does not tell the scopes/] as const),
  ],
  [
    'a token that ends in 29 days',
    (patient) => {
      tokenOf(patient).expiresAt = inDays(30);
    },
    ...(['token expiry', 'warning', /in 29 days$/, /GITLAB_TOKEN/] as const),
  ],
  [
    'a token that ends in 30 days',
    (patient) => {
      tokenOf(patient).expiresAt = inDays(31);
    },
    ...(['token expiry', 'fine', /in 30 days$/] as const),
  ],
  [
    'a token that ends at midnight',
    (patient) => {
      tokenOf(patient).expiresAt = inDays(1);
    },
    ...(['token expiry', 'warning', /in less than a day$/, /GITLAB_TOKEN/] as const),
  ],
  [
    'a token without an end',
    (patient) => {
      tokenOf(patient).expiresAt = null;
    },
    ...(['token expiry', 'info', /^no end is known$/] as const),
  ],
  [
    'GitLab 15.0',
    ({ sandbox }) => {
      sandbox.world.version = '15.0.5-ee';
    },
    ...(['GitLab version', 'failed', /^15\.0\.5-ee: internal/, /15\.2/] as const),
  ],
  [
    'GitLab 17.5',
    ({ sandbox }) => {
      sandbox.world.version = '17.5.1-ee';
    },
    ...(['GitLab version', 'info'] as const),
    /^17\.5\.1-ee, enough; with it there is no role Planner.*webhooks are not signed/,
  ],
  [
    'GitLab 17.5 and a signing token alone',
    ({ sandbox }) => {
      sandbox.world.version = '17.5.1-ee';
    },
    ...(['webhook secrets', 'failed', /17\.5 does not sign/, /^set WEBHOOK_SECRET_TOKEN/] as const),
  ],
  [
    'a clock six minutes ahead',
    (patient) => {
      patient.aheadMs = 360_000;
    },
    ...(['clock', 'failed'] as const),
    /^this machine's clock is 3[56]\d s ahead of GitLab's; signed webhooks/,
    /timedatectl/,
  ],
  [
    'a clock two minutes behind',
    (patient) => {
      patient.aheadMs = -120_000;
    },
    ...(['clock', 'warning', /1[12]\d s behind GitLab's$/, /timedatectl/] as const),
  ],
  [
    'a clock six minutes ahead where nothing is signed',
    (patient) => {
      patient.aheadMs = 360_000;
      patient.env.WEBHOOK_SIGNING_TOKEN = undefined;
      patient.env.WEBHOOK_SECRET_TOKEN = 'a secret of the hook';
    },
    ...(['clock', 'warning', /ahead of GitLab's$/, /timedatectl/] as const),
  ],
  [
    'no webhook secret',
    ({ env }) => {
      env.WEBHOOK_SIGNING_TOKEN = undefined;
    },
    ...(['webhook secrets', 'failed', /serve does not start/, /scoping-bot setup/, 78] as const),
  ],
  [
    'a short STATE_SECRET',
    ({ env }) => {
      env.STATE_SECRET = 'short';
    },
    ...(['STATE_SECRET', 'warning', /only 5 characters/, /openssl/] as const),
  ],
  [
    'no STATE_SECRET',
    ({ env }) => {
      env.STATE_SECRET = undefined;
    },
    ...(['STATE_SECRET', 'info', /^derived from GITLAB_TOKEN/] as const),
  ],
  [
    'a dry run',
    ({ env }) => {
      env.DRY_RUN = 'on';
    },
    ...(['DRY_RUN', 'warning', /writes nothing/, /DRY_RUN=off/] as const),
  ],
];

it('finds nothing wrong with a bot in good health', async () => {
  const patient = await openPatient();
  delivered(patient, 202);
  const findings = await patient.look();
  expect(findings.map(({ project, check }) => (project ? `${project}, ${check}` : check))).toEqual([
    ...['GITLAB_URL', 'token', 'token scopes', 'token expiry', 'GitLab version', 'clock'],
    ...['webhook secrets', 'STATE_SECRET', 'DRY_RUN', 'queue', 'queue room', 'projects'],
    ...[
      ...['project', 'issues', 'role', 'tier', 'webhook', 'webhook state', 'webhook triggers'],
      ...['webhook secret', 'webhook deliveries', 'labels', 'templates', 'status comments'],
    ].map((check) => `${DEMO_PROJECT}, ${check}`),
    'people',
    `${DEMO_PROJECT}, members`,
  ]);
  expect(findings.filter(({ mark }) => mark !== 'fine')).toEqual([]);
  expect(patient.sandbox.problems).toEqual([]);
});

it.each(named(cases))('%s', async (_name, row) => await judge(row));
