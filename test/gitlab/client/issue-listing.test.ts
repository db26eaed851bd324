/** The sweep's lists miss nothing while the issues in them move. */
import { expect, test } from 'vitest';
import type { ListedIssue } from '../../../src/gitlab/issue-listing.ts';
import type { Asked, Behaviour } from './scripted-server.ts';
import { issueJson, linkTo, startWorld } from './world.ts';

/** Answers like GitLab's list, `size` issues a page; `rows` may change between requests. */
function list(rows: { iid: number; at: string }[], size: number) {
  return (asked: Asked): Behaviour => {
    const after = asked.query.get('updated_after');
    const page = Number(asked.query.get('page') ?? 1);
    const matching = rows
      .filter((row) => after === null || row.at >= after)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.iid - b.iid));
    const items = matching.slice((page - 1) * size, page * size);
    const more = page * size < matching.length;
    const json = items.map(({ iid, at }) => issueJson({ iid, updated_at: at }));
    return { json, headers: more ? linkTo(asked, page + 1) : {} };
  };
}

function at(second: number): string {
  return new Date(Date.UTC(2026, 4, 1, 8, 0, second)).toISOString();
}

async function gather(listing: AsyncIterable<ListedIssue>): Promise<number[]> {
  const iids: number[] = [];
  for await (const issue of listing) iids.push(issue.ref.issueIid);
  return iids;
}

test('issues are listed by their last change, oldest first, from the given moment on', async () => {
  const rows = [1, 2, 3, 4, 5].map((iid) => ({ iid, at: at(10 - iid) }));
  const world = await startWorld(list(rows, 2));
  expect(await gather(world.issues.listUpdatedIssues(4, at(6), 'opened'))).toEqual([4, 3, 2, 1]);
  expect(Object.fromEntries(world.server.asked[0]?.query ?? [])).toEqual({
    per_page: '100',
    order_by: 'updated_at',
    sort: 'asc',
    state: 'opened',
    updated_after: at(6),
  });
});

test('an issue that is updated during the listing pulls no other one out of it', async () => {
  const rows = [1, 2, 3, 4, 5, 6].map((iid) => ({ iid, at: at(iid) }));
  const answer = list(rows, 2);
  let requests = 0;
  const world = await startWorld((asked) => {
    const reply = answer(asked);
    requests += 1;
    const first = rows[0];
    if (requests === 1 && first) first.at = at(30);
    return reply;
  });
  expect(await gather(world.issues.listUpdatedIssues(4, null, 'opened'))).toEqual([
    1, 2, 3, 4, 5, 6,
  ]);
});

test('many issues changed in the same moment are all listed, each once', async () => {
  const rows = Array.from({ length: 9 }, (_, index) => ({ iid: index + 1, at: at(5) }));
  rows.push({ iid: 10, at: at(6) });
  const world = await startWorld(list(rows, 2));
  const found = await gather(world.issues.listUpdatedIssues(4, null, 'all'));
  expect(found).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a project path is one segment of the address', async () => {
  const world = await startWorld(list([{ iid: 1, at: at(1) }], 2));
  for await (const issue of world.issues.listUpdatedIssues('acme/ps/scoping', null, 'opened')) {
    expect(issue).toEqual({
      ref: { projectId: 4, issueIid: 1 },
      title: 'Acme - Scope Issue and Write SOW',
      description: 'text',
      labels: ['stage::proposal'],
      updatedAt: at(1),
    });
  }
  expect(world.server.asked[0]?.path).toBe('/api/v4/projects/acme%2Fps%2Fscoping/issues');
});

test("the projects of the token's user come from all pages", async () => {
  const world = await startWorld((asked) => {
    const page = Number(asked.query.get('page') ?? 1);
    const json = [{ id: page, path_with_namespace: `acme/p${page}` }];
    return {
      json,
      headers: page < 3 ? { 'x-next-page': String(page + 1) } : { 'x-next-page': '' },
    };
  });
  const paths: string[] = [];
  for await (const project of world.issues.listMemberProjects()) {
    paths.push(project.path_with_namespace);
  }
  expect(paths).toEqual(['acme/p1', 'acme/p2', 'acme/p3']);
  expect(world.server.asked[0]?.query.get('membership')).toBe('true');
});
