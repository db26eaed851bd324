/** `plan ISSUE_URL`: what the bot would change on a real issue, and why; the same code, nothing written. */
import { processEnvironment, readConfig } from '../config.ts';
import { connectGitLab, type GitLabConnection } from '../gitlab/connect.ts';
import { isNotFound } from '../gitlab/errors.ts';
import { loadPolicy } from '../policy/load.ts';
import { type Directory, type Outcome, previewIssue, type Reconciler } from '../reconcile.ts';
import { exitCodes, UsageError } from './failure.ts';
import { describeOutcome, outcomeJson } from './plan-text.ts';

/** Throws `UsageError` for an address that is no issue of `GITLAB_URL`. */
export async function plan(address: string, options: { readonly json: boolean }): Promise<number> {
  const config = readConfig(processEnvironment(), ['gitlab']);
  const { path, issueIid } = parseIssueUrl(address, config.gitlabUrl);
  const policy = loadPolicy({ file: config.policyFile ?? undefined });
  const gitlab = connectGitLab({
    url: config.gitlabUrl,
    token: config.gitlabToken,
    patienceMs: 60_000,
  });
  const names = new Map<number, string>();
  const outcome = await preview(path, issueIid, {
    store: gitlab.store,
    issues: gitlab.issues,
    directory: noteNames(gitlab.directory, names),
    policy,
    key: config.stateSecret ?? '',
    now: () => new Date(),
  });
  if (outcome.kind === 'gone') {
    throw new UsageError(
      `${address}: GitLab shows no such issue; it may also be that the token's user may not see it`,
    );
  }
  const text = options.json
    ? JSON.stringify(outcomeJson(outcome, policy), null, 2)
    : describeOutcome(outcome, names).join('\n');
  process.stdout.write(`${text}\n`);
  return exitCodes.fine;
}

/** GitLab says "not found" to what is not there and to what this token may not see alike. */
async function preview(
  path: string,
  issueIid: number,
  bot: Reconciler & Pick<GitLabConnection, 'issues'>,
): Promise<Outcome> {
  const project = await bot.issues.fetchProject(path).catch((error: unknown) => {
    if (isNotFound(error)) return null;
    throw error;
  });
  if (!project) return { kind: 'gone' };
  return await previewIssue({ projectId: project.id, issueIid }, bot);
}

/** Changes name people by id only; whoever is to be assigned was looked up on the way there. */
export function noteNames(directory: Directory, names: Map<number, string>): Directory {
  return {
    ...directory,
    async person(projectId, username, seen) {
      const found = await directory.person(projectId, username, seen);
      if (found) names.set(found.id, found.username);
      return found;
    },
  };
}

/** `https://host[/sub]/group/project/-/issues/7`, also the older and newer spellings of the same. */
export function parseIssueUrl(
  address: string,
  gitlabUrl: string,
): { readonly path: string; readonly issueIid: number } {
  const expected = `${gitlabUrl}/GROUP/PROJECT/-/issues/NUMBER`;
  const [given, base] = [URL.canParse(address) ? new URL(address) : null, new URL(gitlabUrl)];
  const root = `${base.pathname.replace(/\/$/, '')}/`;
  if (!given || given.origin !== base.origin || !given.pathname.startsWith(root)) {
    throw new UsageError(`read "${address}", expected an issue of GITLAB_URL: ${expected}`);
  }
  const rest = given.pathname.slice(root.length);
  const [, path, iid] =
    /^([\w.][\w.-]*(?:\/[\w.][\w.-]*)+?)(?:\/-)?\/(?:issues|work_items)\/(\d{1,9})\/?$/.exec(
      rest,
    ) ?? [];
  if (!path || !iid) throw new UsageError(`read "${address}", expected ${expected}`);
  return { path, issueIid: Number(iid) };
}
