/** How issues are related to each other, and found by their title. */
import { expect, test } from 'vitest';
import { checkAnswer } from '../../sandbox/answer-schemas.ts';
import { openContract } from './harness.ts';

const gitlab = openContract();

async function projectId(): Promise<number> {
  return ((await gitlab.send('GET', gitlab.project)).body as { id: number }).id;
}

test("two issues are related with 201 in the shape of GitLab's schema, and both list it", async () => {
  const [one, two] = [await gitlab.openIssue(), await gitlab.openIssue()];
  const target = { target_project_id: await projectId(), target_issue_iid: two.iid };
  const made = await gitlab.send('POST', `${one.path}/links`, target);
  expect(made.status).toBe(201);
  expect(checkAnswer('issue_link', made.body)).toEqual([]);
  expect(made.body).toMatchObject({
    source_issue: { iid: one.iid },
    target_issue: { iid: two.iid },
    link_type: 'relates_to',
  });
  for (const [here, there] of [
    [one, two],
    [two, one],
  ] as const) {
    const { status, body } = await gitlab.send('GET', `${here.path}/links`);
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { iid: there.iid, issue_link_id: expect.any(Number), link_type: 'relates_to' },
    ]);
    for (const row of body as unknown[]) expect(checkAnswer('issue', row)).toEqual([]);
  }
});

test('a relation that is there already is 409, from either end', async () => {
  const [one, two] = [await gitlab.openIssue(), await gitlab.openIssue()];
  const id = await projectId();
  const link = (path: string, iid: number) =>
    gitlab.send('POST', `${path}/links`, { target_project_id: id, target_issue_iid: iid });
  expect((await link(one.path, two.iid)).status).toBe(201);
  expect((await link(one.path, two.iid)).status).toBe(409);
  expect((await link(two.path, one.iid)).status).toBe(409);
});

test('a relation to an issue that nobody knows is 404', async () => {
  const { path } = await gitlab.openIssue();
  const target = { target_project_id: await projectId(), target_issue_iid: 99_999_999 };
  expect((await gitlab.send('POST', `${path}/links`, target)).status).toBe(404);
});

test('a search in titles finds every word in any case, and nothing that only the text says', async () => {
  const mark = `Zq${Date.now()}`;
  const { iid } = await gitlab.openIssue({ title: `Tarnfield ${mark} - Scope` });
  await gitlab.openIssue({ title: 'Another', description: `Tarnfield ${mark}` });
  const query = `state=opened&in=title&search=${encodeURIComponent(`tarnfield ${mark}`)}`;
  const { body } = await gitlab.send('GET', `${gitlab.project}/issues?${query}`);
  expect((body as { iid: number }[]).map((issue) => issue.iid)).toEqual([iid]);
});
