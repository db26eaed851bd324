/** Whatever is sent: never a 5xx, never a secret or a text of people in the log. */

import { describe, expect, it } from 'vitest';
import { fc } from '../support/property.ts';
import {
  delivery,
  givenServer,
  issueHook,
  noteHook,
  secretToken,
  signed,
  signingToken,
} from './given.ts';

const events = fc.constantFrom('Issue Hook', 'Note Hook', 'Push Hook', 'x'.repeat(200), null);

/** A real hook with one value, anywhere in it, replaced by anything. */
const damaged = fc
  .tuple(fc.constantFrom(issueHook(), noteHook()), fc.integer({ min: 1, max: 30 }), fc.jsonValue())
  .map(([hook, at, value]) => {
    let seen = -1;
    return JSON.stringify(hook, (_key, old) => {
      seen += 1;
      return seen === at ? value : old;
    });
  });

describe('any authentic delivery', () => {
  it('of random bytes is answered below 500', async () => {
    const { app } = givenServer();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), events, async (bytes, event) => {
        const { statusCode } = await app.inject(delivery(Buffer.from(bytes), event));
        expect([204, 400]).toContain(statusCode);
      }),
      { numRuns: 200 },
    );
  });

  it('of random JSON, or of a real hook with anything in it replaced, is answered below 500', async () => {
    const { app } = givenServer();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), damaged), events, async (body, event) => {
        const answer = await app.inject(delivery(body, event));
        expect([202, 204, 400]).toContain(answer.statusCode);
        expect(answer.body.length).toBeLessThan(200);
      }),
      { numRuns: 500 },
    );
  });
});

it('any headers at all are answered below 500, and never believed', async () => {
  const { app, queued } = givenServer();
  const name = fc.constantFrom(
    'webhook-id',
    'webhook-timestamp',
    'webhook-signature',
    'x-gitlab-token',
    'x-gitlab-event',
    'content-type',
    'content-encoding',
    'idempotency-key',
  );
  const value = fc.oneof(
    fc.string({ unit: 'grapheme-ascii' }),
    fc.constantFrom('v1,', 'v1,AAAA v1,', '1780315200', '__proto__', 'application/json'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value)), async (pairs) => {
      const { payload } = delivery(issueHook());
      const headers = Object.fromEntries(pairs);
      const answer = await app.inject({
        method: 'POST',
        url: '/webhooks/gitlab',
        payload,
        headers,
      });
      expect(answer.statusCode).toBe(401);
    }),
    { numRuns: 300 },
  );
  expect(queued).toEqual([]);
});

describe('the log', () => {
  const canaries = [
    'canary-title',
    'canary-description',
    'canary-note',
    'canary-person',
    'canary-path',
  ];
  const texts = {
    title: 'canary-title',
    description: 'canary-description',
    note: 'canary-note',
    url: 'https://gitlab.example/canary-path',
  };
  const people = {
    user: { id: 11, username: 'canary-person', name: 'canary-person' },
    project: { id: 5, path_with_namespace: 'acme/canary-path' },
  };

  it.each([
    ['queued', issueHook(texts, people), {}],
    ['of a note', noteHook(texts, people), { 'x-gitlab-event': 'Note Hook' }],
    ['not ours', issueHook({ ...texts, type: 'canary-title' }, people), {}],
    ['of an unknown kind', issueHook(texts, { ...people, object_kind: 'canary-title' }), {}],
    ['unreadable', issueHook({ ...texts, iid: 'canary-title' }, people), {}],
    ['not JSON', 'canary-title canary-note', {}],
    [
      'signed wrongly',
      issueHook(texts, people),
      { ...signed('other'), 'x-gitlab-token': secretToken },
    ],
    ['signed rightly', issueHook(texts, people), signed(issueHook(texts, people))],
    [
      'with odd headers',
      issueHook(texts, people),
      { 'idempotency-key': 'canary-note and more', 'x-gitlab-event': 'canary-note' },
    ],
  ])('of a delivery %s holds no text of people and no secret', async (_, body, headers) => {
    const { app, lines } = givenServer();
    await app.inject(delivery(body, 'Issue Hook', headers));
    const log = lines.join('');
    expect(log).toContain('"msg":"hook"');
    for (const canary of [...canaries, secretToken, signingToken, signingToken.slice(6)]) {
      expect(log).not.toContain(canary);
    }
  });

  it.each([
    ['a word', 'canaryword', 'Canary Hook'],
    ['a secret in the wrong field', 'canary-5Jq2x8Tn4Wv7', 'Issue Hook'],
    ['a long one', `canary${'0'.repeat(70)}`, `Canary ${'a'.repeat(50)}`],
    ['almost a UUID', '0b8a5d0e-7b43-4f0c-9d8e-000000000001canary', 'Issue Hookcanary'],
    ['two at once', '0b8a5d0e-7b43-4f0c-9d8e-000000000001, canary', 'Issue Hook, canary'],
    ['names of prototypes', 'canary__proto__', 'canary constructor'],
  ])('leaves out ids and events that GitLab does not write: %s', async (_, id, event) => {
    for (const token of [secretToken, 'wrong']) {
      const { app, lines } = givenServer();
      const headers = { 'webhook-id': id, 'idempotency-key': id, 'x-gitlab-token': token };
      await app.inject(delivery(issueHook(), event, headers));
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toMatch(/canary/i);
      expect(lines[0]).not.toContain('"delivery"');
    }
  });

  it('all deliveries of one chain are taken, although they share X-Gitlab-Event-UUID', async () => {
    const { app, queued } = givenServer();
    const chain = { 'x-gitlab-event-uuid': 'shared-by-many' };
    for (const iid of [7, 8, 7]) {
      const { statusCode } = await app.inject(delivery(issueHook({ iid }), 'Issue Hook', chain));
      expect(statusCode).toBe(202);
    }
    expect(queued.map(({ issueIid }) => issueIid)).toEqual([7, 8, 7]);
  });

  it('names the delivery by what stays the same when it is repeated', async () => {
    const { app, lines } = givenServer();
    await app.inject(
      delivery(issueHook(), 'Issue Hook', { 'x-gitlab-event-uuid': 'shared-by-many' }),
    );
    const id = '0b8a5d0e-7b43-4f0c-9d8e-000000000042';
    await app.inject(delivery(issueHook(), 'Issue Hook', signed(issueHook(), { id })));
    expect(lines[0]).toContain('0b8a5d0e-7b43-4f0c-9d8e-000000000001');
    expect(lines[1]).toContain(`"delivery":"${id}"`);
    expect(lines.join('')).not.toContain('shared-by-many');
  });
});
