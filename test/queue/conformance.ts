/**
 * What the queue promises, whatever database is behind it: the same tests for all three.
 * Long, because the promises hold together and are kept in one place for all databases.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { IssueRef } from '../../src/core/model.ts';
import type { IssueQueue, QueueOptions } from '../../src/queue/issue-queue.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { runTs, type TsProcess } from '../support/run-ts.ts';
import { until } from './until.ts';

export interface Place {
  readonly url: string | undefined;
  readonly dataDir: string;
  /** Takes the database away and brings it back; absent where it lives in the process. */
  readonly server?: { down(): Promise<void>; up(): Promise<void> };
  drop(): Promise<void>;
}

class Final extends Error {}
class Later extends Error {
  readonly retryAfterMs: number | null;
  constructor(retryAfterMs: number | null) {
    super('GitLab is away');
    this.retryAfterMs = retryAfterMs;
  }
}

interface Line {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

const ref = (issueIid: number): IssueRef => ({ projectId: 7, issueIid });
const nothing = async () => ({ lookAgainAt: null });
/** A promise to be settled from outside. */
function latch() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

export function conformance(kind: IssueQueue['kind'], makePlace: () => Promise<Place>): void {
  describe(`the ${kind} queue`, () => {
    let place: Place;
    let lines: Line[] = [];
    let queues: IssueQueue[] = [];
    let name = '';
    /** The queue of a process that is killed before the first test, so that nobody waits for its locks to end. */
    const killed = `killed-${randomUUID()}`;

    beforeAll(async () => {
      place = await makePlace();
      const doomed = child(killed);
      await Promise.all([doomed.prints('enqueued'), doomed.prints('working')]);
      await doomed.kill('SIGKILL');
    });
    afterEach(async () => {
      await Promise.all(queues.map((queue) => queue.close()));
      [lines, queues, name] = [[], [], ''];
    });
    afterAll(async () => {
      await place?.drop();
    });

    async function open(options: Partial<QueueOptions> = {}): Promise<IssueQueue> {
      const write = (fields: Line['fields'], message: string) => lines.push({ fields, message });
      // A name of its own for each test: none sees what another left.
      name ||= `test-${randomUUID()}`;
      const queue = await openQueue({
        url: place.url,
        dataDir: place.dataDir,
        name,
        concurrency: 4,
        log: { debug: () => {}, info: write, warn: write, error: write },
        isTerminal: (error) => error instanceof Final,
        ...options,
      });
      queues.push(queue);
      return queue;
    }

    function child(queueName: string): TsProcess {
      const args = [place.url ?? '', place.dataDir, queueName, 'work'];
      return runTs(new URL('./child.ts', import.meta.url), { args });
    }

    async function idle(queue: IssueQueue): Promise<void> {
      await until(async () => {
        const { waiting, active, delayed } = await queue.counts();
        return waiting + active + delayed === 0;
      });
    }

    it('is the one that its address names, and says that it is ready', async () => {
      const queue = await open();
      expect(queue.kind).toBe(kind);
      expect(await queue.ready()).toBeNull();
    });

    it('hands an issue that was enqueued to the handler once, and keeps nothing of it', async () => {
      const queue = await open();
      const seen: IssueRef[] = [];
      await queue.enqueue(ref(1));
      expect(await queue.counts()).toEqual({ waiting: 1, active: 0, delayed: 0, failed: 0 });
      queue.work(async (issue) => {
        seen.push(issue);
        return { lookAgainAt: null };
      });
      await idle(queue);
      expect(seen).toEqual([ref(1)]);
      expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
    });

    it('takes a burst of many issues in one tick and works each once', async () => {
      const queue = await open();
      const seen: number[] = [];
      const all = Array.from({ length: 300 }, (_, index) => index + 1);
      await Promise.all([...all, ...all].map((issueIid) => queue.enqueue(ref(issueIid))));
      expect((await queue.counts()).waiting).toBe(300);
      queue.work(async (issue) => {
        seen.push(issue.issueIid);
        return { lookAgainAt: null };
      });
      await idle(queue);
      expect(seen.sort((a, b) => a - b)).toEqual(all);
    });

    it('looks at an issue at most twice when a hundred events arrive while it is worked', async () => {
      const queue = await open();
      const first = latch();
      let runs = 0;
      let together = 0;
      let most = 0;
      queue.work(async () => {
        runs += 1;
        together += 1;
        most = Math.max(most, together);
        if (runs === 1) await first.opened;
        together -= 1;
        return { lookAgainAt: null };
      });
      await queue.enqueue(ref(1));
      await until(() => runs === 1);
      for (let round = 0; round < 10; round += 1) {
        await Promise.all(Array.from({ length: 10 }, () => queue.enqueue(ref(1))));
      }
      expect(runs).toBe(1);
      first.open();
      await until(() => runs === 2);
      await idle(queue);
      expect({ runs, most }).toEqual({ runs: 2, most: 1 });
    });

    it('looks first at what an event asked for, also when it waited as swept, and at all that was swept in the end', async () => {
      const queue = await open({ concurrency: 1 });
      const other = kind === 'embedded' ? queue : await open();
      const swept = Array.from({ length: 60 }, (_, index) => index + 1);
      for (const issueIid of swept) await queue.enqueue(ref(issueIid), 'all');
      // Nobody waits for these.
      expect(await queue.oldestWaitingMs()).toBe(0);
      await Promise.all([50, 101, 40].map((iid) => other.enqueue(ref(iid), false, 1_000 + iid)));
      // Asked for in one stroke, the hook counts; and what a hook asked for stays in front when a sweep asks as well.
      await Promise.all([
        queue.enqueue(ref(102), 'all'),
        queue.enqueue(ref(102), false, 1_102),
        queue.enqueue(ref(102), true),
      ]);
      await queue.enqueue(ref(101), true);
      expect(await queue.counts()).toMatchObject({ waiting: 62 });
      await until(async () => (await queue.oldestWaitingMs()) > 0);
      const seen: number[] = [];
      const told = new Map<number, unknown>();
      queue.work(async ({ issueIid }, by, heardAt) => {
        // What comes in the middle of it does not wait either.
        if (seen.length === 20) await other.enqueue(ref(103), false, 1_103);
        seen.push(issueIid);
        told.set(issueIid, [by, heardAt]);
        return { lookAgainAt: null };
      });
      await idle(queue);
      expect(seen.slice(0, 4).sort()).toEqual([101, 102, 40, 50]);
      expect(seen.indexOf(103)).toBe(21);
      expect(seen.filter((iid) => iid < 100 && iid !== 40 && iid !== 50)).toEqual(
        swept.filter((iid) => iid !== 40 && iid !== 50),
      );
      expect(seen).toHaveLength(63);
      for (const iid of [40, 50, 101, 102, 103])
        expect(told.get(iid)).toEqual([false, 1_000 + iid]);
      expect(told.get(1)).toEqual(['all', null]);
    });

    it('keeps what was asked for during a look: a hook in front whatever a sweep asks meanwhile, and a sweep alone too', async () => {
      const queue = await open({ concurrency: 1, paceMs: 0 });
      const [first, second] = [latch(), latch()];
      const seen: number[] = [];
      queue.work(async ({ issueIid }) => {
        seen.push(issueIid);
        if (seen.length === 1) await first.opened;
        if (seen.length === 6) await second.opened;
        return { lookAgainAt: null };
      });
      await queue.enqueue(ref(1));
      await until(() => seen.length === 1);
      for (const issueIid of [2, 3, 4]) await queue.enqueue(ref(issueIid), 'all');
      await queue.enqueue(ref(1), false, 1);
      await queue.enqueue(ref(1), 'all');
      first.open();
      await idle(queue);
      expect(seen).toEqual([1, 1, 2, 3, 4]);

      await queue.enqueue(ref(5));
      await until(() => seen.length === 6);
      // It may have seen a change that the look was too early for.
      await queue.enqueue(ref(5), true);
      second.open();
      await idle(queue);
      expect(seen.slice(5)).toEqual([5, 5]);
    });

    it('works different issues at once, as many as it was told and no more', async () => {
      const queue = await open({ concurrency: 3 });
      const gate = latch();
      let together = 0;
      let most = 0;
      queue.work(async () => {
        together += 1;
        most = Math.max(most, together);
        await gate.opened;
        together -= 1;
        return { lookAgainAt: null };
      });
      await Promise.all(Array.from({ length: 9 }, (_, index) => queue.enqueue(ref(index + 1))));
      await until(() => together === 3);
      gate.open();
      await idle(queue);
      expect(most).toBe(3);
    });

    it('tries again what failed for now, and an event that came meanwhile is not lost', async () => {
      const queue = await open();
      let runs = 0;
      queue.work(async () => {
        runs += 1;
        if (runs === 1) {
          await queue.enqueue(ref(1));
          throw new Later(null);
        }
        return { lookAgainAt: null };
      });
      await queue.enqueue(ref(1));
      await idle(queue);
      expect(runs).toBe(3);
      expect(await queue.counts()).toMatchObject({ failed: 0 });
      expect(lines).toMatchObject([
        {
          fields: { ...ref(1), reason: 'GitLab is away', attempt: 1 },
          message: 'issue will be tried again',
        },
      ]);
    });

    it('waits as long as the error names before it tries again', async () => {
      const queue = await open();
      const at: number[] = [];
      queue.work(async () => {
        at.push(Date.now());
        if (at.length === 1) throw new Later(1_800);
        return { lookAgainAt: null };
      });
      await queue.enqueue(ref(1));
      await until(() => at.length === 2);
      expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(1_800);
    });

    it('gives up at once what trying again cannot cure, says so once, and looks again at the next event', async () => {
      const queue = await open();
      let runs = 0;
      queue.work(async () => {
        runs += 1;
        if (runs === 1)
          throw new Final('The token may not read this project: give it the role Reporter.');
        return { lookAgainAt: null };
      });
      await queue.enqueue(ref(1));
      await until(async () => (await queue.counts()).failed === 1);
      expect(lines).toMatchObject([
        {
          fields: {
            ...ref(1),
            reason: 'The token may not read this project: give it the role Reporter.',
          },
        },
      ]);
      await queue.enqueue(ref(1));
      await until(() => runs === 2);
    });

    it('queues again what was given up, in whichever process, when it is asked to, and forgets that it was', async () => {
      const queue = await open();
      const other = kind === 'embedded' ? queue : await open();
      const seen: number[] = [];
      let mended = false;
      queue.work(async ({ issueIid }) => {
        seen.push(issueIid);
        if (!mended) throw new Final('The token may not write here: give it the role Reporter.');
        return { lookAgainAt: null };
      });
      await Promise.all([1, 2, 3].map((iid) => queue.enqueue(ref(iid))));
      await until(async () => (await queue.counts()).failed === 3);
      await other.enqueueGivenUp();
      await until(() => seen.length === 6);
      await until(async () => (await queue.counts()).failed === 3);
      mended = true;
      await other.enqueueGivenUp();
      await until(() => seen.length === 9);
      await idle(queue);
      expect(seen.slice(-3).sort()).toEqual([1, 2, 3]);
      expect((await queue.counts()).failed).toBe(0);
      await other.enqueueGivenUp();
      await idle(queue);
      expect(seen).toHaveLength(9);
    });

    it('writes no words of an unforeseen error into the log', async () => {
      const queue = await open();
      let runs = 0;
      queue.work(async () => {
        runs += 1;
        if (runs === 1) throw new TypeError('cannot read "Acme wants 400 seats"');
        return { lookAgainAt: null };
      });
      await queue.enqueue(ref(1));
      await until(() => runs === 2);
      expect(lines).toHaveLength(1);
      expect(lines[0]?.fields).toMatchObject({ error: 'TypeError' });
      expect(JSON.stringify(lines)).not.toContain('Acme');
    });

    it('looks again at the time that a look asked for', async () => {
      const queue = await open();
      const at: number[] = [];
      queue.work(async () => {
        at.push(Date.now());
        return { lookAgainAt: at.length === 1 ? new Date(Date.now() + 500).toISOString() : null };
      });
      await queue.enqueue(ref(1));
      await until(() => at.length === 2);
      await idle(queue);
      expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(490);
      expect(at).toHaveLength(2);
    });

    it('replaces an earlier time by a later wish, and works events in between', async () => {
      const queue = await open();
      let runs = 0;
      queue.work(async () => {
        runs += 1;
        return { lookAgainAt: null };
      });
      await queue.wakeAt(ref(1), new Date(Date.now() + 3_600_000).toISOString());
      expect(await queue.counts()).toMatchObject({ delayed: 1 });
      await queue.enqueue(ref(1));
      await until(() => runs === 1);
      await queue.wakeAt(ref(1), new Date(Date.now() + 300).toISOString());
      expect(await queue.counts()).toMatchObject({ delayed: 1 });
      await until(() => runs === 2);
      await idle(queue);
      expect(runs).toBe(2);
    });

    it('keeps a time that is set by the very run that the earlier time woke', async () => {
      const queue = await open();
      let runs = 0;
      queue.work(async () => {
        runs += 1;
        return { lookAgainAt: runs < 6 ? new Date().toISOString() : null };
      });
      await queue.enqueue(ref(1));
      await until(() => runs === 6);
      await idle(queue);
      expect(runs).toBe(6);
    });

    it('keeps every worker of every process from starting while it is slowed down', async () => {
      const [queue, other] = kind === 'embedded' ? [await open()] : [await open(), await open()];
      const at: number[] = [];
      const handler = async () => {
        at.push(Date.now());
        return { lookAgainAt: null };
      };
      queue.work(handler);
      other?.work(handler);
      await queue.enqueue(ref(1));
      await until(() => at.length === 1);
      const from = Date.now();
      await queue.slowDown(1_500);
      await queue.slowDown(10);
      await Promise.all([2, 3, 4, 5].map((issueIid) => queue.enqueue(ref(issueIid))));
      await until(() => at.length === 5);
      expect(Math.min(...at.slice(1)) - from).toBeGreaterThanOrEqual(1_450);
    });

    it('starts nothing while paused, not even what was fetched before, and goes on afterwards', async () => {
      const queue = await open();
      const seen: number[] = [];
      const first = latch();
      queue.work(async (issue) => {
        seen.push(issue.issueIid);
        if (issue.issueIid === 1) {
          await queue.pause();
          await first.opened;
        }
        return { lookAgainAt: null };
      });
      await queue.enqueue(ref(1));
      await until(() => seen.length === 1);
      await Promise.all([2, 3, 4].map((issueIid) => queue.enqueue(ref(issueIid))));
      first.open();
      await until(async () => {
        const { waiting, active } = await queue.counts();
        return waiting + active === 3;
      });
      expect(seen).toEqual([1]);
      await queue.resume();
      await until(() => seen.length === 4);
      await idle(queue);
    });

    it('gives work back that was waiting for the end of a pause when it closes', async () => {
      const queue = await open();
      queue.work(nothing);
      await queue.pause();
      await queue.enqueue(ref(1));
      await queue.close();
      const next = await open();
      const seen: IssueRef[] = [];
      next.work(async (issue) => {
        seen.push(issue);
        return { lookAgainAt: null };
      });
      await until(() => seen.length === 1);
    });

    it('lets running work finish when it closes, takes nothing new, and leaves the rest to the next', async () => {
      const queue = await open({ concurrency: 1 });
      const first = latch();
      const done: number[] = [];
      queue.work(async (issue) => {
        await first.opened;
        done.push(issue.issueIid);
        return { lookAgainAt: null };
      });
      await queue.enqueue(ref(1));
      await until(async () => (await queue.counts()).active === 1);
      await queue.enqueue(ref(2));
      const closed = queue.close();
      await expect(queue.enqueue(ref(3))).rejects.toThrow(/being closed/);
      expect(await queue.ready()).toMatch(/being closed/);
      first.open();
      await closed;
      expect(done).toEqual([1]);
      const next = await open();
      next.work(async (issue) => {
        done.push(issue.issueIid);
        return { lookAgainAt: null };
      });
      await until(() => done.length === 2);
      await idle(next);
      expect(done).toEqual([1, 2]);
    });

    it('closes in time when work does not end, and says so', async () => {
      const queue = await open({ closeWithinMs: 200 });
      const first = latch();
      let started = false;
      queue.work(async () => {
        started = true;
        await first.opened;
        return { lookAgainAt: null };
      });
      await queue.enqueue(ref(1));
      await until(() => started);
      await queue.close();
      expect(lines.map((line) => line.message)).toEqual([
        'closed with work unfinished; the next process takes it over',
      ]);
      first.open();
      const next = await open();
      expect(await next.counts()).toMatchObject({ active: 1 });
    });

    it('runs a task now and at intervals, one run at a time however many processes ask', async () => {
      const queue = await open();
      const other = kind === 'embedded' ? null : await open();
      let runs = 0;
      const task = async () => {
        runs += 1;
        if (runs === 1) throw new Error('this one fails');
      };
      queue.work(nothing);
      other?.work(nothing);
      const from = Date.now();
      const stop = queue.every('sweep', 400, task);
      const stopOther = other?.every('sweep', 400, task);
      // Each start is heard. Two processes that did not know of each other would be through in two thirds of the time.
      await until(() => runs === (other ? 5 : 4));
      expect(Date.now() - from).toBeGreaterThanOrEqual(3 * 360);
      stop();
      stopOther?.();
      expect(lines.filter((line) => line.message.includes('the task failed'))).toHaveLength(1);
      expect(await queue.counts()).toMatchObject({ failed: 0 });
    });

    it('runs a task at once for whoever starts, although it ran just now', async () => {
      const queue = await open();
      const other = kind === 'embedded' ? queue : await open();
      queue.work(nothing);
      let runs = 0;
      const task = async () => {
        runs += 1;
      };
      const stop = queue.every('sweep', 3_600_000, task);
      await until(() => runs === 1);
      if (other === queue) stop();
      other.every('sweep', 3_600_000, task);
      if (other !== queue) other.work(nothing);
      await until(() => runs === 2);
    });

    it('runs a task once after a pause, however often it was due meanwhile', async () => {
      const queue = await open();
      const other = kind === 'embedded' ? null : await open();
      let runs = 0;
      const task = async () => {
        runs += 1;
      };
      // Nothing is worked, as while a refused token pauses all.
      queue.every('sweep', 40, task);
      other?.every('sweep', 40, task);
      await until(async () => (await queue.counts()).waiting > 0);
      // Twenty times due: there is nothing to be seen while nothing is added.
      await new Promise((resolve) => setTimeout(resolve, 20 * 40));
      expect((await queue.counts()).waiting).toBe(1);
      queue.work(nothing);
      // And the intervals go on.
      await until(() => runs === 3);
      expect((await queue.counts()).waiting).toBeLessThanOrEqual(1);
    });

    if (kind !== 'embedded') {
      it('says what is wrong while the database is away, and goes on by itself when it is back', async () => {
        const queue = await open();
        const seen: number[] = [];
        queue.work(async (issue) => {
          seen.push(issue.issueIid);
          return { lookAgainAt: null };
        });
        await queue.enqueue(ref(1));
        await until(() => seen.length === 1);
        await place.server?.down();
        await expect(queue.enqueue(ref(2))).rejects.toThrow(/does not take anything/);
        expect(await queue.ready()).toMatch(/does not answer/);
        await place.server?.up();
        await until(async () => (await queue.ready()) === null);
        await queue.enqueue(ref(3));
        await until(() => seen.includes(3));
        expect(lines.length).toBeLessThan(20);
      });
    }

    it('forgets neither what waited nor what was in the middle of it when the process is killed', async () => {
      const queue = await open({ name: killed });
      const seen: number[] = [];
      queue.work(async (issue) => {
        seen.push(issue.issueIid);
        return { lookAgainAt: null };
      });
      await until(() => seen.length === 3, 25_000);
      await idle(queue);
      expect(seen.sort()).toEqual([1, 2, 3]);
    });
  });
}
