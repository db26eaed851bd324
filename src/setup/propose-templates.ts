/** The issue templates by merge request, where the token may not push to the default branch. */
import type {
  FileChange,
  MergeRequestFound,
  Repository,
  RepositoryFound,
} from '../gitlab/setup/repository.ts';
import { compareTemplates, FOLDER } from './compare-templates.ts';
import type { SetupDone, SetupStep } from './step.ts';
import { description, listOf, titleOf, updates } from './template-words.ts';

/** Always the same, so that the next run finds its own proposal again. */
const PROPOSAL = 'scoping-bot/issue-templates';

/** From here on people may push branches. */
const DEVELOPER = 30;

interface Wish {
  readonly repository: Repository;
  readonly projectId: number;
  readonly found: RepositoryFound;
  /** The default branch. */
  readonly branch: string;
  /** What is to be changed there. */
  readonly changes: readonly FileChange[];
}

/** Looks only: is it proposed already, as the policy has it now, and what did people make of it? */
export async function findProposal(wish: Wish): Promise<readonly SetupStep[]> {
  const { repository, projectId, branch, changes, found } = wish;
  // What is proposed already is told to those as well who could not have proposed it.
  const low = found.accessLevel !== null && found.accessLevel < DEVELOPER;
  if ((await repository.canPush(projectId, PROPOSAL)) === null) {
    return [low ? tooLow() : propose(wish, changes, null, branch)];
  }
  const request = await repository.newestMergeRequest(projectId, PROPOSAL, branch);
  if (request?.state === 'closed') return [turnedDown(request)];
  const wanted = new Map(changes.map(({ path, text }) => [path, text]));
  const there = await compareTemplates(repository, projectId, PROPOSAL, wanted);
  const shown = there.left.map(({ path }) => changedThere(path));
  const open = request === null || request.state === 'merged' ? null : request;
  if (there.changes.length > 0) {
    return [low ? tooLow() : propose(wish, there.changes, open), ...shown];
  }
  if (open !== null) return [waiting(open), ...shown];
  if (request !== null) return [undone(request), ...shown];
  return [low ? tooLow() : propose(wish, [], null), ...shown];
}

/** A commit on the branch of the proposal, where there is something to commit, and the merge request, where there is none. */
function propose(
  wish: Wish,
  changes: readonly FileChange[],
  open: MergeRequestFound | null,
  startFrom?: string,
): SetupStep {
  const title = titleOf(wish.changes);
  const how = open === null ? 'a merge request' : `merge request !${open.iid}, brought up to date`;
  return {
    kind: 'do',
    ...((open !== null || updates(wish.changes)) && { changes: true }),
    what: `${title}: ${how}, because the token may not push to ${wish.branch}, with ${listOf(wish.changes)}`,
    apply: () => carryOut(wish, changes, open, startFrom),
  };
}

async function carryOut(
  { repository, projectId, branch, changes: all }: Wish,
  changes: readonly FileChange[],
  open: MergeRequestFound | null,
  startFrom: string | undefined,
): Promise<SetupDone> {
  const title = titleOf(all);
  if (changes.length > 0) {
    const start = startFrom === undefined ? {} : { startFrom };
    await repository.commit(projectId, { branch: PROPOSAL, ...start, message: title, changes });
  }
  if (open !== null) return { what: `Brought merge request !${open.iid} up to date.` };
  const wish = { source: PROPOSAL, target: branch, title, description };
  const { iid } = await repository.openMergeRequest(projectId, wish);
  return { what: `Opened merge request !${iid} for ${branch}: somebody has to merge it.` };
}

function waiting({ iid }: MergeRequestFound): SetupStep {
  return { kind: 'fine', what: `The issue templates wait in merge request !${iid} to be merged` };
}

function turnedDown({ iid }: MergeRequestFound): SetupStep {
  return {
    kind: 'left',
    what: `The issue templates of merge request !${iid}`,
    why: `Somebody closed it without merging. To have them after all, reopen it; to have them proposed anew, delete the branch ${PROPOSAL} and run this again.`,
  };
}

function undone({ iid }: MergeRequestFound): SetupStep {
  return {
    kind: 'left',
    what: `The issue templates of merge request !${iid}`,
    why: `They were merged and are gone again. To have them proposed anew, delete the branch ${PROPOSAL} and run this again.`,
  };
}

function changedThere(path: string): SetupStep {
  return {
    kind: 'left',
    what: `The issue template ${path} on the branch ${PROPOSAL}`,
    why: 'Somebody changed it there, so it stays as it is.',
  };
}

function tooLow(): SetupStep {
  return {
    kind: 'blocked',
    what: `The issue templates in ${FOLDER}`,
    why: 'The token may not push to this project: that takes the role Developer, and for the protected default branch mostly Maintainer.',
    todo: `Run this with a Maintainer's token, for which the bot's own may stay as it is; or run "scoping-bot templates --out ${FOLDER}" in a clone of the project and commit what it writes.`,
    exit: 77,
  };
}
