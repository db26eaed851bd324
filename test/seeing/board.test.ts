/** Where the board is, and that it is nowhere unless asked for; then its story on the embedded queue, Redis and PostgreSQL. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, setStage } from '../e2e/bot.ts';
import { hasServer, startPostgres, startRedis, type TestServer } from '../support/servers.ts';
import { board } from './board.ts';

describe('the board', () => {
  let stage: Stage;

  afterEach(async () => {
    await stage.stop();
  });

  const status = async (url: string | null, headers = {}) =>
    (await fetch(`${url}/queue`, { headers })).status;

  it('is nowhere without QUEUE_BOARD_TOKEN', async () => {
    stage = await setStage();
    const { url } = await stage.startBot();
    expect(await status(url)).toBe(404);
    expect(await status(url, { authorization: 'Bearer undefined' })).toBe(404);
  });

  it('is at the address for those who run the bot, where there is one', async () => {
    stage = await setStage();
    const token = 'board-token-canary-0123456789';
    const env = { ADMIN_ADDRESS: '127.0.0.1:0', QUEUE_BOARD_TOKEN: token };
    const { url, adminUrl } = await stage.startBot(undefined, env);
    const headers = { authorization: `Bearer ${token}` };
    expect(await status(url, headers)).toBe(404);
    expect(await status(adminUrl, headers)).toBe(200);
    expect(await status(adminUrl)).toBe(401);
  });
});

describe('the board of the embedded queue', () => board(() => undefined));

describe.skipIf(!hasServer('redis', 'the board on Redis'))('the board on Redis', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(async () => {
    await server.stop();
  });
  board(() => server.url);
});

const postgres = hasServer('postgres', 'the board on PostgreSQL');
describe.skipIf(!postgres)('the board on PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });
  board(() => server.url);
});
