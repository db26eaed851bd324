/** How much the intake holds at once; what is above it is turned away before it is read. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getHeapStatistics } from 'node:v8';
import type { Log } from '../log.ts';
import { tellSeldom } from './seldom.ts';

export interface Limits {
  /** Bytes of bodies being received and held, over all requests. */
  readonly heldBytes: number;
  /** The part of it that large bodies (over 1 MB) may have, so that they never keep ordinary ones out. */
  readonly largeBytes: number;
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
  /** Bytes held now. */
  heldBytes(): number;
  /** One was turned away. The log hears of the first at once, of others every ten seconds at most. */
  shed(): void;
}

const megabyte = 1024 * 1024;
const tellEveryMs = 10_000;
/** Few honest hooks are larger: an issue has to be described in more than 300,000 characters. */
const largeFrom = megabyte;
/** What ordinary hooks have for themselves even in the smallest process. */
const leastForOrdinary = 4 * megabyte;
/** Beside its body a request has headers (Node takes 16 KB of them) and a socket. */
const besideBody = 16 * 1024;

/**
 * Half of what Node may use as its heap, since Node derives that from the memory of the machine or
 * container, or was told by whoever runs it; at most 256 MB, ten of the largest hooks; and never so
 * little that the largest (`largest`, bytes) does not fit. Large ones have half of it. 1,000 waiting is more than four seconds of
 * what GitLab.com sends at most to one top-level group (13,000 a minute, `gitlab-platform.md` §1.3).
 */
export function chooseLimits(
  largest: number,
  heapLimit = getHeapStatistics().heap_size_limit,
): Limits {
  const share = Math.min(256 * megabyte, Math.floor(heapLimit / 2));
  const largeBytes = Math.max(Math.floor(share / 2), largest + besideBody);
  return { heldBytes: Math.max(share, largeBytes + leastForOrdinary), largeBytes, waiting: 1_000 };
}

/** `now` in epoch milliseconds. */
export function createLoad(limits: Limits, log: Log, now: () => number): Load {
  const held = new WeakMap<IncomingMessage, number>();
  const shedding = tellSeldom(tellEveryMs, now);
  let heldBytes = 0;
  let largeBytes = 0;
  let waiting = 0;

  /** Gives a request so many bytes in all; false when there is no room. */
  const hold = (request: IncomingMessage, bytes: number): boolean => {
    const before = held.get(request) ?? 0;
    const all = heldBytes - before + bytes;
    const large = largeBytes - asLarge(before) + asLarge(bytes);
    const grows = bytes > before;
    if (grows && all > limits.heldBytes) return false;
    if (grows && asLarge(bytes) > 0 && large > limits.largeBytes) return false;
    heldBytes = all;
    largeBytes = large;
    held.set(request, bytes);
    return true;
  };
  const mayWait = (): boolean => waiting < limits.waiting;

  return {
    mayWait,
    // Of a request that was never admitted (to another page) the body is small.
    grow(request, bytes) {
      const before = held.get(request);
      return before === undefined || hold(request, before + bytes);
    },
    admit(request, response, announced) {
      if (!mayWait() || !hold(request, besideBody + announced)) return false;
      const giveBack = (): void => {
        hold(request, 0);
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
    heldBytes: () => heldBytes,
    shed() {
      const count = shedding.one();
      if (count === null) return;
      log.warn(
        { shed: count, heldBytes, largeBytes, waiting },
        'too much at once: hooks are turned away',
      );
    },
  };
}

/** All of a large one counts as such, nothing of an ordinary one. */
function asLarge(bytes: number): number {
  return bytes > besideBody + largeFrom ? bytes : 0;
}
