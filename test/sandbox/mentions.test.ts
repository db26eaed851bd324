/** Who is told: mentions in notes and descriptions, mail to customers. */
import { expect, test } from 'vitest';
import { readMentions } from '../../src/sandbox/mentions.ts';
import { openSandbox } from './tester.ts';

test.each([
  ['ordinary text', 'ask @em-emea, please', ['em-emea']],
  ['a quote', '> said @em-emea.', ['em-emea']],
  ['a table cell', '| a |\n|---|\n| @em-emea |', ['em-emea']],
  ['an HTML block', '<details>\n@em-emea\n</details>', ['em-emea']],
  ['a code span', '`@em-emea`', []],
  ['a fence', '```\n@em-emea\n```', []],
  ['an HTML comment', '<!-- @em-emea -->', []],
  ['a mail address', 'write to em@emea.example', []],
  ['a broken name', '@\u200Bem-emea', []],
])('in %s', (_where, text, expected) => {
  expect(readMentions(text)).toEqual(expected);
});

test('an edit tells only the people who are new in it', async () => {
  const sandbox = await openSandbox();
  const sa = sandbox.as('sa-one');
  const issue = sa.createIssue('acme/ps/scoping', { title: 'X' });
  const note = sa.comment(issue, 'Hello @em-emea');
  if (note === null) throw new Error('the comment was not kept');
  sa.editNote(issue, note, 'Hello @em-emea and @em-east, @sa-one, @outsider');
  expect(sandbox.world.notifications.map((each) => each.username)).toEqual(['em-emea', 'em-east']);
  expect(note.mentions).toEqual(['em-emea', 'em-east', 'sa-one', 'outsider']);
});

test('everybody who may read is told by @all, and a guest never of an internal note', async () => {
  const sandbox = await openSandbox();
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  sandbox.as('sa-one').comment(issue, '@all', { internal: true });
  const told = sandbox.world.notifications.map((each) => each.username);
  expect(told).toContain('em-emea');
  expect(told).not.toContain('guest-one');
  expect(told).not.toContain('sa-one');
});

test('on a Service Desk issue every visible note is a mail to the customer', async () => {
  const sandbox = await openSandbox();
  const sa = sandbox.as('sa-one');
  const issue = sa.createIssue('acme/ps/scoping', {
    title: 'X',
    serviceDeskReplyTo: 'c@customer.example',
  });
  sa.comment(issue, 'Between us', { internal: true });
  const note = sa.comment(issue, 'Dear customer');
  expect(sandbox.world.customerMails).toEqual([{ issueId: issue.id, noteId: note?.id }]);
});
