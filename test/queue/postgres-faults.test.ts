/** A PostgreSQL that restarts, cuts off, takes nothing, is stopped, or has no connection left. */
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasServer, startPostgres, type TestServer } from '../support/servers.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { type Observed, observe } from './observed.ts';
import { until } from './until.ts';

describe.skipIf(!hasServer('postgres', 'the queue on a PostgreSQL in trouble'))(
  'a PostgreSQL in trouble',
  () => {
    let server: TestServer;
    let seen: Observed;

    beforeAll(async () => {
      server = await startPostgres();
    });
    beforeEach(async () => {
      seen = await observe({ url: server.url, dataDir: 'not used' }, 200);
    });
    afterEach(async () => {
      await seen.queue.close();
    });
    afterAll(async () => {
      await server.stop();
    });

    async function sql(...statements: string[]): Promise<void> {
      const client = new pg.Client(server.url);
      await client.connect();
      try {
        for (const statement of statements) await client.query(statement);
      } finally {
        await client.end();
      }
    }
    const cutAll = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;

    /** Takes issues again, does all that it took, and did not fill the log. */
    async function recovers(issue: number): Promise<void> {
      await until(async () => (await seen.offer(issue)) === null, 30_000);
      await seen.allDone(30_000);
      expect(await seen.queue.ready()).toBeNull();
      const trouble = seen.lines.filter((line) => line.startsWith('trouble'));
      expect(new Set(trouble).size).toBe(trouble.length);
    }

    it.each([
      ['fast', 'SIGINT'],
      ['immediate', 'SIGQUIT'],
    ] as const)('%s restart during looks: nothing that was taken is lost', async (_, signal) => {
      for (const issue of [1, 2, 3, 4, 5, 6]) await seen.offer(issue);
      await until(async () => (await seen.queue.counts()).active > 0);
      server.signal(signal);
      await server.down();
      expect(await seen.offer(11)).toMatch(/does not take anything at the moment \(\S.*\)\.$/);
      expect(await seen.queue.ready()).toMatch(/does not answer/);
      await server.up();
      await recovers(12);
    });

    it('all connections cut off, ten times under load: no crash, nothing that was taken is lost', async () => {
      for (let round = 0; round < 10; round += 1) {
        await until(async () => (await seen.offer(100 + round)) === null);
        const offers = Array.from({ length: 10 }, (_, index) => seen.offer(round * 10 + index));
        await Promise.all([...offers, sql(cutAll)]);
      }
      expect(seen.taken.size).toBeGreaterThanOrEqual(10);
      await until(async () => (await seen.offer(1_000)) === null);
      await seen.allDone(30_000);
      expect(new Set(seen.lines.filter((line) => line.startsWith('trouble'))).size).toBe(
        seen.lines.filter((line) => line.startsWith('trouble')).length,
      );
    });

    it('read-only, as a standby is: refuses by name, is not ready, goes on by itself', async () => {
      for (const issue of [1, 2, 3]) await seen.offer(issue);
      await sql('ALTER DATABASE postgres SET default_transaction_read_only = on', cutAll);
      await until(async () => (await seen.offer(11))?.includes('is read-only') === true);
      expect(await seen.queue.ready()).toContain('is read-only');
      await sql(
        'SET default_transaction_read_only = off',
        'ALTER DATABASE postgres RESET default_transaction_read_only',
        cutAll,
      );
      await recovers(12);
      expect(seen.lines.filter((line) => line.includes('is read-only'))).toHaveLength(1);
    });

    it('a full disk: refuses by name, is not ready, goes on by itself', async (test) => {
      const disk = mountSmallDisk(64);
      if (!disk) return test.skip('only root may mount a disk');
      const space = join(disk.folder, 'space');
      await sql(
        // `cat`: a program that ends before it has read its input may break the pipe, and the COPY with it.
        `COPY (SELECT 1) TO PROGRAM 'mkdir -m 700 ${space} && cat > /dev/null'`,
        `CREATE TABLESPACE narrow LOCATION '${space}'`,
        'CREATE DATABASE narrow TABLESPACE narrow',
      );
      const url = Object.assign(new URL(server.url), { pathname: '/narrow' });
      const narrow = await observe({ url: url.href, dataDir: 'not used' });
      try {
        for (const issue of [1, 2, 3]) await narrow.offer(issue);
        await narrow.allDone();
        expect(await narrow.queue.ready()).toBeNull();
        disk.fill();
        expect(await narrow.queue.ready()).toContain('disk is full');
        let issue = 10;
        await until(async () => {
          issue += 1;
          return (await narrow.offer(issue))?.includes('disk is full') === true;
        }, 30_000);
        disk.clear();
        await until(async () => (await narrow.offer(5)) === null, 30_000);
        await narrow.allDone(30_000);
        expect(await narrow.queue.ready()).toBeNull();
      } finally {
        await narrow.queue.close();
        await sql('DROP DATABASE narrow WITH (FORCE)', 'DROP TABLESPACE narrow');
        disk.remove();
      }
    });

    it('no connection left: refuses by name, goes on by itself', async () => {
      await sql('CREATE ROLE small LOGIN', 'CREATE DATABASE small OWNER small');
      const url = Object.assign(new URL(server.url), { username: 'small', pathname: '/small' });
      const small = await observe({ url: url.href, dataDir: 'not used' });
      try {
        for (const issue of [1, 2, 3]) await small.offer(issue);
        await sql('ALTER ROLE small CONNECTION LIMIT 0', cutAll);
        await until(async () => (await small.offer(11))?.includes('no connection left') === true);
        expect(await small.queue.ready()).toContain('no connection left');
        await sql('ALTER ROLE small CONNECTION LIMIT -1');
        await until(async () => (await small.offer(12)) === null);
        await small.allDone();
        expect(small.lines.filter((line) => line.includes('no connection left'))).toHaveLength(1);
      } finally {
        await small.queue.close();
      }
    });

    it('stopped for some seconds: refuses in time however many wait, and goes on afterwards', async () => {
      for (const issue of [1, 2, 3]) await seen.offer(issue);
      const begun = performance.now();
      server.signal('SIGSTOP');
      const first = seen.offer(11);
      // In the middle of the first one's time, so that it waits behind it.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const refusals = await Promise.all([first, seen.offer(12), seen.offer(13)]);
      for (const refusal of refusals) expect(refusal).toMatch(/does not take anything/);
      expect(performance.now() - begun).toBeLessThan(1_000 + 5_500);
      expect(await seen.queue.ready()).toMatch(/does not answer/);
      server.signal('SIGCONT');
      await recovers(21);
    });
  },
);
