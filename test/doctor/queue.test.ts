/** The queue as `doctor` sees it: real Redis, PostgreSQL and folders, in health and in trouble. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { checkQueue } from '../../src/doctor/queue.ts';
import { troubleFinding } from '../../src/doctor/trouble.ts';
import { lockFolder } from '../../src/queue/folder-lock.ts';
import { QueueError } from '../../src/queue/queue-error.ts';
import {
  freePort,
  hasServer,
  startPostgres,
  startRedis,
  type TestServer,
} from '../support/servers.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { one } from './patient.ts';

const home = mkdtempSync(join(tmpdir(), 'scoping-bot-doctor-queue-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const look = (env: Record<string, string>): Promise<readonly Finding[]> =>
  checkQueue(readConfig(env, []));

/** Every test here expects one line of one check. */
async function sees(
  env: Record<string, string>,
  [check, mark, found, code]: readonly [string, Finding['mark'], RegExp, number?],
): Promise<void> {
  const finding = one(await look(env), check);
  expect(finding.found).toMatch(found);
  expect({ mark: finding.mark, code: finding.code }).toEqual({ mark, code: code ?? null });
  expect(finding.todo !== null).toBe(mark === 'failed' || mark === 'warning');
}

describe('embedded', () => {
  it('a folder that is not there yet is fine, and is not made', async () => {
    const DATA_DIR = join(home, 'not', 'yet');
    await sees({ DATA_DIR }, ['queue', 'fine', /is not there yet, serve makes it$/]);
    await sees({ DATA_DIR }, ['queue', 'fine', /is not there yet/]);
    await sees({ DATA_DIR }, ['queue room', 'fine', /^\d+ MB are free; 64 MB have to be$/]);
  });

  it('says whether a process works with it, and takes nothing from it', async () => {
    const DATA_DIR = join(home, 'held');
    const lock = await lockFolder(DATA_DIR);
    await sees({ DATA_DIR }, [
      'queue',
      'fine',
      /a process of the bot works with it, which is fine$/,
    ]);
    await lock.release();
    await sees({ DATA_DIR }, ['queue', 'fine', /no process works with it$/]);
  });

  it('a file in the way of the folder', async () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    const wrong = ['queue', 'failed', /^The queue cannot write to its folder/, 78] as const;
    await sees({ DATA_DIR: file }, wrong);
    await sees({ DATA_DIR: join(file, 'data') }, wrong);
  });

  it('a disk that is full', async ({ skip }) => {
    const disk = mountSmallDisk(80);
    if (disk === null) return skip('only root may mount a small disk');
    onTestFinished(() => disk.remove());
    await sees({ DATA_DIR: disk.folder }, ['queue room', 'fine', /^(79|80) MB are free/]);
    disk.fill();
    await sees({ DATA_DIR: disk.folder }, ['queue room', 'failed', /^0 MB are free/, 1]);
  });
});

describe.skipIf(!hasServer('redis', 'doctor on Redis'))('redis', () => {
  async function redis(...settings: string[]): Promise<TestServer> {
    const server = await startRedis(settings);
    onTestFinished(() => server.stop());
    return server;
  }

  it('one that keeps what it takes', async () => {
    const { url: QUEUE_URL } = await redis();
    await sees({ QUEUE_URL }, [
      'queue',
      'fine',
      /^Redis at 127\.0\.0\.1:\d+ answers and takes writes$/,
    ]);
    await sees({ QUEUE_URL }, ['queue memory', 'fine', /noeviction$/]);
    await sees({ QUEUE_URL }, ['queue persistence', 'fine', /appendonly is yes/]);
  });

  it('one that forgets, and one that keeps snapshots', async () => {
    const evicting = ['--maxmemory-policy', 'allkeys-lru', '--appendonly', 'no'];
    const { url: QUEUE_URL } = await redis(...evicting);
    await sees({ QUEUE_URL }, ['queue memory', 'warning', /maxmemory-policy is allkeys-lru/]);
    await sees({ QUEUE_URL }, ['queue persistence', 'warning', /gone when this Redis stops/]);
    const snapshots = await redis('--appendonly', 'no', '--save', '3600 1');
    const found = ['queue persistence', 'info', /snapshots are on \(save 3600 1\)/] as const;
    await sees({ QUEUE_URL: snapshots.url }, found);
  });

  it('one that keeps its settings to itself is believed', async () => {
    const { url: QUEUE_URL } = await redis('--rename-command', 'CONFIG', '');
    await sees({ QUEUE_URL }, ['queue persistence', 'info', /keeps its settings to itself/]);
  });

  it('one that is full', async () => {
    const { url: QUEUE_URL } = await redis('--maxmemory', '1');
    await sees({ QUEUE_URL }, ['queue', 'failed', /Redis is full/, 69]);
  });

  it('one that is not there, its password not told', async () => {
    const QUEUE_URL = `redis://:hidden@127.0.0.1:${await freePort()}`;
    const [finding, ...more] = await look({ QUEUE_URL });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ mark: 'failed', code: 69 });
    expect(finding?.found).toMatch(/^The queue's Redis server at 127.0.0.1:\d+ cannot be used \(/);
    expect(finding?.todo).toMatch(/QUEUE_URL/);
    expect(JSON.stringify(finding)).not.toContain('hidden');
  });
});

it('a web server where Redis should be is called one, and what to do stands apart', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [finding] = await look({ QUEUE_URL: `redis://127.0.0.1:${port}` });
  expect(finding?.found).toMatch(/ cannot be used \(what answers there is no Redis\)$/);
  expect(finding?.todo).toMatch(/^Look whether it runs and whether QUEUE_URL names/);
});

it.each([
  'It cannot be used (Unknown thing 72 "H". Please report this.)',
  'It cannot be used (Aborted(). Build it anew)',
])('%s: a full stop in brackets does not end what was found', (sentence) => {
  const error = new QueueError('unreachable', `${sentence}. Look whether it runs. Then again.`);
  expect(troubleFinding('queue', error)).toMatchObject({
    found: sentence,
    todo: 'Look whether it runs. Then again',
  });
});

describe.skipIf(!hasServer('postgres', 'doctor on PostgreSQL'))('postgres', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it('one that takes writes; no table is made', async () => {
    const { url: QUEUE_URL } = server;
    await sees({ QUEUE_URL }, ['queue', 'fine', /^PostgreSQL \d+\S* .*takes writes$/]);
    // Whoever may make nothing is told so: nobody has made the schema meanwhile.
    const as = await addRole('poor', 'LOGIN');
    await sees({ QUEUE_URL: as }, ['queue', 'failed', /may not make the queue's tables/, 78]);
  });

  it('one that is read-only', async () => {
    const as = await addRole('reader', 'LOGIN', "SET default_transaction_read_only = 'on'");
    await sees({ QUEUE_URL: as }, ['queue', 'failed', /this PostgreSQL is read-only/, 69]);
  });

  it('one that is not there', async () => {
    const QUEUE_URL = `postgres://bot:hidden@127.0.0.1:${await freePort()}/x`;
    await sees({ QUEUE_URL }, ['queue', 'failed', /ECONNREFUSED/, 69]);
    expect(JSON.stringify(await look({ QUEUE_URL }))).not.toContain('hidden');
  });

  async function addRole(name: string, may: string, setting?: string): Promise<string> {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(`CREATE ROLE ${name} ${may}`);
    if (setting) await client.query(`ALTER ROLE ${name} ${setting}`);
    await client.end();
    return server.url.replace('bot:secret', name);
  }
});
