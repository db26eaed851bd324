/** Issues of a project: list, read, open, change. */
import { showIssue } from '../entities.ts';
import { flag, ids, one, requiredText, text, texts } from '../input.ts';
import { createIssue, updateIssue } from '../issues.ts';
import type { LabelWish } from '../labels.ts';
import { badRequest } from '../refusal.ts';
import type { IssueWish } from '../wish.ts';
import {
  type Call,
  created,
  issueOf,
  list,
  ok,
  projectOf,
  type Route,
  takes,
  takesBody,
} from './call.ts';
import { FILTERS, filterIssues } from './issue-filter.ts';

const ISSUES = '/projects/:id/issues';
const ISSUE = `${ISSUES}/:iid`;
const WRITABLE = ['title', 'description', 'labels', 'assignee_ids', 'confidential'];

export function issueRoutes(route: Route): void {
  route('GET', ISSUES, (call) => {
    takes(call, ...FILTERS, 'with_labels_details');
    const project = projectOf(call);
    const details = one(call.query, 'with_labels_details') === 'true';
    const rows = filterIssues(call.world, project, call.user, call.query);
    return list(call, rows, (issue) => showIssue(call.world, project, issue, details));
  });
  route('GET', ISSUE, (call) => {
    const { project, issue } = issueOf(call);
    return ok(showIssue(call.world, project, issue));
  });
  route('POST', ISSUES, (call) => {
    takesBody(call, ...WRITABLE);
    const project = projectOf(call);
    const title = requiredText(call.body, 'title');
    const issue = createIssue(call.world, project, call.user, { ...readWish(call), title });
    return created(showIssue(call.world, project, issue));
  });
  route('PUT', ISSUE, (call) => {
    takesBody(call, ...WRITABLE, 'add_labels', 'remove_labels', 'state_event');
    const { project, issue } = issueOf(call);
    const wish = readWish(call);
    if (call.body.size === 0)
      throw badRequest(
        `${[...WRITABLE, 'state_event'].join(', ')} are missing, at least one parameter must be provided`,
      );
    updateIssue(call.world, project, issue, call.user, wish);
    return ok(showIssue(call.world, project, issue));
  });
}

function readWish({ body }: Call): IssueWish {
  const title = text(body, 'title');
  const description = body.get('description') === null ? null : text(body, 'description');
  const assigneeIds = ids(body, 'assignee_ids');
  const confidential = flag(body, 'confidential');
  const labels = readLabels(
    texts(body, 'labels'),
    texts(body, 'add_labels'),
    texts(body, 'remove_labels'),
  );
  const event = text(body, 'state_event');
  if (event !== undefined && event !== 'close' && event !== 'reopen') {
    throw badRequest('state_event does not have a valid value');
  }
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(assigneeIds === undefined ? {} : { assigneeIds }),
    ...(confidential === undefined ? {} : { confidential }),
    ...(labels === null ? {} : { labels }),
    ...(event === undefined ? {} : { stateEvent: event }),
  };
}

function readLabels(
  set: readonly string[] | undefined,
  add: readonly string[] | undefined,
  remove: readonly string[] | undefined,
): LabelWish | null {
  if (set === undefined && add === undefined && remove === undefined) return null;
  return {
    ...(set === undefined ? {} : { set }),
    ...(add === undefined ? {} : { add }),
    ...(remove === undefined ? {} : { remove }),
  };
}
