/** When each project was last swept, for all processes that share a queue and over restarts. */
import { createHash, createHmac } from 'node:crypto';

/** What keeps times; it may forget, which costs a look at all open issues. */
export interface Times {
  /** Null: nothing is kept. */
  recall(what: string): Promise<number | null>;
  remember(what: string, at: number): Promise<void>;
}

export interface SweepMemory {
  /** When the last pass over this project that ended well began, and the last over all its open issues; in milliseconds. */
  recall(project: number): Promise<{ readonly last: number | null; readonly full: number | null }>;
  swept(project: number, began: number, full: boolean): Promise<void>;
}

/**
 * `judge()`: what decides about issues, from `fingerprint`; under another one nothing has been looked at yet. While
 * `times` do not answer, this process goes by what it did itself.
 */
export function rememberSweeps(times: Times, judge: () => string): SweepMemory {
  const own = new Map<string, number>();
  const recall = async (what: string): Promise<number | null> =>
    await times.recall(what).catch(() => own.get(what) ?? null);
  const remember = async (what: string, at: number): Promise<void> => {
    own.set(what, at);
    await times.remember(what, at).catch(() => undefined);
  };
  const lastOf = (project: number): string => `swept:${project}`;
  const fullOf = (project: number): string => `swept-all:${judge()}:${project}`;
  return {
    recall: async (project) => ({
      last: await recall(lastOf(project)),
      full: await recall(fullOf(project)),
    }),
    swept: async (project, began, full) => {
      if (full) await remember(fullOf(project), began);
      await remember(lastOf(project), began);
    },
  };
}

/** The same for the same words and key, and tells neither of them. */
export function fingerprint(words: readonly unknown[], key: string): string {
  const keyed = createHmac('sha256', key).update('scoping-bot sweep').digest('hex');
  const hash = createHash('sha256').update(JSON.stringify([...words, keyed]));
  return hash.digest('hex').slice(0, 16);
}
