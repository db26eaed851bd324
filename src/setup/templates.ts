/** Step of `setup`: the issue templates on the default branch, by one commit or by a merge request. */
import type { Policy } from '../core/policy.ts';
import { writeTemplates } from '../core/say/templates.ts';
import type { Repository, RepositoryFound } from '../gitlab/setup/repository.ts';
import { type Compared, compareTemplates, FOLDER } from './compare-templates.ts';
import { findProposal } from './propose-templates.ts';
import type { SetupStep } from './step.ts';
import { listOf, titleOf } from './template-words.ts';

export interface TemplateSetup {
  readonly repository: Repository;
  readonly projectId: number;
  readonly policy: Policy;
}

/** Looks only. Throws `RetryableError` or `TerminalError`; a repository that cannot be seen gives a step `blocked`. */
export async function findTemplateSteps(setup: TemplateSetup): Promise<readonly SetupStep[]> {
  const { repository, projectId, policy } = setup;
  const wanted = new Map(
    [...writeTemplates(policy)].map(([name, text]) => [`${FOLDER}/${name}`, text]),
  );
  if (wanted.size === 0) return [];
  const found = await repository.look(projectId);
  if (found.empty) return [firstCommit(setup, found, wanted)];
  const branch = found.defaultBranch;
  const mayPush = branch === null ? null : await repository.canPush(projectId, branch);
  if (branch === null || mayPush === null) return [unseen()];
  const compared = await compareTemplates(repository, projectId, branch, wanted);
  const shown = compared.left.map(leftToPeople);
  const { changes, same } = compared;
  if (changes.length > 0 && !mayPush) {
    return [...(await findProposal({ ...setup, found, branch, changes })), ...shown];
  }
  if (changes.length > 0) return [commitStep(setup, branch, changes), ...shown];
  return same > 0 ? [upToDate(same), ...shown] : shown;
}

function commitStep(
  { repository, projectId }: TemplateSetup,
  branch: string,
  changes: Compared['changes'],
): SetupStep {
  const title = titleOf(changes);
  return {
    kind: 'do',
    what: `${title}: one commit on ${branch} with ${listOf(changes)}`,
    apply: async () => {
      await repository.commit(projectId, { branch, message: title, changes });
      return { what: `Committed to ${branch}: ${listOf(changes)}.` };
    },
  };
}

/** The first commit of all decides the name of the default branch; `main` where GitLab names none. */
function firstCommit(
  setup: TemplateSetup,
  { defaultBranch }: RepositoryFound,
  wanted: ReadonlyMap<string, string>,
): SetupStep {
  const changes = [...wanted].map(([path, text]) => ({ path, text, before: null }));
  return commitStep(setup, defaultBranch ?? 'main', changes);
}

function upToDate(same: number): SetupStep {
  const what =
    same === 1 ? 'An issue template is up to date' : `${same} issue templates are up to date`;
  return { kind: 'fine', what };
}

function unseen(): SetupStep {
  return {
    kind: 'blocked',
    what: `The issue templates in ${FOLDER}`,
    why: 'The token does not see the repository of this project: its role is too low, or the repository is switched off.',
    todo: `See that the repository is switched on, and run this with a Maintainer's token, for which the bot's own may stay as it is; or run "scoping-bot templates --out ${FOLDER}" in a clone of the project and commit what it writes.`,
    exit: 77,
  };
}

function leftToPeople({ path, origin }: Compared['left'][number]): SetupStep {
  const why =
    origin === 'changed'
      ? 'Somebody changed it since the bot wrote it, so it is not brought up to date. To have the one of the policy again, delete the file and run this again.'
      : 'The bot did not write this file, or wrote it before it could tell its own again. To have the one of the policy instead, delete the file and run this again.';
  return { kind: 'left', what: `The issue template ${path}`, why };
}
