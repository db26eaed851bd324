/** Who is believed: signatures of GitLab 19.0 and later, secret tokens before, both while rotating. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCredentials, sign } from '../../src/webhook/authenticate.ts';
import {
  delivery,
  givenServer,
  issueHook,
  now,
  olderSecretToken,
  olderSigningToken,
  secretToken,
  signed,
  signingToken,
} from './given.ts';

const body = issueHook();

async function statusOf(
  headers: Record<string, string | string[]>,
  options: Parameters<typeof givenServer>[0] = {},
  payload: unknown = body,
): Promise<{ status: number; log: string }> {
  const { app, lines } = givenServer(options);
  const request = delivery(payload);
  const { 'x-gitlab-token': _, ...without } = request.headers;
  const answer = await app.inject({ ...request, headers: { ...without, ...headers } });
  return { status: answer.statusCode, log: lines.join('') };
}

describe('a signed delivery', () => {
  it('agrees with the published Standard Webhooks test vector', () => {
    const vector = {
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: '1614265330',
      body: Buffer.from('{"test": 2432232314}'),
      signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    expect(`v1,${sign(vector.secret, vector.id, vector.timestamp, vector.body)}`).toBe(
      vector.signature,
    );
    const credentials = readCredentials(
      {
        'webhook-id': vector.id,
        'webhook-timestamp': vector.timestamp,
        'webhook-signature': vector.signature,
      },
      { signing: [vector.secret], tokens: [] },
      1_614_265_330_000,
    );
    expect(credentials.kind === 'signed' && credentials.verify(vector.body)).toBe(true);
  });

  it('is accepted with the current and with the older token while rotating', async () => {
    expect((await statusOf(signed(body))).status).toBe(202);
    expect((await statusOf(signed(body, { token: olderSigningToken }))).status).toBe(202);
  });

  it('is accepted when one of several signatures matches, whatever the others are', async () => {
    const good = signed(body);
    const entries = ['v1a,AAAA', 'v1,AAAA', 'nonsense', good['webhook-signature']].join(' ');
    expect((await statusOf({ ...good, 'webhook-signature': entries })).status).toBe(202);
  });

  it('needs no X-Gitlab-Token, and a wrong one beside it does not matter', async () => {
    const headers = { ...signed(body), 'x-gitlab-token': 'wrong' };
    expect((await statusOf(headers)).status).toBe(202);
  });

  it.each([
    [
      'with a foreign key',
      signed(body, { token: `whsec_${Buffer.alloc(32, 9).toString('base64')}` }),
    ],
    ['over another body', signed(issueHook({ iid: 8 }))],
    ['under another id', { ...signed(body), 'webhook-id': 'msg_2' }],
    ['of another version only', signed(body, { version: 'v1a' })],
    ['with an empty signature', { ...signed(body), 'webhook-signature': '' }],
    ['without a version', { ...signed(body), 'webhook-signature': 'g0hM9SsE+OTPJTGt' }],
    ['without an id', { ...signed(body), 'webhook-id': '' }],
    ['with a time in words', { ...signed(body), 'webhook-timestamp': 'yesterday' }],
    ['with a huge time', { ...signed(body), 'webhook-timestamp': '9'.repeat(400) }],
    ['with a negative time', { ...signed(body), 'webhook-timestamp': '-5' }],
  ])('%s is refused even when X-Gitlab-Token is right', async (_, headers) => {
    const { status, log } = await statusOf({ ...headers, 'x-gitlab-token': secretToken });
    expect(status).toBe(401);
    expect(log).toMatch(/"reason":"[^"]+"/);
  });

  it.each([
    [-300, 202],
    [300, 202],
    [-301, 401],
    [301, 401],
    [86_400, 401],
  ])('dated %i seconds from now is answered %i', async (seconds, status) => {
    const headers = signed(body, { at: now + seconds * 1000 });
    expect((await statusOf(headers)).status).toBe(status);
  });

  it('that is too old says so in the log, because a person may have resent it', async () => {
    const { log } = await statusOf(signed(body, { at: now - 3_600_000 }));
    expect(log).toContain('60 minutes old');
  });

  it('is refused when the bot knows no signing token, and the log names the variable', async () => {
    const hookSecrets = { signing: [], tokens: [secretToken] };
    const headers = { ...signed(body), 'x-gitlab-token': secretToken };
    const { status, log } = await statusOf(headers, { hookSecrets });
    expect(status).toBe(401);
    expect(log).toContain('WEBHOOK_SIGNING_TOKEN');
  });

  it('is judged on the raw bytes, not on what they mean as JSON', async () => {
    const spaced = Buffer.from(JSON.stringify(body, null, 1));
    expect((await statusOf(signed(spaced), {}, spaced)).status).toBe(202);
    expect((await statusOf(signed(body), {}, spaced)).status).toBe(401);
  });

  it('may be the same one twice: both are queued, which is harmless', async () => {
    const { app, queued } = givenServer();
    const request = delivery(body, 'Issue Hook', signed(body));
    await app.inject(request);
    await app.inject(request);
    expect(queued).toEqual([
      { projectId: 5, issueIid: 7 },
      { projectId: 5, issueIid: 7 },
    ]);
  });
});

describe('a delivery without a signature', () => {
  it.each([
    ['the secret', secretToken, 202],
    ['the older secret', olderSecretToken, 202],
    ['nothing', '', 401],
    ['too little of the secret', secretToken.slice(0, -1), 401],
    ['more than the secret', `${secretToken}2`, 401],
    ['the signing token', signingToken, 401],
  ])('and %s as X-Gitlab-Token is answered as it should be', async (_, token, status) => {
    expect((await statusOf({ 'x-gitlab-token': token })).status).toBe(status);
  });

  it('and without a token is refused', async () => {
    const { status, log } = await statusOf({});
    expect(status).toBe(401);
    expect(log).toContain('neither a signature nor X-Gitlab-Token');
  });

  it('is refused when only a signing token is configured', async () => {
    const hookSecrets = { signing: [signingToken], tokens: [] };
    const { status, log } = await statusOf({ 'x-gitlab-token': secretToken }, { hookSecrets });
    expect(status).toBe(401);
    expect(log).toContain('WEBHOOK_SECRET_TOKEN');
  });

  it('is refused when nothing at all is configured, even with an empty token', async () => {
    const hookSecrets = { signing: [], tokens: [] };
    expect((await statusOf({ 'x-gitlab-token': '' }, { hookSecrets })).status).toBe(401);
  });

  it('cannot name two tokens at once', async () => {
    const headers = { 'x-gitlab-token': ['wrong', secretToken] };
    expect((await statusOf(headers)).status).toBe(401);
  });

  it('may carry a token with letters outside ASCII, as UTF-8 bytes', () => {
    const asNodeReadsIt = Buffer.from('pässwort-ß').toString('latin1');
    const read = readCredentials(
      { 'x-gitlab-token': asNodeReadsIt },
      { signing: [], tokens: ['pässwort-ß'] },
      now,
    );
    expect(read).toEqual({ kind: 'token' });
  });
});

it('tells a stranger nothing about why it was refused', async () => {
  const { app } = givenServer();
  const answers = await Promise.all(
    [{}, { 'x-gitlab-token': 'wrong' }, signed(body, { at: 0 })].map((headers) =>
      app.inject({ method: 'POST', url: '/webhooks/gitlab', payload: '{}', headers }),
    ),
  );
  expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401, 401]);
  expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
});

describe('the comparison of secrets', () => {
  // That it takes the same time for a near miss as for a far one cannot be shown by behaviour: hashing
  // and the network drown the difference. So the source is held to it: nothing that a sender wrote is
  // compared in any way but `same`, and `same` compares hashes with Node's timingSafeEqual.
  const source = readFileSync(
    new URL('../../src/webhook/authenticate.ts', import.meta.url),
    'utf8',
  );
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

  it('takes the same time whatever is given', () => {
    expect(code).toMatch(
      /function same\(a: Uint8Array, b: Uint8Array\): boolean \{\s*return timingSafeEqual\(sha256\(a\), sha256\(b\)\);\s*\}/,
    );
    expect(code).toMatch(/import \{[^}]*\btimingSafeEqual\b[^}]*\} from 'node:crypto'/);
  });

  it('is the only one that secrets go through', () => {
    expect(code.match(/\bsame\(Buffer\.from\(/g)).toHaveLength(2);
    // Of all other comparisons one side is a constant, or the age of the time stamp.
    const others = [
      ...code.matchAll(/^.*(?:===|!==|==|!=|\.equals\(|\.compare\(|localeCompare|indexOf\().*$/gm),
    ];
    const allowed = /=== undefined|!== undefined|\.length === 0/;
    expect(others.map(([line]) => line.trim()).filter((line) => !allowed.test(line))).toEqual([]);
    // `includes` looks at booleans only: which of the tokens matched.
    expect(code.match(/\w+\.includes\([^)]*\)/g)).toEqual(Array(2).fill('matches.includes(true)'));
  });
});
