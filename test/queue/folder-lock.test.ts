/** One process per folder: taken, refused, released, and taken over from the dead. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FolderLock, lockFolder } from '../../src/queue/folder-lock.ts';
import { runTs } from '../support/run-ts.ts';

describe('the lock of a folder', () => {
  let root = '';
  let held: FolderLock[] = [];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lock-'));
  });
  afterEach(async () => {
    await Promise.all(held.map((lock) => lock.release()));
    held = [];
    rmSync(root, { recursive: true, force: true });
  });

  async function take(folder: string): Promise<FolderLock> {
    const lock = await lockFolder(folder);
    held.push(lock);
    return lock;
  }

  it('is given once, and again after its release', async () => {
    const folder = join(root, 'new', 'folder');
    const lock = await take(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({ name: 'QueueError', kind: 'in_use' });
    await lock.release();
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
    await take(folder);
  });

  it('is given to exactly one of many who ask in the same moment', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => take(root)));
    expect(asked.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('works in a folder whose path is longer than a socket may have', async () => {
    const deep = join(root, 'a'.repeat(100), 'b'.repeat(100));
    const lock = await take(deep);
    expect(readdirSync(deep)).toEqual([expect.stringMatching(/^queue\.lock\.\w+$/)]);
    await expect(lockFolder(deep)).rejects.toThrow(/Another process/);
    await lock.release();
    expect(readdirSync(deep)).toEqual([]);
  });

  it('is taken from a killed process by exactly one of many who ask', async () => {
    const script = new URL('./hold-lock.ts', import.meta.url);
    const holder = runTs(script, { args: [root] });
    await holder.prints('held');
    await expect(lockFolder(root)).rejects.toMatchObject({ kind: 'in_use' });
    await holder.kill('SIGKILL');
    expect(readdirSync(root)).toEqual([expect.stringMatching(/^queue\.lock\.\w+$/)]);
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => take(root)));
    expect(asked.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    await expect(lockFolder(root)).rejects.toMatchObject({ kind: 'in_use' });
    expect(readdirSync(root)).toEqual([expect.stringMatching(/^queue\.lock\.\w+$/)]);
  });

  it('is refused with the folder and the way out when nothing can be written there', async () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    await expect(lockFolder(join(file, 'data'))).rejects.toMatchObject({
      kind: 'configuration',
      message: expect.stringMatching(/cannot write to its folder .*file\/data .*DATA_DIR/),
    });
  });

  it('leaves other files of the folder alone', async () => {
    mkdirSync(join(root, 'queue'));
    writeFileSync(join(root, 'note'), 'mine');
    await (await take(root)).release();
    expect(readdirSync(root).sort()).toEqual(['note', 'queue']);
  });
});
