/** More than there is memory for: turned away in time, told once, and served again afterwards. */
import { type ClientRequest, request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { chooseLimits } from '../../src/webhook/load.ts';
import { runTs, type TsProcess } from '../support/run-ts.ts';
import { delivery, givenServer, issueHook, secretToken } from './given.ts';

const megabyte = 1024 * 1024;
const largest = 25 * megabyte;
const many = 24;
/** What the process may take (MB) on top of what it had: ten of the largest, where 24 would be 600. */
const mostMore = 250;

type Answer = { readonly status: number | 'cut'; readonly retryAfter?: string };

/** A hook of 25 MB; `filling` is repeated inside a text. */
function hookFilledWith(filling: string): Buffer {
  const [before = '', after = ''] = JSON.stringify(issueHook({ description: '@' })).split('@');
  const room = largest - before.length - after.length;
  const times = Math.floor(room / Buffer.byteLength(filling));
  return Buffer.from(`${before}${filling.repeat(times)}${after}`);
}

describe('a process with 64 MB of heap', () => {
  let child: TsProcess;
  let port: number;
  let before: number;
  let fits: number;

  beforeEach(async () => {
    child = runTs(new URL('./intake-child.ts', import.meta.url), {
      env: { NODE_OPTIONS: '--max-old-space-size=64' },
    });
    await child.prints('}\n');
    const started = JSON.parse(child.output().split('\n')[0] ?? '');
    ({ port, before } = started);
    fits = Math.floor(started.largeBytes / (largest + 16 * 1024));
  });

  afterEach(async () => {
    await child.kill('SIGKILL');
  });

  it('turns away by the announced length alone those that it has no room for', async () => {
    const body = hookFilledWith('x');
    const requests = Array.from({ length: many }, () => begin(body.byteLength, true));
    const answers = requests.map(({ answer }) => answer);
    for (const { request } of requests) request.flushHeaders();
    const shed = await firstAnswers(answers, many - fits);
    expect(shed).toEqual(shed.map(() => ({ status: 503, retryAfter: '30' })));
    for (const { request } of requests) request.end(body);
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(fits);

    expect(await send(body)).toBe(202);
    expect(await metricsText()).toContain(`{outcome="shed"} ${many - fits}\n`);
    const { peak, told } = await end();
    expect(told).toBe(1);
    report(`${many} bodies of 25 MB, length announced, ${fits} of them served`, peak);
    expect(peak - before).toBeLessThan(mostMore);
  });

  it('counts bodies of no announced length by what has come, and cuts off what it has no room for', async () => {
    const body = hookFilledWith('x');
    const requests = Array.from({ length: many }, () => begin(body.byteLength, false));
    const answers = requests.map(({ answer }) => answer);
    for (const { request } of requests) request.write(body.subarray(0, -1));
    // All but the last byte of each is there: those without room are told before they are whole.
    const shed = await firstAnswers(answers, many - fits);
    for (const { request } of requests) request.end(body.subarray(-1));
    // Who is told while still sending may see a broken connection instead of the answer.
    expect(shed.every(({ status }) => status === 503 || status === 'cut')).toBe(true);
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    const served = statuses.filter((status) => status === 202).length;
    expect(served).toBeGreaterThan(0);
    expect(served).toBeLessThanOrEqual(fits);

    expect(await send(body)).toBe(202);
    expect(await metricsText()).toContain(`{outcome="shed"} ${many - served}\n`);
    const { peak, told } = await end();
    expect(told).toBe(1);
    report(`${many} bodies of 25 MB, no length announced, ${served} of them served`, peak);
    expect(peak - before).toBeLessThan(mostMore);
  });

  it('reads 25 MB of anything without running out', async () => {
    const bodies: readonly (readonly [string, Buffer, number])[] = [
      ['plain letters', hookFilledWith('x'), 202],
      ['letters of two bytes each in memory', hookFilledWith('ж'), 202],
      ['an emoji among plain letters', hookFilledWith(`${'x'.repeat(1000)}😀`), 202],
      ['escapes', hookFilledWith('\\"\\\\\\u0000'), 202],
      ['empty objects', Buffer.from(`[${'{},'.repeat(largest / 3 - 2)}{}]`), 400],
      ['empty texts', Buffer.from(`[${'"",'.repeat(largest / 3 - 2)}""]`), 400],
      ['opening brackets', Buffer.alloc(largest, '['), 400],
      ['quotes', Buffer.alloc(largest, '"'), 400],
      ['backslashes in a text', Buffer.from(`"${'\\'.repeat(largest - 2)}"`), 400],
    ];
    for (const [name, body, status] of bodies) {
      for (let turn = 0; turn < 3; turn += 1)
        expect([name, await send(body)]).toEqual([name, status]);
    }
    expect(await send(Buffer.from(JSON.stringify(issueHook())))).toBe(202);
    const { peak } = await end();
    report(`${bodies.length} kinds of 25 MB, one after the other`, peak);
    expect(peak - before).toBeLessThan(mostMore);
  });

  function begin(length: number, announced: boolean) {
    const request = httpRequest({
      port,
      method: 'POST',
      path: '/webhooks/gitlab',
      agent: false,
      headers: {
        ...delivery('').headers,
        ...(announced ? { 'content-length': length } : { 'transfer-encoding': 'chunked' }),
      },
    });
    return { request, answer: answerOf(request) };
  }

  async function metricsText(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  }

  async function send(body: Buffer): Promise<number | 'cut'> {
    const { request, answer } = begin(body.byteLength, true);
    request.end(body);
    return (await answer).status;
  }

  async function end(): Promise<{ peak: number; told: number }> {
    child.child.kill('SIGTERM');
    expect(await child.exited).toBe(0);
    return JSON.parse(child.output().trim().split('\n').at(-1) ?? '');
  }

  function report(what: string, peak: number): void {
    process.stdout.write(`memory: ${what}: ${before} MB before, ${peak} MB at most\n`);
  }
});

describe('the queue', () => {
  it('is not handed more than it answers for; the rest is told at once, without being read', async () => {
    const letGo: (() => void)[] = [];
    const enqueue = () => new Promise<void>((resolve) => letGo.push(resolve));
    const lines: string[] = [];
    let at = 0;
    const { app, metrics } = givenServer({
      enqueue,
      now: () => at,
      log: createLog('trace', { write: (line) => lines.push(line) }),
      limits: { heldBytes: largest, largeBytes: largest, waiting: 2 },
      patienceMs: 50,
    });
    const send = async () => (await app.inject(delivery(issueHook()))).statusCode;
    const told = () => lines.filter((line) => line.includes('too much at once'));

    // Their senders stop waiting, but the queue still has them.
    expect(await Promise.all([send(), send()])).toEqual([503, 503]);
    expect(letGo).toHaveLength(2);
    expect(await Promise.all([send(), send(), send()])).toEqual([503, 503, 503]);
    expect(letGo).toHaveLength(2);
    expect(told()).toHaveLength(1);
    at += 10_000;
    expect(await send()).toBe(503);
    expect(told()).toHaveLength(2);
    expect(told()[1]).toContain('"shed":3');
    expect(await metrics.text()).toContain('scoping_bot_hooks_total{outcome="shed"} 4');

    for (const release of letGo.splice(0)) release();
    const served = send();
    await expect.poll(() => letGo.length).toBe(1);
    letGo[0]?.();
    expect(await served).toBe(202);
  });

  it('is not asked about a request that is not authentic, however full it is', async () => {
    const { app } = givenServer({ limits: { heldBytes: 0, largeBytes: 0, waiting: 0 } });
    const request = delivery(issueHook(), 'Issue Hook', { 'x-gitlab-token': 'wrong' });
    expect((await app.inject(request)).statusCode).toBe(401);
    expect((await app.inject(delivery(issueHook()))).statusCode).toBe(503);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });
});

it('gives the room back when a sender breaks off', async () => {
  const heldBytes = largest + 16 * 1024;
  const limits = { heldBytes, largeBytes: heldBytes, waiting: 9 };
  const { app, queued } = givenServer({ limits });
  const url = new URL('/webhooks/gitlab', await app.listen({ host: '127.0.0.1', port: 0 }));
  const headers = { 'x-gitlab-token': secretToken, 'content-length': largest };
  const post = () =>
    fetch(url, {
      method: 'POST',
      body: JSON.stringify(issueHook()),
      headers: { 'x-gitlab-token': secretToken },
    }).then(({ status }) => status);

  const greedy = httpRequest(url, { method: 'POST', headers, agent: false });
  greedy.on('error', () => undefined);
  greedy.write('{');
  await expect.poll(post).toBe(503);
  greedy.destroy();
  await expect.poll(post).toBe(202);
  expect(queued.length).toBeGreaterThan(0);
  await app.close();
});

it('a small heap still has room for the largest hook, a large one for no more than 256 MB', () => {
  expect(chooseLimits(largest, 10 * megabyte).heldBytes).toBeGreaterThan(largest);
  expect(chooseLimits(largest, 200 * megabyte).heldBytes).toBe(100 * megabyte);
  expect(chooseLimits(largest, 8192 * megabyte).heldBytes).toBe(256 * megabyte);
});

function answerOf(request: ClientRequest): Promise<Answer> {
  return new Promise((resolve) => {
    request.on('error', () => resolve({ status: 'cut' }));
    request.once('response', (response) => {
      response.resume();
      const retryAfter = response.headers['retry-after'];
      resolve({
        status: response.statusCode ?? 0,
        ...(retryAfter !== undefined && { retryAfter }),
      });
    });
  });
}

/** The first `count` that are there, in whatever order. */
function firstAnswers(
  answers: readonly Promise<Answer>[],
  count: number,
): Promise<readonly Answer[]> {
  const there: Answer[] = [];
  return new Promise((resolve) => {
    for (const answer of answers) {
      void answer.then((one) => {
        if (there.push(one) === count) resolve(there);
      });
    }
  });
}
