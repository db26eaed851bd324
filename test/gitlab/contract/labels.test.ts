/** How labels and their history behave. */
import { expect, test } from 'vitest';
import { checkAnswer } from '../../sandbox/answer-schemas.ts';
import { openContract } from './harness.ts';

const gitlab = openContract();

test('a label is made once; the second time is 409', async () => {
  const name = `contract::${Date.now()}`;
  const wanted = { name, color: '#123abc', description: 'made by the contract suite' };
  const first = await gitlab.send('POST', `${gitlab.project}/labels`, wanted);
  expect(first.status).toBe(201);
  expect(checkAnswer('labels/project_label', first.body)).toEqual([]);
  const again = await gitlab.send('POST', `${gitlab.project}/labels`, wanted);
  expect(again.status).toBe(409);
  const found = await gitlab.send('GET', `${gitlab.project}/labels?search=${name}&per_page=100`);
  expect((found.body as { name: string }[]).map((label) => label.name)).toContain(name);
});

test('a label whose colour is none is refused with 400', async () => {
  const answer = await gitlab.send('POST', `${gitlab.project}/labels`, {
    name: 'x',
    color: 'no #',
  });
  expect(answer.status).toBe(400);
});

test('label events tell who put on and took off which label, oldest first', async () => {
  const me = (await gitlab.send('GET', '/user')).body as { id: number };
  const { path } = await gitlab.openIssue({ labels: ['contract:one'] });
  await gitlab.send('PUT', path, { add_labels: ['contract:two'], remove_labels: ['contract:one'] });
  const { body } = await gitlab.send('GET', `${path}/resource_label_events?per_page=100`);
  const events = (body as { user: { id: number }; action: string; label: { name: string } }[]).map(
    (event) => `${event.action} ${event.label.name}${event.user.id === me.id ? '' : ' by another'}`,
  );
  expect(events[0]).toBe('add contract:one');
  expect(events.slice(1).sort()).toEqual(['add contract:two', 'remove contract:one']);
});
