/** No failure carries the token, a note's words, a customer's name or what GitLab's answer said. */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { RetryableError, TerminalError } from '../../../src/gitlab/errors.ts';
import type { Behaviour } from './scripted-server.ts';
import { failureOf, REF, startWorld, TOKEN, type World } from './world.ts';

const NOTE = 'note-canary-71b2';
const CUSTOMER = 'customer-canary-55aa';
const ANSWER = 'answer-canary-90de';

const failures: readonly (readonly [string, Behaviour])[] = [
  ...[400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503].map(
    (status) =>
      [`${status} as JSON`, { status, json: { message: ANSWER, error: ANSWER } }] as const,
  ),
  ...[200, 302, 403, 404, 429, 502].map(
    (status) => [`${status} as text`, { status, text: `<html>${ANSWER}</html>` }] as const,
  ),
  ['a redirect', { status: 302, headers: { location: `http://127.0.0.1:1/${ANSWER}` } }],
  ['the wrong shape', { json: [{ [ANSWER]: ANSWER, id: ANSWER, labels: [{ [ANSWER]: 1 }] }] }],
  ['a commands-only answer', { status: 202, json: { summary: [ANSWER] } }],
  ['a broken connection', 'reset'],
  ['half an answer', 'cut'],
  ['silence', 'hang'],
];

function calls(world: World): Promise<unknown>[] {
  const change = { kind: 'issue', reach: 'visible', why: NOTE, removeLabels: [] } as const;
  const label = { name: CUSTOMER, colour: '#111111', description: NOTE };
  return [
    world.store.createNote(REF, NOTE, false),
    world.store.updateNote(REF, 3, NOTE),
    world.store.updateIssue(REF, { ...change, addLabels: [CUSTOMER] }),
    world.store.fetchIssue(REF),
    world.directory.person(4, CUSTOMER),
    world.directory.load(4, CUSTOMER),
    world.directory.ensureLabels(4, [label]),
    world.issues.fetchProject(`acme/${CUSTOMER}`),
  ];
}

test.each(failures)('%s betrays nothing', async (_name, behaviour) => {
  const world = await startWorld(() => behaviour, { timeoutMs: 60, attempts: 1 });
  const settled = await Promise.allSettled(calls(world));
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) {
    expect(error instanceof RetryableError || error instanceof TerminalError).toBe(true);
    const told = [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: 9 })];
    for (const canary of [TOKEN, NOTE, CUSTOMER, ANSWER]) expect(told.join()).not.toContain(canary);
  }
});

test('an unusable token is not repeated in the refusal', async () => {
  const world = await startWorld(() => ({ json: {} }));
  const error = await failureOf(
    Promise.resolve().then(() => world.connect({ token: `${TOKEN}\n` })),
  );
  expect(inspect(error)).not.toContain(TOKEN);
});
