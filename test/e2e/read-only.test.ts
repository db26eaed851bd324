/** The process writes nowhere but into `DATA_DIR`: run as a user who may write nowhere else. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { runTs } from '../support/run-ts.ts';
import { freePort } from '../support/servers.ts';
import { setStage } from './bot.ts';

const nobody = 65_534;
const as = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] as const;
/** Only root may become somebody else. */
const able = process.getuid?.() === 0 && spawnSync(as[0], [...as.slice(1), 'true']).status === 0;
if (!able) process.stdout.write('Left out: the read-only process (needs root and setpriv).\n');

const home = mkdtempSync(join(tmpdir(), 'scoping-bot-read-only-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it.skipIf(!able)('starts, works on an issue and stops, with nothing else to write to', async () => {
  const dataDir = join(home, 'data');
  const places = ['cwd', 'home', 'tmp'].map((name) => join(home, name));
  for (const place of places) mkdirSync(place, { mode: 0o555 });
  mkdirSync(dataDir);
  chownSync(dataDir, nobody, nobody);
  chmodSync(home, 0o555);
  const [cwd = '', homeDir = '', tmp = ''] = places;
  expect(spawnSync(as[0], [...as.slice(1), 'touch', join(cwd, 'x')]).status).not.toBe(0);

  const stage = await setStage();
  const began = Date.now();
  const port = await freePort();
  const bot = runTs(new URL('../../src/main.ts', import.meta.url), {
    args: ['serve'],
    as,
    cwd,
    env: {
      ...stage.environment(),
      DATA_DIR: dataDir,
      PORT: String(port),
      HOME: homeDir,
      TMPDIR: tmp,
      XDG_CACHE_HOME: tmp,
      XDG_CONFIG_HOME: tmp,
    },
  });
  try {
    await bot.prints('"msg":"listening"');
    await stage.hookTo(`http://127.0.0.1:${port}`);
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    await bot.kill('SIGTERM');
    expect(await bot.exited).toBe(0);
  } finally {
    await bot.kill('SIGKILL');
    await stage.stop();
  }
  expect(readdirSync(dataDir).length).toBeGreaterThan(0);
  for (const place of places) expect(readdirSync(place)).toEqual([]);
  // Where anybody may write: nothing of theirs is new there.
  for (const shared of ['/tmp', '/var/tmp', '/dev/shm']) {
    expect(foundOf(nobody, shared, began)).toEqual([]);
  }
});

/** Names in a folder that belong to the user and have changed since; none where there is no such folder. */
function foundOf(uid: number, folder: string, since: number): string[] {
  const names = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder)
    : [];
  return names.filter((name) => {
    const seen = statSync(join(folder, name), { throwIfNoEntry: false });
    return seen?.uid === uid && seen.ctimeMs >= since;
  });
}
