/** More connections than there may be, over real sockets: told once, and honest hooks are served again in time. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { delivery, givenServer, issueHook } from './given.ts';

const most = 8;
const open: Socket[] = [];

afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

async function listening(requestMs: number) {
  const given = givenServer({ mostConnections: most, requestMs });
  await given.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = given.app.server.address() as AddressInfo;
  const told = () => given.lines.filter((line) => line.includes('too many connections'));
  return { ...given, port, told };
}

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  open.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** One request that leaves its connection open; resolves with the status. */
async function ask(socket: Socket): Promise<string> {
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  const [data] = await once(socket, 'data');
  return String(data).slice(9, 12);
}

/** An honest hook on a connection of its own; 0 when it was turned away. */
async function hook(port: number): Promise<number> {
  const { headers, payload } = delivery(issueHook());
  const request = httpRequest({
    ...{ port, method: 'POST', path: '/webhooks/gitlab', headers, agent: false },
  });
  return new Promise((resolve) => {
    request.once('response', (response) => resolve(response.resume().statusCode ?? 0));
    request.once('error', () => resolve(0));
    request.end(payload);
  });
}

it('silent connections keep others out until their time for headers is over, which is told once', async () => {
  const { app, port, told } = await listening(9_000);
  const silent = await Promise.all(Array.from({ length: most }, () => dial(port)));
  const ended = silent.map((socket) => once(socket.resume(), 'close'));
  expect([await hook(port), await hook(port), await hook(port)]).toEqual([0, 0, 0]);
  expect(told()).toHaveLength(1);
  expect(told()[0]).toContain(`"most":${most}`);
  await Promise.all(ended);
  expect(await hook(port)).toBe(202);
  await app.close();
});

it('connections that wait between two requests give way to new ones', async () => {
  const { app, port, told } = await listening(30_000);
  for (let count = 0; count < 5 * most; count += 1) {
    expect(await ask(await dial(port))).toBe('200');
  }
  expect(await hook(port)).toBe(202);
  expect(told()).toEqual([]);
  await app.close();
});

it('a few that wait between two requests are left alone', async () => {
  const { app, port } = await listening(30_000);
  const few = await Promise.all(Array.from({ length: most / 2 - 1 }, () => dial(port)));
  for (const socket of few) expect(await ask(socket)).toBe('200');
  expect(await hook(port)).toBe(202);
  for (const socket of few) expect(await ask(socket)).toBe('200');
  await app.close();
});
