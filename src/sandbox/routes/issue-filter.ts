/** The filters and orders of the issue list. */
import { canSeeIssue } from '../access.ts';
import { many, moment, one, type Query, word } from '../input.ts';
import { labelNames } from '../labels.ts';
import { findUser } from '../people.ts';
import type { Issue, Project, User, World } from '../world.ts';

/** Query parameters that are understood; the rest is answered with 501. */
export const FILTERS = [
  'state',
  'labels',
  'not[labels]',
  'assignee_username',
  'author_username',
  'confidential',
  'iids',
  'search',
  'in',
  'created_after',
  'updated_after',
  'updated_before',
  'order_by',
  'sort',
  'scope',
  'issue_type',
];

/** The issues that the user may see and the query asks for, in its order; ties are broken by id. */
export function filterIssues(world: World, project: Project, user: User, query: Query): Issue[] {
  const tests = [
    byState(query),
    byLabels(world, project, query),
    byPeople(world, query),
    byTime(query),
    byText(query),
  ];
  const rows = project.issues
    .filter((issue) => canSeeIssue(world, project, issue, user))
    .filter((issue) => tests.every((test) => test(issue)));
  return sortIssues(rows, query);
}

type Test = (issue: Issue) => boolean;

function byState(query: Query): Test {
  const state = word(query, 'state', ['opened', 'closed', 'all']) ?? 'all';
  const confidential = one(query, 'confidential');
  const type = one(query, 'issue_type') ?? 'issue';
  return (issue) =>
    type === 'issue' &&
    (state === 'all' || issue.state === state) &&
    (confidential === undefined || String(issue.confidential) === confidential);
}

function byLabels(world: World, project: Project, query: Query): Test {
  const wanted = many(query, 'labels') ?? [];
  const unwanted = many(query, 'not[labels]') ?? [];
  return (issue) => {
    const names = labelNames(world, project, issue);
    const fits = (name: string) => {
      if (name.toLowerCase() === 'none') return names.length === 0;
      return name.toLowerCase() === 'any' ? names.length > 0 : names.includes(name);
    };
    return wanted.every(fits) && !unwanted.some((name) => names.includes(name));
  };
}

function byPeople(world: World, query: Query): Test {
  const assignees = many(query, 'assignee_username')?.map((name) => findUser(world, name)?.id ?? 0);
  const author = one(query, 'author_username');
  const authorId = author === undefined ? null : (findUser(world, author)?.id ?? 0);
  return (issue) =>
    (assignees ?? []).every((id) => issue.assigneeIds.includes(id)) &&
    (authorId === null || issue.authorId === authorId);
}

function byTime(query: Query): Test {
  const createdAfter = moment(query, 'created_after') ?? Number.NEGATIVE_INFINITY;
  const updatedAfter = moment(query, 'updated_after') ?? Number.NEGATIVE_INFINITY;
  const updatedBefore = moment(query, 'updated_before') ?? Number.POSITIVE_INFINITY;
  return (issue) => {
    const updated = Date.parse(issue.updatedAt);
    return (
      Date.parse(issue.createdAt) >= createdAfter &&
      updated >= updatedAfter &&
      updated <= updatedBefore
    );
  };
}

function byText(query: Query): Test {
  const iids = many(query, 'iids')?.map(Number);
  const words = one(query, 'search')?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const places = many(query, 'in') ?? ['title', 'description'];
  const textOf = (issue: Issue) =>
    [
      ...(places.includes('title') ? [issue.title] : []),
      ...(places.includes('description') ? [issue.description ?? ''] : []),
    ]
      .join('\n')
      .toLowerCase();
  // Every word somewhere, as a part of a word too: what GitLab does outside of quotes.
  return (issue) =>
    (iids === undefined || iids.includes(issue.iid)) &&
    words.every((word) => textOf(issue).includes(word));
}

function sortIssues(rows: Issue[], query: Query): Issue[] {
  const by = word(query, 'order_by', ['created_at', 'updated_at', 'title']) ?? 'created_at';
  const sign = word(query, 'sort', ['asc', 'desc']) === 'asc' ? 1 : -1;
  const key = (issue: Issue) => {
    if (by === 'title') return issue.title;
    return by === 'created_at' ? issue.createdAt : issue.updatedAt;
  };
  return rows.sort((a, b) => sign * (key(a) === key(b) ? a.id - b.id : key(a) < key(b) ? -1 : 1));
}
