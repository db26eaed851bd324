/** Large bodies announced with an invented signature, over real HTTP: ordinary honest hooks get in meanwhile. */
import { type ClientRequest, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chooseLimits } from '../../src/webhook/load.ts';
import { delivery, givenServer, issueHook, now, signed } from './given.ts';

const megabyte = 1024 * 1024;
const largest = 25 * megabyte;
const limits = chooseLimits(largest, 256 * megabyte);

let given: ReturnType<typeof givenServer>;
let app: FastifyInstance;
let port: number;
let attackers: ClientRequest[];

beforeEach(async () => {
  given = givenServer({ limits });
  app = given.app;
  attackers = [];
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
afterEach(async () => {
  for (const attacker of attackers) attacker.destroy();
  await app.close();
});

const forged = {
  'webhook-id': 'x',
  'webhook-timestamp': String(now / 1_000),
  'webhook-signature': 'v1,invented',
};

/** Sends its headers and the first bytes, and then nothing; `length` null: none is announced. */
function attack(length: number | null, first = '{'): void {
  const attacker = httpRequest({
    port,
    method: 'POST',
    path: '/webhooks/gitlab',
    agent: false,
    headers: {
      ...forged,
      ...(length === null ? { 'transfer-encoding': 'chunked' } : { 'content-length': length }),
    },
  });
  attacker.on('error', () => undefined);
  attacker.write(first);
  attackers.push(attacker);
}

async function hook(description: string): Promise<number> {
  const body = issueHook({ description });
  const { headers, payload } = delivery(body, 'Issue Hook', signed(body));
  const url = `http://127.0.0.1:${port}/webhooks/gitlab`;
  return (await fetch(url, { method: 'POST', headers, body: payload })).status;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}
const held = () => metric('scoping_bot_hook_bytes_held');
const shed = () => metric('scoping_bot_hooks_total\\{outcome="shed"\\}');

const ordinary = 'x'.repeat(megabyte - 1_000);

it.each([
  ['25 MB', largest],
  ['a little over 1 MB', megabyte + 1],
])(
  'bodies announced as %s take half of the room',
  async (_, length) => {
    const fits = Math.floor(limits.largeBytes / (length + 16 * 1024));
    for (let count = 0; count < fits + 5; count += 1) attack(length);
    await expect.poll(shed, { timeout: 20_000 }).toBe(5);
    expect(await held()).toBe(fits * (length + 16 * 1024));
    for (let count = 0; count < 20; count += 1) expect(await hook(ordinary)).toBe(202);
    for (const attacker of attackers) attacker.destroy();
    await expect.poll(held, { timeout: 20_000 }).toBe(0);
    expect(await hook('y'.repeat(2 * megabyte))).toBe(202);
  },
  60_000,
);

it('bodies of no announced length count as large once they are', async () => {
  const sent = 8 * megabyte;
  const fits = Math.floor(limits.largeBytes / sent);
  for (let count = 0; count < fits + 4; count += 1) attack(null, 'x'.repeat(sent));
  await expect.poll(shed, { timeout: 20_000 }).toBeGreaterThanOrEqual(4);
  expect(await held()).toBeLessThanOrEqual(limits.largeBytes);
  for (let count = 0; count < 20; count += 1) expect(await hook(ordinary)).toBe(202);
  for (const attacker of attackers) attacker.destroy();
  await expect.poll(held, { timeout: 20_000 }).toBe(0);
}, 60_000);

it('whoever sends neither a token nor a signature, or a wrong token, takes no room at all', async () => {
  for (const headers of [{}, { 'x-gitlab-token': 'wrong' }]) {
    const attacker = httpRequest({
      ...{ port, method: 'POST', path: '/webhooks/gitlab', agent: false },
      headers: { ...headers, 'content-length': largest },
    });
    attackers.push(attacker);
    attacker.on('error', () => undefined);
    const status = await new Promise((resolve) => {
      attacker.once('response', (response) => resolve(response.resume().statusCode));
      attacker.flushHeaders();
    });
    expect(status).toBe(401);
    expect(await held()).toBe(0);
  }
});
