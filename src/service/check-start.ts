/** Says once, when the service starts, what in the projects that it is to serve would keep it from working there. */
import type { Config } from '../config.ts';
import type { Person } from '../core/model.ts';
import type { Policy } from '../core/policy.ts';
import type { Finding } from '../doctor/finding.ts';
import { checkMissing, checkRole } from '../doctor/project.ts';
import type { GitLabConnection } from '../gitlab/connect.ts';
import { RetryableError, TerminalError } from '../gitlab/errors.ts';
import type { Log } from '../log.ts';

/** How soon is looked whether GitLab has told who we are, and how soon it is asked again when it did not answer. */
const unknownMs = 5_000;
const againMs = 30_000;

const sentences = {
  project:
    'a project that the bot is to serve is not there, or not for this token: nothing is done in it',
  role: "the bot's role in a project that it is to serve is too low: it cannot write there what it should",
} as const;

export interface StartCheckOptions {
  readonly config: Config;
  readonly policy: Policy;
  readonly gitlab: Pick<GitLabConnection, 'projectFacts' | 'member'>;
  /** Null while GitLab has not told it. */
  readonly bot: () => Person | null;
  /** True while everything is stopped: GitLab is left alone then. */
  readonly stopped: () => boolean;
  readonly log: Log;
}

export interface StartCheck {
  /** The first look, whatever came of it; never rejects. What could not be seen is looked at again later. */
  readonly first: Promise<void>;
  stop(): void;
}

/**
 * One request for each project that is named in `PROJECTS` or the policy, a second where the first finds no member.
 * Nothing is stopped by what it finds, and what is well is not told.
 */
export function checkStart(options: StartCheckOptions): StartCheck {
  const { config, policy, log } = options;
  const [variable, names] =
    config.projects.length > 0
      ? ['PROJECTS', config.projects]
      : ['projects in the policy', policy.projects];
  const left = new Map(names.map((name) => [name.toLowerCase(), name]));
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  async function look(): Promise<void> {
    const bot = options.bot();
    if (bot === null || options.stopped()) return again(unknownMs);
    for (const [key, name] of left) {
      if (ended) return;
      try {
        const ill = await examine(name, bot, options.gitlab);
        if (ill !== null) tell(name, ill);
      } catch (error) {
        if (isForLater(error)) return again(againMs);
        // The sweep says what GitLab does not let us do.
        const reason = error instanceof Error ? error.message : 'no reason given';
        log.debug({ project: name, reason }, 'the role in this project could not be looked at');
      }
      left.delete(key);
    }
  }

  function again(ms: number): void {
    if (!ended) timer = setTimeout(() => void look(), ms);
  }

  function tell(name: string, { check, found, todo }: Finding): void {
    const sentence = check === 'role' ? sentences.role : sentences.project;
    log.warn({ variable, read: name, found, todo }, sentence);
  }

  return {
    first: left.size === 0 ? Promise.resolve() : look(),
    stop() {
      ended = true;
      clearTimeout(timer);
    },
  };
}

/** What keeps the bot from working there; null when nothing does. `name`: path or id as written. */
async function examine(
  name: string,
  bot: Person,
  gitlab: StartCheckOptions['gitlab'],
): Promise<Finding | null> {
  const pathOrId = /^\d+$/.test(name) ? Number(name) : name;
  const me = await gitlab.member(pathOrId, bot.id);
  // "No such member" and "no such project" are one answer.
  if (me === null && (await gitlab.projectFacts(pathOrId)) === null)
    return checkMissing(name, bot.username);
  const role = checkRole({ path: name }, me, bot.username, null, 0);
  return role.mark === 'failed' ? role : null;
}

/** GitLab's side, or a token that is refused everywhere, which is told elsewhere. */
function isForLater(error: unknown): boolean {
  if (error instanceof RetryableError) return true;
  return error instanceof TerminalError && error.kind === 'unauthorised';
}
