/** Carrying out quick actions with the rights of whoever sent the text (`gitlab-platform.md` §4). */
import { canEditIssue, PLANNER, reaches } from './access.ts';
import { findLabel, issueLabels } from './labels.ts';
import { findUser } from './people.ts';
import type { QuickAction } from './quick.ts';
import { readLabelArgs, readUserArgs, splitQuickActions } from './quick.ts';
import type { IssueWish } from './wish.ts';
import type { Issue, Project, User, World } from './world.ts';

/** Turns quick actions in the wish's description into further wishes and strips them from it. */
export function carryOut(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  wish: IssueWish,
): IssueWish {
  if (wish.description === undefined || wish.description === null) return pick(wish);
  const { rest, actions } = splitQuickActions(wish.description, world.quickActionReading);
  const { wish: more } = wishOf(world, project, issue, user, actions, pick(wish));
  return { ...more, description: actions.length === 0 ? wish.description : rest };
}

/** The wish's own keys only, so that a wish without any is recognised as empty. */
function pick(wish: IssueWish): IssueWish {
  const { title, description, labels, assigneeIds, confidential, stateEvent } = wish;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(labels === undefined ? {} : { labels }),
    ...(assigneeIds === undefined ? {} : { assigneeIds }),
    ...(confidential === undefined ? {} : { confidential }),
    ...(stateEvent === undefined ? {} : { stateEvent }),
  };
}

/** Folds the actions over a wish and records each one in `world.quickActions`. */
export function wishOf(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  actions: readonly QuickAction[],
  start: IssueWish = {},
): { wish: IssueWish; done: number } {
  let wish = start;
  let done = 0;
  for (const action of actions) {
    const next = apply(world, project, issue, user, action, wish);
    if (next !== null) {
      wish = next;
      done += 1;
    }
    const { command, args } = action;
    const run = { command, args, userId: user.id, issueId: issue.id, done: next !== null };
    world.quickActions.push(run);
  }
  return { wish, done };
}

/** The wish with one action more; null when the user may not, or the sandbox cannot. */
function apply(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  { command, args }: QuickAction,
  wish: IssueWish,
): IssueWish | null {
  const planner = reaches(world, project, user, PLANNER);
  if (!planner && !canEditIssue(world, project, issue, user)) return null;
  if (command === 'close' && issue.state === 'opened') return { ...wish, stateEvent: 'close' };
  if (command === 'reopen' && issue.state === 'closed') return { ...wish, stateEvent: 'reopen' };
  if (command === 'title' && args !== '') return { ...wish, title: args };
  if (!planner) return null;
  if (command === 'confidential') return { ...wish, confidential: true };
  return (
    labelWish(world, project, issue, command, args, wish) ??
    assignWish(world, issue, command, args, wish)
  );
}

function labelWish(
  world: World,
  project: Project,
  issue: Issue,
  command: string,
  args: string,
  wish: IssueWish,
): IssueWish | null {
  const names = readLabelArgs(args).filter((name) => findLabel(world, project, name) !== null);
  const { set, add = [], remove = [] } = wish.labels ?? {};
  const kept = set === undefined ? {} : { set };
  if ((command === 'label' || command === 'labels') && names.length > 0) {
    return { ...wish, labels: { ...kept, add: [...add, ...names], remove } };
  }
  if (command === 'unlabel' || command === 'remove_label') {
    const all = issueLabels(world, project, issue).map((label) => label.name);
    return { ...wish, labels: { ...kept, add, remove: [...remove, ...(args ? names : all)] } };
  }
  if (command === 'relabel' && names.length > 0) return { ...wish, labels: { set: names } };
  return null;
}

function assignWish(
  world: World,
  issue: Issue,
  command: string,
  args: string,
  wish: IssueWish,
): IssueWish | null {
  const ids = readUserArgs(args).flatMap((name) => findUser(world, name)?.id ?? []);
  const now = wish.assigneeIds ?? issue.assigneeIds;
  if (command === 'unassign' || command === 'remove_assignee') {
    const left = args === '' ? [] : now.filter((id) => !ids.includes(id));
    return { ...wish, assigneeIds: left };
  }
  if (ids.length === 0) return null;
  if (command === 'reassign') return { ...wish, assigneeIds: ids };
  if (command !== 'assign') return null;
  return { ...wish, assigneeIds: world.tier === 'free' ? ids : [...now, ...ids] };
}
