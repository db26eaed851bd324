/** `replay FILE`: one recorded delivery through the webhook's own judgement, then a look at the issue it names. */
import { type Config, processEnvironment, readConfig } from '../config.ts';
import type { Policy } from '../core/policy.ts';
import { connectGitLab, type GitLabConnection } from '../gitlab/connect.ts';
import { isNotFound } from '../gitlab/errors.ts';
import { loadPolicy } from '../policy/load.ts';
import { previewIssue, reconcile } from '../reconcile.ts';
import { serveProjects } from '../served.ts';
import { type Judged, judgeDelivery } from '../webhook/judge.ts';
import { exitCodes, UsageError } from './failure.ts';
import { noteNames } from './plan.ts';
import { describeOutcome, outcomeJson } from './plan-text.ts';
import { readDelivery } from './replay-file.ts';

export interface ReplayOptions {
  readonly json: boolean;
  /** Write, unless `DRY_RUN` is on. */
  readonly yes: boolean;
}

/**
 * The signature is not asked for: whoever has the file and the token may look at the issue anyway. Exit code 1 for
 * a delivery that the webhook could not read, 0 for one that it ignores. Throws `UsageError` for a file that is
 * no delivery, and for an issue that this GitLab does not have or calls by another project's name.
 */
export async function replay(file: string, options: ReplayOptions): Promise<number> {
  const config = readConfig(processEnvironment(), ['gitlab']);
  const policy = loadPolicy({ file: config.policyFile ?? undefined });
  const { event, body } = await readDelivery(file);
  const gitlab = connectGitLab({
    url: config.gitlabUrl,
    token: config.gitlabToken,
    notesAMinute: policy.limits.get('notes_a_minute'),
    patienceMs: 60_000,
  });
  const bot = await gitlab.directory.bot();
  const accepts = await acceptance(config, policy, gitlab);
  const judged = judgeDelivery(event, body, { bot: () => bot, accepts });
  if (judged.outcome !== 'accepted') {
    print(options.json ? { webhook: webhookJson(judged) } : [describe(judged)]);
    return judged.outcome === 'unreadable' ? exitCodes.no : exitCodes.fine;
  }
  const { ref } = judged;
  const path = await findPath(judged, gitlab, config.gitlabUrl);
  const names = new Map<number, string>();
  const write = options.yes && !config.dryRun;
  const outcome = await (write ? reconcile : previewIssue)(ref, {
    store: gitlab.store,
    directory: noteNames(gitlab.directory, names),
    policy,
    key: config.stateSecret ?? '',
    now: () => new Date(),
  });
  if (outcome.kind === 'gone') throw noSuchIssue(`${path}#${ref.issueIid}`, config.gitlabUrl);
  print(
    options.json
      ? { webhook: webhookJson(judged), written: write, ...outcomeJson(outcome, policy) }
      : [
          `The webhook answers 202: look at ${path}#${ref.issueIid}.`,
          '',
          ...describeOutcome(outcome, names),
          ...ending(outcome, write, options.yes),
        ],
  );
  return exitCodes.fine;
}

/** None where there is nothing to write, whatever was asked for. */
function ending(
  outcome: Parameters<typeof describeOutcome>[0],
  written: boolean,
  asked: boolean,
): readonly string[] {
  if (outcome.kind === 'hands_off' || outcome.changes.length === 0) return [];
  if (written) return ['', 'Done: this is written.'];
  const why = asked ? ': DRY_RUN is on' : '; --yes does it';
  return ['', `Nothing was written${why}.`];
}

/** The service learns the ids of its projects with its first sweep; here they are asked for. */
async function acceptance(
  config: Config,
  policy: Policy,
  { issues }: GitLabConnection,
): Promise<(projectId: number, path: string | null) => boolean> {
  const names = config.projects.length > 0 ? config.projects : policy.projects;
  const served = serveProjects(names, issues, () => Promise.resolve(false));
  if (names.length > 0) await served.projectIds();
  return served.accepts;
}

/** Ids mean something else on every GitLab: the name that comes with them must fit. */
async function findPath(
  { ref, projectPath }: Extract<Judged, { outcome: 'accepted' }>,
  { issues }: GitLabConnection,
  gitlabUrl: string,
): Promise<string> {
  const named = projectPath ?? `project ${ref.projectId}`;
  const found = await issues.fetchProject(ref.projectId).catch((error: unknown) => {
    throw isNotFound(error) ? noSuchIssue(`${named}#${ref.issueIid}`, gitlabUrl) : error;
  });
  const path = found.path_with_namespace;
  if (projectPath === null || projectPath.toLowerCase() === path.toLowerCase()) return path;
  throw new UsageError(
    `The delivery is about ${projectPath} with id ${ref.projectId}, which is ${path} at ${gitlabUrl}: it comes from another GitLab, or the project was renamed since; then use: plan ISSUE_URL`,
  );
}

function noSuchIssue(name: string, gitlabUrl: string): UsageError {
  return new UsageError(
    `${name}: GitLab at ${gitlabUrl} shows no such issue; the delivery may come from another GitLab, or the token's user may not see it`,
  );
}

/** As the route answers it. */
const statuses = {
  accepted: 202,
  not_ours: 204,
  own_event: 204,
  not_served: 204,
  unreadable: 400,
} as const;

function webhookJson(judged: Judged): object {
  const { outcome } = judged;
  return {
    status: statuses[outcome],
    outcome,
    ...('ref' in judged && { project_id: judged.ref.projectId, iid: judged.ref.issueIid }),
    ...('reason' in judged && { reason: judged.reason }),
  };
}

function describe(judged: Exclude<Judged, { outcome: 'accepted' }>): string {
  const { outcome, reason } = judged;
  const status = statuses[outcome];
  if (outcome === 'unreadable')
    return `The webhook answers ${status} and nothing happens. ${reason}`;
  const about = 'ref' in judged ? ` (id ${judged.ref.projectId})` : '';
  return `The webhook answers ${status} and nothing happens: ${reason}${about}.`;
}

function print(what: object | readonly string[]): void {
  const text = Array.isArray(what) ? what.join('\n') : JSON.stringify(what, null, 2);
  process.stdout.write(`${text}\n`);
}
