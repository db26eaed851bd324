/** Several processes of one token stay below GitLab's limit for new notes together, and alone where nobody counts. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectGitLab } from '../../src/gitlab/connect.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { DEMO_BOT } from '../../src/sandbox/seed.ts';
import { until } from '../queue/until.ts';
import { hasServer, startPostgres, startRedis, type TestServer } from '../support/servers.ts';
import { type Stage, setStage } from './bot.ts';

const most = 4;
const issues = 10;
const demoPolicy = fileURLToPath(new URL('../../demo/policy.yaml', import.meta.url));
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** New notes that the bot sent, over all its processes. */
function notesOf({ sandbox }: Stage): number {
  return sandbox.world.requests.filter(
    ({ username, method, route }) =>
      username === DEMO_BOT && method === 'POST' && route?.endsWith('/notes'),
  ).length;
}

describe.each([
  ['redis', startRedis],
  ['postgres', startPostgres],
] as const)('new notes of processes that share %s', (kind, start) => {
  const here = hasServer(kind, `new notes on ${kind}`);
  let server: TestServer;

  beforeAll(async () => {
    if (here) server = await start();
  });
  afterAll(async () => {
    await server?.stop();
  });

  it.skipIf(!here)('two bots write no more in a minute than one may', async () => {
    const stage = await setStage();
    try {
      const file = join(stage.dataDir, 'policy.yaml');
      writeFileSync(
        file,
        `${readFileSync(demoPolicy, 'utf8')}\nlimits: { notes_a_minute: ${most} }\n`,
      );
      const bots = [
        await stage.spawnBot(server.url, { POLICY: file }, 0),
        await stage.spawnBot(server.url, { POLICY: file }, 1),
      ];
      for (let issue = 0; issue < issues; issue += 1) stage.createIssue();
      // Whoever has no comment yet was sent away with the reason.
      const waiting = (): Set<string> =>
        new Set(
          bots.flatMap((bot) =>
            [
              ...bot
                .output()
                .matchAll(/"issueIid":(\d+)[^\n]*own pace for notes[^\n]*will be tried again/g),
            ].map(([, iid = '']) => iid),
          ),
        );
      await until(() => waiting().size >= issues - most, 50_000);
      expect(notesOf(stage)).toBe(most);
      // Both were at it.
      for (const bot of bots) expect(bot.output()).toContain('"issueIid"');
    } finally {
      await stage.stop();
    }
  });

  it.skipIf(!here)(
    'a database that hangs holds no note up: each process counts for itself',
    async () => {
      const stage = await setStage();
      const queue = await openQueue({
        ...{ url: server.url, name: `test-${randomUUID()}`, dataDir: 'not used', concurrency: 1 },
        log: quiet,
        isTerminal: () => false,
      });
      try {
        const { sandbox } = stage;
        const issue = stage.createIssue();
        const ref = { projectId: sandbox.world.projects[0]?.id ?? 0, issueIid: issue.iid };
        const { store } = connectGitLab({
          url: sandbox.url,
          token: sandbox.token(DEMO_BOT),
          notesAMinute: most,
          notePlaces: queue.takePlace,
        });
        await store.createNote(ref, 'while it answers', false);
        server.signal('SIGSTOP');
        const begun = performance.now();
        for (let note = 1; note < most; note += 1) await store.createNote(ref, 'alone', false);
        // Only the first of them waited for an answer that did not come.
        expect(performance.now() - begun).toBeLessThan(3_000);
        await expect(store.createNote(ref, 'too many', false)).rejects.toThrow(
          'own pace for notes',
        );
        expect(notesOf(stage)).toBe(most);
      } finally {
        server.signal('SIGCONT');
        await queue.close();
        await stage.stop();
      }
    },
  );
});
