/** Notices that GitLab has switched our webhook off, says so once, and switches it on again where the token may. */
import type { ProjectHook, ProjectHooks } from './gitlab/hooks.ts';
import type { Log } from './log.ts';

export interface HookWatchOptions {
  readonly hooks: ProjectHooks;
  /** `PUBLIC_URL`; null: every hook that leads to a path like ours counts as ours. */
  readonly publicUrl: string | null;
  /** False in a dry run: what is off stays off. */
  readonly switchOn: boolean;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How many of our hooks stand in which state in this project, told at every look; null: it may not be known. */
  readonly count: (projectId: number, states: readonly ProjectHook['state'][] | null) => void;
}

const path = '/webhooks/gitlab';
/** A role does not change often: where we may not look twice in a row, the next look comes so much later. */
const mayNotMs = 24 * 3_600_000;

const sentences = {
  temporarily_disabled:
    'GitLab has switched this webhook off for a while, because deliveries failed: see that GitLab reaches the bot; until then changes are found by the sweep only',
  disabled:
    'GitLab has switched this webhook off for good, because deliveries kept failing: see that GitLab reaches the bot, then a project maintainer must press Test at the webhook; until then changes are found by the sweep only',
} as const;

/**
 * Returns the look at one project, for each sweep, once GitLab has let us list that project: a 403 then is the
 * role's and not a ban's. It never throws: hooks are a help, the sweep does without.
 */
export function watchHooks(options: HookWatchOptions): (projectId: number) => Promise<void> {
  const { hooks, log, now, count } = options;
  const told = new Map<string, ProjectHook['state']>();
  const notBefore = new Map<number, number>();

  async function look(project: number): Promise<void> {
    if (now() < (notBefore.get(project) ?? 0)) return;
    let ours = await list(project);
    if (ours === null) {
      // Once may be a ban that began this very moment; the next look comes after another listing.
      const before = notBefore.get(project);
      notBefore.set(project, before === undefined ? 0 : now() + mayNotMs);
      if (before === 0) log.debug({ project }, 'the token may not look at webhooks here');
      count(project, null);
      return;
    }
    notBefore.delete(project);
    for (const hook of ours) tell(project, hook);
    if (options.switchOn && (await switchOn(project, ours))) {
      ours = (await list(project)) ?? ours;
      for (const hook of ours) tell(project, hook);
    }
    count(
      project,
      ours.map(({ state }) => state),
    );
  }

  async function list(project: number): Promise<readonly ProjectHook[] | null> {
    const all = await hooks.listHooks(project);
    return all?.filter(({ url }) => isOurs(url, options.publicUrl)) ?? null;
  }

  function tell(project: number, hook: ProjectHook): void {
    const key = `${project}:${hook.id}`;
    const before = told.get(key) ?? 'executable';
    if (hook.state === before) return;
    told.set(key, hook.state);
    const about = { project, hook: hook.id };
    if (hook.state === 'executable') log.info(about, 'this webhook is on again');
    else log.warn({ ...about, until: hook.until }, sentences[hook.state]);
  }

  /** True when GitLab tried one and it worked. */
  async function switchOn(project: number, ours: readonly ProjectHook[]): Promise<boolean> {
    let worked = false;
    for (const { id, state } of ours) {
      if (state !== 'executable' && (await hooks.testHook(project, id))) worked = true;
    }
    return worked;
  }

  return (project) =>
    look(project).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'no reason given';
      log.debug(
        { project, reason },
        'the webhooks could not be looked at; the next sweep tries again',
      );
    });
}

/** Whether a webhook's address is the bot's; with `publicUrl` null any address whose path is like ours. */
export function isOurs(url: string, publicUrl: string | null): boolean {
  const address = url.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  return publicUrl === null ? address.endsWith(path) : address === `${publicUrl}${path}`;
}
