/** Projects, webhooks and people: every check seen failing on the look-alike, and passing in `instance.test.ts`. */
import { it } from 'vitest';
import { addHook } from '../sandbox/tester.ts';
import { type Case, judge, named } from './case.ts';
import { BOT, delivered, levelOfBot, userOf } from './ills.ts';
import { inDays, PUBLIC_URL } from './patient.ts';

const projects: readonly Case[] = [
  [
    'a project that is not there',
    ({ env }) => {
      env.PROJECTS = 'acme/ps/nothing';
    },
    ...(['project', 'failed', /no such project/, /PROJECTS/] as const),
  ],
  [
    'a project by its id',
    ({ env, sandbox }) => {
      env.PROJECTS = String(sandbox.project.id);
    },
    ...(['project', 'fine', /^there, with id \d+$/] as const),
  ],
  [
    'an archived project',
    ({ sandbox }) => {
      sandbox.project.archived = true;
    },
    ...(['project', 'failed', /^archived/, /unarchive/] as const),
  ],
  [
    'issues switched off',
    ({ sandbox }) => {
      sandbox.project.issuesEnabled = false;
    },
    ...(['issues', 'failed', /^switched off$/, /Settings/] as const),
  ],
  [
    'no project set anywhere',
    ({ env }) => {
      env.POLICY = undefined;
    },
    ...(['projects', 'warning'] as const),
    /^set nowhere: .* where @scoping-bot is a member \(1\)$/,
    /^set PROJECTS/,
  ],
  [
    'a bot that is no member of a public project',
    (patient) => {
      patient.sandbox.project.visibility = 'public';
      levelOfBot(patient, null);
    },
    ...(['role', 'failed', /^@scoping-bot is not a member$/, /Planner or Reporter/] as const),
  ],
  [
    "a Maintainer's own account",
    (patient) => {
      userOf(patient, BOT).bot = false;
    },
    ...([
      'whose account',
      'info',
      /^@scoping-bot is a person's account .* Maintainer: .* of its own/,
    ] as const),
  ],
  [
    'a bot that is Guest',
    (patient) => levelOfBot(patient, 10),
    ...(['role', 'failed', /is Guest: it may not set labels/] as const),
    /^let a maintainer give @scoping-bot the role Planner or Reporter \(Manage → Members\)$/,
  ],
  [
    'a bot that is Planner',
    (patient) => levelOfBot(patient, 15),
    ...(['role', 'fine', /^@scoping-bot is Planner$/] as const),
  ],
  [
    'a Planner where GitLab has no such role',
    (patient) => {
      levelOfBot(patient, 15);
      patient.sandbox.world.version = '17.6.0-ee';
    },
    ...(['role', 'failed', /may not set labels/, /the role Reporter/] as const),
  ],
  [
    'a membership that ends soon',
    (patient) => patient.sandbox.project.memberEnds.set(userOf(patient, BOT).id, inDays(10)),
    ...(['role', 'warning', /until \d{4}-/, /Manage → Members/] as const),
  ],
  [
    'GitLab Free',
    ({ sandbox }) => {
      sandbox.world.tier = 'free';
    },
    ...(['tier', 'info', /^as on Free: one assignee/] as const),
  ],
  [
    'a Community Edition',
    ({ sandbox }) => {
      sandbox.world.version = '19.4.1';
    },
    ...(['tier', 'info', /^as on Free/] as const),
  ],
];

const webhooks: readonly Case[] = [
  [
    'no webhook',
    ({ sandbox }) => {
      sandbox.project.hooks = [];
    },
    ...(['webhook', 'failed', /^none leads to the bot/] as const),
    /^run scoping-bot setup acme\/ps\/scoping$/,
  ],
  [
    'a webhook that leads elsewhere',
    ({ hook }) => {
      hook.url = 'https://old.example.com/webhooks/gitlab?key=hidden';
    },
    ...(['webhook', 'failed'] as const),
    /like ours leads to https:\/\/old\.example\.com\/webhooks\/gitlab$/,
    /PUBLIC_URL/,
  ],
  [
    'no PUBLIC_URL',
    ({ env }) => {
      env.PUBLIC_URL = undefined;
    },
    ...(['webhook', 'fine', /PUBLIC_URL is not set to compare/] as const),
  ],
  [
    'a role that may not see webhooks',
    (patient) => levelOfBot(patient, 20),
    ...(['webhook', 'not_looked_at'] as const),
    /only a Maintainer sees webhooks and the bot is Reporter: .*\/acme\/ps\/scoping\/-\/hooks/,
  ],
  [
    'a webhook that is off for a while',
    ({ hook }) => {
      hook.disabledUntil = '2999-01-01T00:00:00.000Z';
    },
    ...(['webhook state', 'failed', /off until 2999/, /Test/] as const),
  ],
  [
    'a webhook that is off for good',
    ({ hook }) => {
      hook.failures = 40;
    },
    ...(['webhook state', 'failed', /off for good/, /Test/] as const),
  ],
  [
    'triggers that are missing',
    ({ hook }) => {
      hook.triggers.delete('confidential_note_events');
      hook.triggers.delete('note_events');
    },
    ...(['webhook triggers', 'failed'] as const),
    /^missing: Comments, Confidential comments$/,
    /scoping-bot setup/,
  ],
  [
    'a template of its own',
    ({ hook }) => {
      hook.customTemplate = '{}';
    },
    ...(['webhook template', 'failed', /custom template/, /empty it/] as const),
  ],
  [
    'no secret at the webhook',
    ({ hook }) => {
      hook.signingToken = null;
    },
    ...(['webhook secret', 'failed', /^none is set there/, /scoping-bot setup/] as const),
  ],
  [
    'a secret there and none of its kind here',
    ({ hook }) => {
      hook.signingToken = null;
      hook.token = 'a secret of the hook';
    },
    ...(['webhook secret', 'failed', /WEBHOOK_SECRET_TOKEN is not set here/] as const),
    /^set WEBHOOK_SECRET_TOKEN to the same value; where nobody has it any more, delete the webhook at /,
  ],
  [
    'a signature there and no key for it here',
    ({ env, hook }) => {
      hook.token = 'a secret of the hook';
      env.WEBHOOK_SIGNING_TOKEN = undefined;
      env.WEBHOOK_SECRET_TOKEN = 'a secret of the hook';
    },
    ...(['webhook secret', 'failed', /WEBHOOK_SIGNING_TOKEN is not set here/] as const),
    /^set WEBHOOK_SIGNING_TOKEN/,
  ],
  [
    'deliveries that arrive',
    (patient) => delivered(patient, 202, 204),
    ...(['webhook deliveries', 'fine', /^the last 2 arrived$/] as const),
  ],
  [
    'deliveries that arrive again',
    (patient) => delivered(patient, 503, 202),
    ...(['webhook deliveries', 'info'] as const),
    /^1 of the last 2 failed \(503\); the newest arrived$/,
  ],
  [
    'deliveries that the bot refuses',
    (patient) => delivered(patient, 202, 401),
    ...(['webhook deliveries', 'failed'] as const),
    /^1 of the last 2 failed; the newest delivery, less than a minute ago, was answered 401: the bot/,
    /same value .*; if you mended the secret since, send a delivery: run scoping-bot doctor --send-test, or press Test → Issues events at http\S+\/acme\/ps\/scoping\/-\/hooks\/\d+\/edit$/,
  ],
  [
    'deliveries that reach nobody',
    (patient) => delivered(patient, null),
    ...([
      'webhook deliveries',
      'failed',
      /the newest delivery got no answer$/,
      /GitLab reaches it/,
    ] as const),
  ],
  [
    'a GitLab that does not tell of deliveries',
    ({ sandbox }) => {
      sandbox.world.version = '17.2.0-ee';
    },
    ...(['webhook deliveries', 'info', /does not tell/] as const),
  ],
];

const people: readonly Case[] = [
  [
    'somebody whom GitLab does not know',
    ({ sandbox }) => {
      sandbox.world.users = sandbox.world.users.filter(({ username }) => username !== 'em-east');
    },
    ...(['people at GitLab', 'failed', /@em-east$/, /POLICY/] as const),
  ],
  [
    'somebody who is blocked',
    (patient) => {
      userOf(patient, 'em-east').state = 'blocked';
    },
    ...(['people active', 'failed', /@em-east$/, /POLICY/] as const),
  ],
  [
    'somebody who is no member',
    (patient) => patient.sandbox.project.members.delete(userOf(patient, 'em-east').id),
    ...(['members', 'failed', /^not members: @em-east,/, /Manage → Members/] as const),
  ],
  [
    'a policy without people',
    ({ env }) => {
      env.POLICY = undefined;
    },
    ...(['people', 'warning', /names nobody/, /people:/] as const),
  ],
];

const setUp: readonly Case[] = [
  [
    'a template that is missing',
    ({ sandbox }) => {
      sandbox.project.files.delete('.gitlab/issue_templates/Training.md');
    },
    ...(['templates', 'warning', /still to do: /, /scoping-bot setup acme\/ps\/scoping/] as const),
  ],
  [
    'a template that is missing where the bot is Reporter',
    (patient) => {
      levelOfBot(patient, 20);
      patient.sandbox.project.files.delete('.gitlab/issue_templates/Training.md');
    },
    ...(['templates', 'warning', /not for this token: the issue templates in/] as const),
    /^run scoping-bot setup acme\/ps\/scoping with a Maintainer's token$/,
  ],
  [
    'a template of people',
    ({ sandbox }) => {
      sandbox.project.files.set(
        '.gitlab/issue_templates/Training.md',
        'What do you want to learn?',
      );
    },
    ...(['templates', 'info', /people's own, left as they are: .*Training\.md$/] as const),
  ],
  [
    'labels that are missing',
    ({ sandbox }) => {
      sandbox.project.labels = sandbox.project.labels.filter(({ name }) => name !== 'lead::sa');
    },
    ...(['labels', 'warning', /still to do: lead::sa$/] as const),
    /^run scoping-bot setup acme\/ps\/scoping$/,
  ],
  [
    'many labels that are missing',
    ({ sandbox }) => {
      sandbox.project.labels = [];
    },
    ...(['labels', 'warning', /^still to do: .*, and \d+ more$/, /scoping-bot setup/] as const),
  ],
  [
    'labels that a Guest cannot make',
    (patient) => {
      levelOfBot(patient, 10);
      patient.sandbox.project.labels = [];
    },
    ...(['labels', 'warning'] as const),
    /^missing, and not for this token: Making the labels (\S+, ){5}and 40 more$/,
    /^run scoping-bot setup acme\/ps\/scoping with a Maintainer's token$/,
  ],
  [
    'a label to which people gave another colour',
    ({ sandbox }) => {
      for (const label of sandbox.project.labels)
        if (label.name === 'lead::sa') label.color = '#000001';
    },
    ...(['labels', 'info', /people's own, left as they are: the label lead::sa$/] as const),
  ],
];

it.each(named([...projects, ...webhooks, ...setUp, ...people]))(
  '%s',
  async (_name, row) => await judge(row),
);

it('two webhooks', async () => {
  await judge([
    'two',
    ({ sandbox, hook }) => {
      addHook(sandbox, `${PUBLIC_URL}/webhooks/gitlab`, { signingToken: hook.signingToken });
    },
    ...(['webhook', 'warning', /^2 webhooks lead/, /all but one/] as const),
  ]);
});
