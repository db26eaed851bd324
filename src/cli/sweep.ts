/** `sweep`: looks once at every open scoping issue of the served projects, as the service would. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Config, ConfigError, processEnvironment, readConfig } from '../config.ts';
import type { IssueRef } from '../core/model.ts';
import type { Policy } from '../core/policy.ts';
import { connectGitLab, type GitLabConnection } from '../gitlab/connect.ts';
import { RetryableError, TerminalError } from '../gitlab/errors.ts';
import { loadPolicy } from '../policy/load.ts';
import { previewIssue, reconcile } from '../reconcile.ts';
import { openScopingIssues } from '../sweep.ts';
import { sweepOnce } from '../sweep-once.ts';
import { exitCodeOf, exitCodes } from './failure.ts';
import { untilStopped } from './stopping.ts';
import { openProgress } from './sweep-progress.ts';
import { type Listed, SweepSummary } from './sweep-summary.ts';

/**
 * Exit code 1 when an issue or a project failed or was left, 69 or 77 when GitLab let us go no further. The first
 * SIGINT or SIGTERM lets the running looks end. Throws `ConfigError` when no project is served.
 */
export async function sweep(options: { readonly json: boolean }): Promise<number> {
  const config = readConfig(processEnvironment(), ['gitlab']);
  const policy = loadPolicy({ file: config.policyFile ?? undefined });
  const names = servedNames(config, policy);
  const progress = openProgress(process.stderr, options.json ? null : process.stdout);
  const connect = {
    url: config.gitlabUrl,
    token: config.gitlabToken,
    notesAMinute: policy.limits.get('notes_a_minute'),
    patienceMs: 60_000,
    onPause: progress.pause,
  };
  const gitlab = connectGitLab(connect);
  const bot = { ...gitlab, policy, key: config.stateSecret ?? '', now: () => new Date() };
  // A token that does not work is told as such, and not once for each project.
  await gitlab.directory.bot();
  const stop = stopOnSignal(progress.stopping);

  const listed = await listAll(names, gitlab, policy, stop);
  const summary = new SweepSummary(listed, config.dryRun);
  progress.begin(listed.refs.length);
  const end = await sweepOnce(listed.refs, {
    look: (ref) => (config.dryRun ? previewIssue : reconcile)(ref, bot),
    concurrency: config.concurrency,
    probe: () => connectGitLab({ ...connect, budget: gitlab.budget }).directory.bot(),
    sleep: (ms) => delay(ms, undefined, { signal: stop }).catch(() => undefined),
    stop,
    done: (swept) => progress.done(summary.add(swept)),
  });
  progress.end();
  summary.close(end, stop.aborted);
  process.stdout.write(
    options.json
      ? `${JSON.stringify(summary.toJson(), null, 2)}\n`
      : `${summary.toLines(progress.bar).join('\n')}\n`,
  );
  if (end.halted) return exitCodeOf(end.halted) ?? exitCodes.unreachable;
  return summary.complete() ? exitCodes.fine : exitCodes.no;
}

/** Unlike the service, which hears of projects by their hooks, a sweep has to be told. */
function servedNames(config: Config, policy: Policy): readonly string[] {
  const names = config.projects.length > 0 ? config.projects : policy.projects;
  if (names.length > 0) return [...new Set(names.map((name) => name.toLowerCase()))];
  throw new ConfigError([
    'PROJECTS: read nothing, needed: the projects to sweep, such as PROJECTS=acme/ps/scoping, or "projects: [acme/ps/scoping]" in the policy',
  ]);
}

function stopOnSignal(told: () => void): AbortSignal {
  const stop = new AbortController();
  void untilStopped().then(() => {
    told();
    stop.abort();
  });
  return stop.signal;
}

/** A project that cannot be found or listed does not keep the others waiting. Throws where the token is refused. */
async function listAll(
  names: readonly string[],
  { issues }: Pick<GitLabConnection, 'issues'>,
  policy: Policy,
  stop: AbortSignal,
): Promise<Listed> {
  const paths = new Map<number, string>();
  const refs: IssueRef[] = [];
  const failed: { project: string; reason: string }[] = [];
  for (const name of names) {
    try {
      const project = await issues.fetchProject(/^\d+$/.test(name) ? Number(name) : name);
      if (paths.has(project.id)) continue;
      paths.set(project.id, project.path_with_namespace);
      for await (const ref of openScopingIssues(project.id, null, { issues, policy })) {
        refs.push(ref);
        if (stop.aborted) break;
      }
    } catch (error) {
      if (error instanceof TerminalError && error.kind === 'unauthorised') throw error;
      if (!(error instanceof TerminalError || error instanceof RetryableError)) throw error;
      failed.push({ project: name, reason: error.message });
    }
    if (stop.aborted) break;
  }
  return { paths, refs, failed };
}
