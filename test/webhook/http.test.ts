/** The server over real sockets: sizes, content types, broken-off and malformed requests. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { delivery, givenServer, issueHook, secretToken, signed } from './given.ts';

const largest = 25 * 1024 * 1024;
const open: FastifyInstance[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()));
});

async function listen(options: Parameters<typeof givenServer>[0] = {}) {
  const given = givenServer(options);
  await given.app.listen({ host: '127.0.0.1', port: 0 });
  open.push(given.app);
  const { port } = given.app.server.address() as AddressInfo;
  return { ...given, port, url: `http://127.0.0.1:${port}/webhooks/gitlab` };
}

function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const { payload, headers: usual } = delivery(body);
  return fetch(url, { method: 'POST', body: payload, headers: { ...usual, ...headers } });
}

/** A hook of exactly so many bytes. */
function hookOf(bytes: number): Buffer {
  const around = Buffer.byteLength(JSON.stringify(issueHook({ description: '' })));
  return Buffer.from(JSON.stringify(issueHook({ description: 'x'.repeat(bytes - around) })));
}

describe('the size of a delivery', () => {
  it('may be 25 MB exactly', async () => {
    const { url, queued } = await listen();
    const body = hookOf(largest);
    expect(body.byteLength).toBe(largest);
    const answer = await post(url, body, signed(body));
    expect(answer.status).toBe(202);
    expect(queued).toEqual([{ projectId: 5, issueIid: 7 }]);
  });

  it('may not be one byte more', async () => {
    const { url, queued, metrics } = await listen();
    const answer = await post(url, hookOf(largest + 1));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ error: expect.any(String) });
    expect(queued).toEqual([]);
    expect(await metrics.text()).toContain('scoping_bot_hooks_total{outcome="too_large"} 1');
  });

  it('counts when no length was announced, too', async () => {
    const { url } = await listen();
    const request = httpRequest(url, {
      method: 'POST',
      headers: { 'x-gitlab-token': secretToken, 'transfer-encoding': 'chunked' },
    });
    request.on('error', () => undefined);
    const answered = once(request, 'response');
    const piece = Buffer.alloc(1024 * 1024, 'x');
    for (let sent = 0; sent <= 26; sent += 1) request.write(piece);
    const [response] = await answered;
    expect(response.statusCode).toBe(413);
    request.destroy();
  });

  it('is never waited for when the headers alone are refused', async () => {
    const { url } = await listen();
    const request = httpRequest(url, {
      method: 'POST',
      headers: { 'x-gitlab-token': 'wrong', 'content-length': String(largest) },
    });
    request.on('error', () => undefined);
    const answered = once(request, 'response');
    request.write('{');
    const [response] = await answered;
    expect(response.statusCode).toBe(401);
    request.destroy();
  });
});

describe('the content type', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'nonsense',
    'a/b/c; ===',
  ])('%j makes no difference', async (type) => {
    const { app } = givenServer();
    const answer = await app.inject(delivery(issueHook(), 'Issue Hook', { 'content-type': type }));
    expect(answer.statusCode).toBe(202);
  });

  it('may be missing', async () => {
    const { app } = givenServer();
    const request = delivery(issueHook());
    const { 'content-type': _, ...headers } = request.headers;
    expect((await app.inject({ ...request, headers })).statusCode).toBe(202);
  });

  it('aside, a body that GitLab would not send packed is not unpacked', async () => {
    const { url } = await listen();
    const packed = gzipSync(JSON.stringify(issueHook()));
    expect((await post(url, packed, { 'content-encoding': 'gzip' })).status).toBe(400);
  });
});

describe('a request that is not as it should be', () => {
  it('without any body is answered 400', async () => {
    const { port } = await listen();
    const answer = await speak(
      port,
      `POST /webhooks/gitlab HTTP/1.1\r\nHost: x\r\nX-Gitlab-Token: ${secretToken}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each([
    [
      'a wrong content length',
      'POST /webhooks/gitlab HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n',
      400,
    ],
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['an endless header', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`, 431],
    ['a malformed path', 'GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
    ['an unknown path', 'GET /admin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404],
    [
      'an unknown path with a body',
      'POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
      404,
    ],
    [
      'the wrong method',
      'GET /webhooks/gitlab HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      405,
    ],
  ])('(%s) is answered with a 4xx', async (_, text, status) => {
    const { port } = await listen();
    expect(await speak(port, text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('broken off in the middle leaves nothing queued, and the next one is served', async () => {
    const { url, port, queued, metrics } = await listen();
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /webhooks/gitlab HTTP/1.1\r\nHost: x\r\nX-Gitlab-Token: ${secretToken}\r\nContent-Length: 500\r\n\r\n{"obj`,
    );
    await once(socket, 'connect');
    socket.resetAndDestroy();
    await vi.waitFor(async () => {
      expect(await metrics.text()).toContain('scoping_bot_hooks_total{outcome="malformed"} 1');
    });
    expect((await post(url, issueHook())).status).toBe(202);
    expect(queued).toHaveLength(1);
  });
});

it('gives no hint of what it is made of', async () => {
  const { url } = await listen();
  const answer = await post(url, issueHook());
  expect(answer.headers.get('x-powered-by')).toBeNull();
  expect(answer.headers.get('server')).toBeNull();
  expect(await answer.text()).toBe('');
});

it('finishes the delivery that it is working on before it closes', async () => {
  let reached = () => {};
  let letGo = () => {};
  const working = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { app, url } = await listen({
    enqueue: () => {
      reached();
      return held;
    },
  });
  const answer = post(url, issueHook());
  await working;
  const closed = app.close();
  letGo();
  expect((await answer).status).toBe(202);
  await closed;
});

/** Sends text as it is and returns what came back until the server closed the connection. */
async function speak(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (data) => received.push(data));
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(received).toString('latin1');
}
