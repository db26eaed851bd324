/** The webhook of a served project: where it leads, what it tells, whether it is on, whether the secrets fit. */
import type { Config } from '../config.ts';
import type { ProjectFacts } from '../gitlab/doctor/project.ts';
import { type HookFound, TRIGGERS } from '../gitlab/hook-facts.ts';
import { isOurs } from '../hook-watch.ts';
import { howToTest } from './deliveries.ts';
import { type Finding, findingsOn } from './finding.ts';

const CHECK = 'webhook';

/** What a project's page calls the triggers. */
const words = {
  issues_events: 'Issues events',
  confidential_issues_events: 'Confidential issues events',
  note_events: 'Comments',
  confidential_note_events: 'Confidential comments',
} as const;

export function checkHidden(project: ProjectFacts, role: string): Finding {
  return findingsOn(project.path).notLookedAt(
    CHECK,
    `only a Maintainer sees webhooks and the bot is ${role}: look yourself at ${project.url}/-/hooks, or run doctor with a maintainer's token`,
  );
}

/** The hooks that lead to this bot. */
export function ourHooks(hooks: readonly HookFound[], { publicUrl }: Config): readonly HookFound[] {
  return hooks.filter(({ url }) => isOurs(url, publicUrl));
}

/** `all`: every hook of the project. */
export function checkAddressOfHook(
  project: ProjectFacts,
  all: readonly HookFound[],
  config: Config,
): Finding {
  const { fine, warning, failed } = findingsOn(project.path);
  const ours = ourHooks(all, config);
  const set = `run scoping-bot setup ${project.path}${config.publicUrl === null ? ' --url https://…' : ''}`;
  if (ours.length > 1) {
    return warning(
      CHECK,
      `${ours.length} webhooks lead to the bot, so every event comes ${ours.length} times`,
      `take away all but one at ${project.url}/-/hooks`,
    );
  }
  const [one] = ours;
  if (one !== undefined) {
    const known = config.publicUrl === null ? '; PUBLIC_URL is not set to compare it with' : '';
    return fine(CHECK, `leads to ${shown(one.url)}${known}`);
  }
  const alike = all.filter(({ url }) => isOurs(url, null)).map(({ url }) => shown(url));
  return alike.length > 0
    ? failed(
        CHECK,
        `none leads to ${config.publicUrl}/webhooks/gitlab; one like ours leads to ${alike.join(', ')}`,
        `set PUBLIC_URL to where GitLab reaches the bot, or ${set}`,
      )
    : failed(CHECK, 'none leads to the bot: changes are found by the sweep only', set);
}

/** State, triggers, template and secrets of one of our hooks. */
export function checkHook(
  project: ProjectFacts,
  hook: HookFound,
  { hookSecrets: { signing, tokens } }: Config,
): readonly Finding[] {
  const { fine, info, failed } = findingsOn(project.path);
  const page = `${project.url}/-/hooks/${hook.id}/edit`;
  const lacking = TRIGGERS.filter((trigger) => !hook.triggers.has(trigger));
  const { secrets } = hook;
  const signs = secrets?.has('signing') === true;
  const unfit = signs
    ? signing.length === 0 && 'WEBHOOK_SIGNING_TOKEN'
    : secrets?.has('token') === true && tokens.length === 0 && 'WEBHOOK_SECRET_TOKEN';
  return [
    state(project, hook, page),
    lacking.length === 0
      ? fine('webhook triggers', 'issues and comments, confidential ones too')
      : failed(
          'webhook triggers',
          `missing: ${lacking.map((trigger) => words[trigger]).join(', ')}`,
          `run scoping-bot setup ${project.path}, or tick them at ${page}`,
        ),
    ...(hook.hasTemplate
      ? [
          failed(
            'webhook template',
            'a custom template is set, so events come without what the bot reads',
            `empty it at ${page}`,
          ),
        ]
      : []),
    secrets === null
      ? info('webhook secret', `this GitLab does not tell whether one is set: look at ${page}`)
      : secrets.size === 0
        ? failed(
            'webhook secret',
            'none is set there, so the bot refuses every event',
            `run scoping-bot setup ${project.path}, or set one at ${page}`,
          )
        : unfit
          ? failed(
              'webhook secret',
              `set there, but ${unfit} is not set here, so the bot refuses every event`,
              `set ${unfit} to the same value; where nobody has it any more, delete the webhook at ${page} and run scoping-bot setup ${project.path}`,
            )
          : fine('webhook secret', signs ? 'it signs' : 'it sends a secret token'),
  ];
}

function state({ path }: ProjectFacts, { state, until }: HookFound, page: string): Finding {
  const { fine, failed } = findingsOn(path);
  if (state === 'executable') return fine('webhook state', 'on');
  const off = `GitLab has switched it off ${state === 'disabled' ? 'for good' : `until ${until}`}, because deliveries failed`;
  return failed(
    'webhook state',
    off,
    `see that GitLab reaches the bot (its /healthz), then ${howToTest(page)}`,
  );
}

/** Without what a query may hold. */
function shown(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//***@');
}
