/** The webhook of a served project: where it leads, what it tells, whether it is on, whether the secrets fit. */
import type { Config } from '../config.ts';
import type { ProjectFacts } from '../gitlab/doctor/project.ts';
import { type HookFound, TRIGGERS } from '../gitlab/hook-facts.ts';
import { isOurs } from '../hook-watch.ts';
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
    `see that GitLab reaches the bot (its /healthz), then press Test at ${page}`,
  );
}

/** `statuses`: newest first; null where GitLab does not tell. */
export function checkDeliveries(
  project: ProjectFacts,
  hook: HookFound,
  statuses: readonly string[] | null,
): Finding {
  const { fine, info, failed } = findingsOn(project.path);
  const check = 'webhook deliveries';
  const page = `${project.url}/-/hooks/${hook.id}/edit`;
  if (statuses === null) return info(check, `this GitLab does not tell: look at ${page}`);
  const [newest] = statuses;
  if (newest === undefined) return info(check, 'none in the last days');
  const bad = statuses.filter((status) => !isSuccess(status));
  const counted = `${bad.length} of the last ${statuses.length} failed`;
  if (bad.length === 0) return fine(check, `the last ${statuses.length} arrived`);
  if (isSuccess(newest)) return info(check, `${counted} (${bad[0]}); the newest arrived`);
  return failed(check, `${counted}, the newest with ${newest}`, remedy(newest, page));
}

function remedy(status: string, page: string): string {
  if (status === '401') {
    return `give the webhook and WEBHOOK_SIGNING_TOKEN (or WEBHOOK_SECRET_TOKEN) the same value; ${page}`;
  }
  if (status === '404') return `correct the URL: it ends in /webhooks/gitlab; ${page}`;
  if (status === '503') return 'look at the queue and at /readyz of the bot';
  return `see that the bot runs and GitLab reaches it; what GitLab got stands at ${page}`;
}

/** GitLab counts redirects as success too (`gitlab-platform.md` §1.4). */
function isSuccess(status: string): boolean {
  return /^[23]\d\d$/.test(status);
}

/** Without what a query may hold. */
function shown(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//***@');
}
