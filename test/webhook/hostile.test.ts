/** The corpus of hostile hooks over real sockets: never a 5xx, never a crash, and the next honest hook is served. */
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delivery, givenServer, issueHook, noteHook, secretToken } from './given.ts';
import { hostileBodies } from './hostile-bodies.ts';

const honest = JSON.stringify(issueHook());
const length = Buffer.byteLength(honest);
const patience = 1_200;
const known = `Host: x\r\nX-Gitlab-Token: ${secretToken}\r\nX-Gitlab-Event: Issue Hook\r\n`;
const closing = `${known}Connection: close\r\n`;
const post = 'POST /webhooks/gitlab HTTP/1.1\r\n';
const chunked = `${post}${closing}Transfer-Encoding: chunked\r\n\r\n`;

let given: ReturnType<typeof givenServer>;
let app: FastifyInstance;
let port: number;

beforeAll(async () => {
  given = givenServer({ requestMs: patience });
  app = given.app;
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
});

afterAll(async () => {
  await app.close();
});

describe('a body', () => {
  it.each(hostileBodies())('($name) is answered $status', async ({ name, status, body }) => {
    const event = name.startsWith('note-') ? 'Note Hook' : 'Issue Hook';
    const seen = given.lines.length;
    expect(await send(body, event)).toBe(status);
    expect(given.lines.slice(seen).join('').length).toBeLessThan(1_000);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(await send(honest)).toBe(202);
  });

  it('corpus is whole: every status, and both kinds of hook', () => {
    const bodies = hostileBodies();
    expect(new Set(bodies.map(({ status }) => status))).toEqual(new Set([202, 204, 400]));
    expect(bodies.filter(({ name }) => name.startsWith('note-')).length).toBeGreaterThan(10);
    expect(bodies.length).toBeGreaterThan(150);
  });

  it('of a note is otherwise honest, so that the corpus tests what it says', async () => {
    expect(await send(JSON.stringify(noteHook()), 'Note Hook')).toBe(202);
  });
});

describe('a request', () => {
  const many = 'X-A: 1\r\n'.repeat(100_000);
  const whole = `${known}Content-Length: ${length}\r\n\r\n${honest}`;
  it.each<[string, string, readonly number[]]>([
    ['with 100,000 headers', `${post}${many}${whole}`, [431]],
    // Node leaves out what stands after the first 1,000, here all that matters.
    ['with 1,900 headers', `${post}${'A: 1\r\n'.repeat(1_900)}${closing}${lengthOf()}`, [400]],
    ['with a header of 100 KB', `${post}X-Gitlab-Event: ${'a'.repeat(1e5)}\r\n\r\n`, [431]],
    ['with NUL in a header', `${post}X-A: \0\r\n${whole}`, [400]],
    ['with a bare line feed in a header', `${post}X-A: 1\rX-B: 2\r\n${whole}`, [400]],
    ['with a space before the colon', `${post}X-A : 1\r\n${whole}`, [400]],
    ['with two lengths', `${post}Content-Length: 5\r\n${whole}`, [400]],
    ['with length and chunks', `${post}Transfer-Encoding: chunked\r\n${whole}`, [400]],
    ['with a negative length', `${post}${known}Content-Length: -1\r\n\r\n`, [400]],
    [
      'with a length beyond numbers',
      `${post}${known}Content-Length: ${'9'.repeat(30)}\r\n\r\n`,
      [400],
    ],
    [
      'with a length of a petabyte',
      `${post}${closing}Content-Length: 1000000000000000\r\n\r\n`,
      [413],
    ],
    [
      'to another page, with a length of a petabyte',
      `POST /x HTTP/1.1\r\n${closing}Content-Length: 1000000000000000\r\n\r\n`,
      [404, 413],
    ],
    [
      'to another page, with 100 KB',
      `POST /x HTTP/1.1\r\n${closing}Content-Length: 100000\r\n\r\n${'x'.repeat(1e5)}`,
      [404, 413],
    ],
    ['with a length too small', `${post}${closing}Content-Length: 5\r\n\r\n${honest}`, [400]],
    ['with chunks of garbage', `${chunked}zz\r\n${honest}\r\n0\r\n\r\n`, [400]],
    ['with a chunk of a petabyte', `${chunked}38d7ea4c68000\r\n{`, [408]],
    ['with a chunk length beyond numbers', `${chunked}${'f'.repeat(40)}\r\n{`, [400]],
    [
      'with chunks and trailers',
      `${chunked}${length.toString(16)}\r\n${honest}\r\n0\r\nX-A: 1\r\n\r\n`,
      [202],
    ],
    [
      'with an unknown transfer encoding',
      `${post}${closing}Transfer-Encoding: nonsense\r\n\r\n${honest}`,
      [400, 501],
    ],
    [
      'that waits for 100-continue',
      `${post}${closing}Expect: 100-continue\r\nContent-Length: ${length}\r\n\r\n${honest}`,
      [100, 202],
    ],
    [
      'that expects something else',
      `${post}${closing}Expect: nonsense\r\nContent-Length: ${length}\r\n\r\n${honest}`,
      [417],
    ],
    ['of HTTP/1.0', `POST /webhooks/gitlab HTTP/1.0\r\n${lengthOf(known)}`, [202]],
    ['of HTTP/0.9', 'GET /healthz\r\n\r\n', [200]],
    ['of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
    ['without a host', `${post}X-Gitlab-Token: ${secretToken}\r\n\r\n`, [400]],
    ['HEAD', `HEAD /webhooks/gitlab HTTP/1.1\r\n${closing}\r\n`, [405]],
    ['OPTIONS', `OPTIONS /webhooks/gitlab HTTP/1.1\r\n${closing}\r\n`, [405]],
    ['OPTIONS *', `OPTIONS * HTTP/1.1\r\n${closing}\r\n`, [400, 404]],
    ['TRACE', `TRACE /webhooks/gitlab HTTP/1.1\r\n${closing}\r\n`, [404, 405]],
    ['CONNECT', `CONNECT internal:80 HTTP/1.1\r\n${closing}\r\n`, []],
    ['of an unknown method', `NONSENSE /webhooks/gitlab HTTP/1.1\r\n${closing}\r\n`, [400]],
    [
      'to upgrade',
      `GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
      [200],
    ],
    [
      'to an absolute address',
      `POST http://internal/webhooks/gitlab HTTP/1.1\r\n${closing}${lengthOf()}`,
      [202],
    ],
    ['to a very long address', `GET /${'a'.repeat(15_000)} HTTP/1.1\r\n${closing}\r\n`, [404, 414]],
    [
      'to an address longer than headers',
      `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n${closing}\r\n`,
      [431],
    ],
    [
      'with a long query',
      `POST /webhooks/gitlab?${'a=1&'.repeat(2_000)} HTTP/1.1\r\n${closing}${lengthOf()}`,
      [202],
    ],
    [
      'with a query of prototypes',
      `POST /webhooks/gitlab?__proto__[a]=1&constructor=1 HTTP/1.1\r\n${closing}${lengthOf()}`,
      [202],
    ],
    ['up the tree', `GET /../../etc/passwd HTTP/1.1\r\n${closing}\r\n`, [404]],
    [
      'up the tree, encoded',
      `GET /%2e%2e%2f%2e%2e%2fetc/passwd%00 HTTP/1.1\r\n${closing}\r\n`,
      [404],
    ],
    [
      'through another page',
      `POST /healthz/../webhooks/gitlab HTTP/1.1\r\n${closing}${lengthOf()}`,
      [404],
    ],
    ['in capitals', `POST /WEBHOOKS/GITLAB HTTP/1.1\r\n${closing}${lengthOf()}`, [404]],
    ['with a slash more', `POST /webhooks//gitlab/ HTTP/1.1\r\n${closing}${lengthOf()}`, [404]],
    ['to __proto__', `GET /__proto__ HTTP/1.1\r\n${closing}\r\n`, [404]],
    [
      'of three in one piece',
      `${post}${whole}${post}${whole}${post}${closing}${lengthOf()}`,
      [202, 202, 202],
    ],
    [
      'with another hidden in its body',
      `${post}${closing}Content-Length: 4\r\n\r\nnullGET /metrics HTTP/1.1\r\n\r\n`,
      [400],
    ],
    ['that never ends its headers', `${post}X-A: `, [408]],
    ['that never ends its body', `${post}${known}Content-Length: ${length}\r\n\r\n{`, [408]],
  ])('%s is answered as it should be', async (name, text, expected) => {
    const statuses = await speak(text);
    if (expected.length === 2 && statuses.length === 1) expect(expected).toContain(statuses[0]);
    else expect([name, statuses]).toEqual([name, expected]);
    expect(await send(honest)).toBe(202);
  });

  it('sent one byte at a time is cut off after its time, however long it goes on', async () => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => undefined);
    const drip = setInterval(() => socket.write('x'), 20);
    const begun = performance.now();
    socket.write(`${post}${known}Content-Length: 1000000\r\n\r\n`);
    await once(socket, 'close');
    clearInterval(drip);
    expect(performance.now() - begun).toBeLessThan(5 * patience);
    expect(answer).toMatch(/^HTTP\/1\.1 (408|400) /);
    expect(await send(honest)).toBe(202);
  });
});

it('leaves nothing behind: no failure was counted, and none was logged', async () => {
  expect(await given.metrics.text()).toContain('outcome="failed"} 0');
  expect(given.lines.filter((line) => /"level":(50|60|"error"|"fatal")/.test(line))).toEqual([]);
});

function lengthOf(before = ''): string {
  return `${before}Content-Length: ${length}\r\n\r\n${honest}`;
}

async function send(body: Buffer | string, event = 'Issue Hook'): Promise<number> {
  const { headers, payload } = delivery(body, event);
  const url = `http://127.0.0.1:${port}/webhooks/gitlab`;
  return (await fetch(url, { method: 'POST', headers, body: payload })).status;
}

/** Sends the bytes as they are; the statuses of all that came back until the server closed the connection. */
async function speak(text: string): Promise<readonly number[]> {
  const socket = connect(port, '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (data) => received.push(data));
  socket.on('error', () => undefined);
  socket.write(Buffer.from(text, 'latin1'));
  await once(socket, 'close');
  const answer = Buffer.concat(received).toString('latin1');
  return [...answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
}
