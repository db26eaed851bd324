/** How much the intake holds at once; what is above it is turned away before it is read. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getHeapStatistics } from 'node:v8';
import type { Log } from '../log.ts';

export interface Limits {
  /** Bytes of bodies being received and held, over all requests. */
  readonly heldBytes: number;
  /** Issues handed to the queue that it has not answered for. */
  readonly waiting: number;
}

export interface Load {
  /** Takes a request in until its answer is out. `announced`: bytes of its body, 0 when it did not say. */
  admit(request: IncomingMessage, response: ServerResponse, announced: number): boolean;
  /** More bytes than were announced have come; false when there is no room for them. */
  grow(request: IncomingMessage, bytes: number): boolean;
  /** Whether one more may be handed to the queue. */
  mayWait(): boolean;
  /** `work` with the queue, counted until it ends, however long its sender has waited. */
  wait(work: Promise<void>): Promise<void>;
  /** One was turned away. The log hears of the first at once, of others every ten seconds at most. */
  shed(): void;
}

const megabyte = 1024 * 1024;
const tellEveryMs = 10_000;
/** Beside its body a request has headers (Node takes 16 KB of them) and a socket. */
const besideBody = 16 * 1024;

/**
 * Half of what Node may use as its heap, since Node derives that from the memory of the machine or
 * container, or was told by whoever runs it; at most 256 MB, ten of the largest hooks; and never so
 * little that the largest (`largest`, bytes) does not fit. 1,000 waiting is more than four seconds of
 * what GitLab.com sends at most to one top-level group (13,000 a minute, `gitlab-platform.md` §1.3).
 */
export function chooseLimits(
  largest: number,
  heapLimit = getHeapStatistics().heap_size_limit,
): Limits {
  const share = Math.min(256 * megabyte, Math.floor(heapLimit / 2));
  return { heldBytes: Math.max(share, largest + besideBody), waiting: 1_000 };
}

/** `now` in epoch milliseconds. */
export function createLoad(limits: Limits, log: Log, now: () => number): Load {
  const held = new WeakMap<IncomingMessage, number>();
  let heldBytes = 0;
  let waiting = 0;
  let untold = 0;
  let toldAt = Number.NEGATIVE_INFINITY;

  const take = (request: IncomingMessage, bytes: number): boolean => {
    if (heldBytes + bytes > limits.heldBytes) return false;
    heldBytes += bytes;
    held.set(request, (held.get(request) ?? 0) + bytes);
    return true;
  };
  const mayWait = (): boolean => waiting < limits.waiting;

  return {
    mayWait,
    // Of a request that was never admitted (to another page) the body is small.
    grow: (request, bytes) => !held.has(request) || take(request, bytes),
    admit(request, response, announced) {
      if (!mayWait() || !take(request, besideBody + announced)) return false;
      const giveBack = (): void => {
        heldBytes -= held.get(request) ?? 0;
        held.delete(request);
      };
      // Both, since a connection that breaks off never finishes its answer.
      response.once('finish', giveBack).once('close', giveBack);
      return true;
    },
    async wait(work) {
      waiting += 1;
      try {
        await work;
      } finally {
        waiting -= 1;
      }
    },
    shed() {
      untold += 1;
      if (now() - toldAt < tellEveryMs) return;
      log.warn({ shed: untold, heldBytes, waiting }, 'too much at once: hooks are turned away');
      toldAt = now();
      untold = 0;
    },
  };
}
