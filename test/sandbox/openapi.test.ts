/** The judge of requests is itself judged. */
import { expect, test } from 'vitest';
import { checkRequest } from '../support/openapi.ts';

const ISSUES = '/api/v4/projects/acme%2Fps/issues';

test('a request that GitLab knows has no problems', () => {
  const query =
    'updated_after=2026-01-01T00:00:00Z&labels[]=a&assignee_username[]=x&state=opened&page=2';
  expect(checkRequest('GET', ISSUES, query, undefined)).toEqual([]);
  const body = { add_labels: ['a'], remove_labels: ['b'], assignee_ids: [1] };
  expect(checkRequest('PUT', `${ISSUES}/1`, '', body)).toEqual([]);
  expect(checkRequest('POST', `${ISSUES}/1/notes`, '', { body: 'x', internal: true })).toEqual([]);
});

test.each([
  ['an unknown path', 'GET', '/api/v4/nothing', '', undefined, 'no such operation'],
  ['an unknown method', 'PUT', ISSUES, '', { title: 'x' }, 'no such operation'],
  [
    'an unknown query parameter',
    'GET',
    ISSUES,
    'labelz=a',
    undefined,
    'unknown query parameter labelz',
  ],
  ['a word that is not allowed', 'GET', ISSUES, 'state=open', undefined, 'parameter state'],
  ['a number that is none', 'GET', ISSUES, 'page=two', undefined, 'parameter page'],
  ['an iid that is none', 'GET', `${ISSUES}/one`, '', undefined, 'parameter issue_iid'],
  [
    'an unknown body key',
    'PUT',
    `${ISSUES}/1`,
    '',
    { addLabels: ['a'] },
    'unknown body parameter addLabels',
  ],
  ['a list given as one text', 'PUT', `${ISSUES}/1`, '', { add_labels: 'a,b' }, '/add_labels'],
  ['ids given as texts', 'PUT', `${ISSUES}/1`, '', { assignee_ids: ['1'] }, '/assignee_ids/0'],
  ['a missing title', 'POST', ISSUES, '', { description: 'x' }, "required property 'title'"],
  ['a missing body', 'POST', `${ISSUES}/1/notes`, '', undefined, 'the body is missing'],
])('%s is a problem', (_what, method, path, query, body, expected) => {
  expect(checkRequest(method, path, query, body).join('\n')).toContain(expected);
});

test('members/all is not taken for a member called all', () => {
  const problems = checkRequest('GET', '/api/v4/projects/1/members/all', 'per_page=5', undefined);
  expect(problems).toEqual([]);
});
