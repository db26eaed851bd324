/** The faults of GitLab and of the way to it, thrown in at random while people work. */
import type { Chance } from './chance.ts';
import type { Fault } from './records.ts';
import type { World } from './world.ts';

/** Distributed, so that each kind keeps its own fields. */
type Kind = Fault extends infer F ? (F extends Fault ? Omit<F, 'times'> : never) : never;

const hookFaults = {
  drop_hook: 'hook lost',
  double_hook: 'hook doubled',
  delay_hook: 'hook late',
} as const;

/** Waiting at once; more would only pile up behind each other. */
const most = 6;

const notes = { method: 'POST', route: '/projects/:id/issues/:iid/notes' } as const;
const issue = { method: 'PUT', route: '/projects/:id/issues/:iid' } as const;

/** How often each comes up, and what it is. */
function kinds(luck: Chance): readonly (readonly [number, Kind])[] {
  return [
    [4, { kind: 'answer', status: luck.of([500, 502, 503, 504]), when: 'before' }],
    [3, { kind: 'answer', status: 502, when: 'after', ...luck.of([notes, issue]) }],
    [3, { kind: 'hang_up', when: 'after', ...luck.of([notes, issue]) }],
    [3, { kind: 'late', ms: 200 + luck.below(800), ...luck.of([notes, issue]) }],
    [2, { kind: 'hang_up', when: 'before' }],
    [3, { kind: 'slow', ms: 100 + luck.below(900) }],
    [1, { kind: 'rate_limited', retryAfter: 1 }],
    [6, { kind: 'drop_hook' }],
    [6, { kind: 'double_hook' }],
    [6, { kind: 'delay_hook', ms: 200 + luck.below(3_000) }],
  ] as const;
}

export interface Mischief {
  /** Throws in one more, unless enough are waiting. */
  stir(): void;
  /** Takes back what is still waiting. */
  end(): void;
  /** How many took effect, by kind. */
  counts(): ReadonlyMap<string, number>;
}

export function makeMischief(world: World, luck: Chance): Mischief {
  const thrown: { fault: Fault; key: string }[] = [];
  return {
    stir() {
      if (world.faults.filter(({ times }) => times > 0).length >= most) return;
      const all = kinds(luck).flatMap(([share, fault]) =>
        Array.from({ length: share }, () => fault),
      );
      const fault = { ...luck.of(all), times: 1 } as Fault;
      thrown.push({ fault, key: nameOf(fault) });
      world.faults.push(fault);
    },
    end() {
      for (const { fault } of thrown) if (fault.times > 0) fault.times = -1;
      world.faults.length = 0;
    },
    counts() {
      const counts = new Map<string, number>();
      for (const { fault, key } of thrown) {
        if (fault.times === 0) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    },
  };
}

function nameOf(fault: Fault): string {
  if (fault.kind === 'answer') return `${fault.status} ${fault.when} the work`;
  if (fault.kind === 'hang_up') return `cut ${fault.when} the work`;
  return { rate_limited: '429', slow: 'slow', late: 'cut, done late', ...hookFaults }[fault.kind];
}
