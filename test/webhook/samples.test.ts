/** Every recorded delivery, with the header that its README names for it. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { delivery, givenServer } from './given.ts';

const folder = new URL('../samples/', import.meta.url);
const readme = readFileSync(new URL('README.md', folder), 'utf8');
const headers = new Map(
  [...readme.matchAll(/^\| `([^`]+\.json)` \|.*\| ([^|]+) \|$/gm)].map(([, file, header]) => [
    file,
    header,
  ]),
);

/** What each is about; null: authentic, but not for us. */
const expected = new Map<string, { projectId: number; issueIid: number } | null>([
  ['access-token-expiring-project.go-gitlab.json', null],
  ['issue-close.2017.go-scm.json', { projectId: 4861503, issueIid: 1 }],
  ['issue-confidential-update-title-description.2018.zulip.json', { projectId: 5, issueIid: 1 }],
  ['issue-open-all-changes.go-gitlab.json', { projectId: 1, issueIid: 23 }],
  ['issue-open-assigned.2019.mattermost.json', { projectId: 24, issueIid: 1 }],
  ['issue-open-docs-example-with-label-changes.gitlab-docs.json', { projectId: 1, issueIid: 23 }],
  ['issue-open-type-severity.gitlab4j.json', { projectId: 14, issueIid: 23 }],
  ['issue-open-with-assignees.go-playground.json', { projectId: 14, issueIid: 23 }],
  ['issue-open.2017.go-scm.json', { projectId: 4861503, issueIid: 1 }],
  ['issue-update-labels.2017.go-scm.json', { projectId: 4861503, issueIid: 1 }],
  ['note-issue-create.go-gitlab.json', { projectId: 5, issueIid: 17 }],
  ['note-issue-discussionnote.gitlab4j.json', { projectId: 5, issueIid: 17 }],
  ['note-issue.2017.go-scm.json', { projectId: 4861503, issueIid: 1 }],
  ['note-issue.2019.mattermost.json', { projectId: 24, issueIid: 1 }],
  ['note-issue.go-playground.json', { projectId: 5, issueIid: 17 }],
  ['work_item-task-open.2026-05.zulip.json', null],
]);

describe('recorded deliveries', () => {
  it('are all listed, here and in their README', () => {
    const files = readdirSync(new URL('webhooks/', folder)).sort();
    expect([...expected.keys()].sort()).toEqual(files);
    expect([...headers.keys()].sort()).toEqual(files);
  });

  it.each([...expected])('%s becomes %o', async (file, ref) => {
    const { app, queued } = givenServer();
    const body = readFileSync(new URL(`webhooks/${file}`, folder));
    const answer = await app.inject(delivery(body, headers.get(file)));
    expect(answer.statusCode).toBe(ref ? 202 : 204);
    expect(answer.body).toBe('');
    expect(queued).toEqual(ref ? [ref] : []);
  });

  it('are understood without the event header too', async () => {
    const { app, queued } = givenServer();
    for (const file of expected.keys()) {
      const body = readFileSync(new URL(`webhooks/${file}`, folder));
      await app.inject(delivery(body, null));
    }
    expect(queued).toEqual([...expected.values()].filter((ref) => ref !== null));
  });
});
