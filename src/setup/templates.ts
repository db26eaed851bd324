/** Step of `setup`: the issue templates on the default branch, by one commit or by a merge request. */
import type { Policy, Question } from '../core/policy.ts';
import { writeTemplates } from '../core/say/templates.ts';
import type { Repository, RepositoryFound } from '../gitlab/setup/repository.ts';
import { type Compared, compareTemplates, FOLDER } from './compare-templates.ts';
import { findProposal } from './propose-templates.ts';
import type { SetupStep } from './step.ts';
import { listOf, titleOf, updates } from './template-words.ts';

export interface TemplateSetup {
  readonly repository: Repository;
  readonly projectId: number;
  readonly policy: Policy;
  /** Questions of the team's own, which the shipped policy does not have. */
  readonly ownQuestions?: readonly Question[];
}

/** Looks only. Throws `RetryableError` or `TerminalError`; a repository that cannot be seen gives a step `blocked`. */
export async function findTemplateSteps(setup: TemplateSetup): Promise<readonly SetupStep[]> {
  const { repository, projectId, policy } = setup;
  const wanted = new Map(
    [...writeTemplates(policy)].map(([name, text]) => [`${FOLDER}/${name}`, text]),
  );
  if (wanted.size === 0) return [];
  const found = await repository.look(projectId);
  if (found.empty) return [firstCommit(setup, found, wanted), ...unlisted(setup)];
  const branch = found.defaultBranch;
  const mayPush = branch === null ? null : await repository.canPush(projectId, branch);
  if (branch === null || mayPush === null) return [unseen()];
  const compared = await compareTemplates(repository, projectId, branch, wanted);
  const shown = [...compared.left.map(leftToPeople), ...unlisted(setup)];
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
    ...(updates(changes) && { changes: true }),
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

/** A question may well be asked in comments only; whoever just wrote it should know that this one is. */
function unlisted({ policy, ownQuestions = [] }: TemplateSetup): readonly SetupStep[] {
  const listed = new Set(
    policy.templates.flatMap(({ sections }) => sections.flatMap(({ fields }) => fields)),
  );
  const ids = ownQuestions
    .filter(({ id, gate }) => gate !== 'none' && !listed.has(id))
    .map(({ id }) => id);
  if (ids.length === 0) return [];
  const one = ids.length === 1;
  const to = one
    ? 'it is to stand in a template too, name it'
    : 'they are to stand in a template too, name them';
  return [
    {
      kind: 'left',
      what: `${one ? 'A question' : 'Questions'} of your own that no issue template has: ${ids.join(', ')}`,
      why: `The bot asks ${one ? 'it' : 'them'} in its comment, once it was started again with this policy. Only if ${to} under "fields" in a section of "templates" in your policy and run this again, which brings the templates up to date.`,
    },
  ];
}

function leftToPeople({ path, origin }: Compared['left'][number]): SetupStep {
  const why =
    origin === 'changed'
      ? 'Somebody changed it since the bot wrote it, so it is not brought up to date. To have the one of the policy again, delete the file and run this again.'
      : 'The bot did not write this file, or wrote it before it could tell its own again. To have the one of the policy instead, delete the file and run this again.';
  return { kind: 'left', what: `The issue template ${path}`, why };
}
