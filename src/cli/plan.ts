/** `plan ISSUE_URL`: what the bot would change on a real issue, and why; the same code, nothing written. */
import { processEnvironment, readConfig } from '../config.ts';
import type { Change } from '../core/model.ts';
import { connectGitLab, type GitLabConnection } from '../gitlab/connect.ts';
import { isNotFound } from '../gitlab/errors.ts';
import { loadPolicy } from '../policy/load.ts';
import { type Directory, type Outcome, previewIssue, type Reconciler } from '../reconcile.ts';
import { toCheckJson } from './check-json.ts';
import { exitCodes, UsageError } from './failure.ts';
import { paint } from './paint.ts';

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
  if (options.json) {
    const data =
      outcome.kind === 'planned'
        ? {
            changes: outcome.changes,
            comment: outcome.comment,
            ...toCheckJson(outcome.assessment, outcome.issue.title, policy),
          }
        : { changes: [], hands_off: outcome.reason };
    process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  } else {
    process.stdout.write(`${describe(outcome, names).join('\n')}\n`);
  }
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
function noteNames(directory: Directory, names: Map<number, string>): Directory {
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

function describe(
  outcome: Exclude<Outcome, { kind: 'gone' }>,
  names: ReadonlyMap<number, string>,
): readonly string[] {
  if (outcome.kind === 'hands_off') return [`The bot keeps its hands off: ${outcome.reason}.`];
  const { changes, comment, issue } = outcome;
  if (changes.length === 0) return ['Nothing to do: the issue is as it should be.'];
  const present = [issue.author, ...issue.assignees, ...issue.notes.map(({ author }) => author)];
  const known = new Map([...present.map((each) => [each.id, each.username] as const), ...names]);
  const lines = changes.flatMap((change) => [
    `${paint.bold(change.reach)}: ${change.why}`,
    ...details(change, comment, known).map((line) => `  ${line}`),
  ]);
  return [...lines, '', paint.bold('The status comment would read:'), '', comment];
}

/** The status comment is shown once, below; everything else a change holds is shown with it. */
function details(
  change: Change,
  comment: string,
  names: ReadonlyMap<number, string>,
): readonly string[] {
  if (change.kind === 'create_note' && !change.body.startsWith(comment.trimEnd())) {
    const text = change.body.replace(/<!--.*-->/g, '').trim();
    return [
      ...(change.internal ? ['internal note'] : []),
      ...text.split('\n').map((line) => `│ ${line}`),
    ];
  }
  if (change.kind === 'link_issue') return [`issue ${change.issueIid} of this project`];
  if (change.kind !== 'issue') return [];
  const assignees = change.assigneeIds?.map((id) =>
    names.has(id) ? `@${names.get(id)}` : `user ${id}`,
  );
  return [
    ...change.addLabels.map((label) => paint.green(`+ ${label}`)),
    ...change.removeLabels.map((label) => paint.red(`- ${label}`)),
    ...(change.stateEvent ? ['closes the issue'] : []),
    ...(assignees ? [`assignees: ${assignees.join(', ') || 'nobody'}`] : []),
  ];
}
