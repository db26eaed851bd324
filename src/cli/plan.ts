/** `plan ISSUE_URL`: what the bot would change on a real issue, and why; the same code, nothing written. */
import { processEnvironment, readConfig } from '../config.ts';
import type { Change } from '../core/model.ts';
import { connectGitLab } from '../gitlab/connect.ts';
import { loadPolicy } from '../policy/load.ts';
import { type Outcome, previewIssue } from '../reconcile.ts';
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
  const { id: projectId } = await gitlab.issues.fetchProject(path);
  const outcome = await previewIssue(
    { projectId, issueIid },
    { ...gitlab, policy, key: config.stateSecret ?? '', now: () => new Date() },
  );
  if (outcome.kind === 'gone') throw new UsageError(`${address}: there is no such issue`);
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
    process.stdout.write(`${describe(outcome).join('\n')}\n`);
  }
  return exitCodes.fine;
}

/** `https://host[/sub]/group/project/-/issues/7`, also the older and newer spellings of the same. */
export function parseIssueUrl(
  address: string,
  gitlabUrl: string,
): { readonly path: string; readonly issueIid: number } {
  const expected = `${gitlabUrl}/GROUP/PROJECT/-/issues/NUMBER`;
  if (!address.startsWith(`${gitlabUrl}/`)) {
    throw new UsageError(`read "${address}", expected an issue of GITLAB_URL: ${expected}`);
  }
  const rest = address.slice(gitlabUrl.length + 1).replace(/[?#].*$/, '');
  const [, path, iid] = /^(.+?)(?:\/-)?\/(?:issues|work_items)\/(\d+)\/?$/.exec(rest) ?? [];
  if (!path || !iid) throw new UsageError(`read "${address}", expected ${expected}`);
  return { path, issueIid: Number(iid) };
}

function describe(outcome: Exclude<Outcome, { kind: 'gone' }>): readonly string[] {
  if (outcome.kind === 'hands_off') return [`The bot keeps its hands off: ${outcome.reason}.`];
  if (outcome.changes.length === 0) return ['Nothing to do: the issue is as it should be.'];
  const lines = outcome.changes.flatMap((change) => [
    `${paint.bold(change.reach)}: ${change.why}`,
    ...details(change).map((line) => `  ${line}`),
  ]);
  return [...lines, '', paint.bold('The status comment would read:'), '', outcome.comment];
}

/** The comment itself is shown once, below; everything else a change holds is shown with it. */
function details(change: Change): readonly string[] {
  if (change.kind !== 'issue') return [];
  return [
    ...change.addLabels.map((label) => paint.green(`+ ${label}`)),
    ...change.removeLabels.map((label) => paint.red(`- ${label}`)),
    ...(change.assigneeIds ? [`assignees: ${change.assigneeIds.join(', ')}`] : []),
  ];
}
