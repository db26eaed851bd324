/** Whether the disk under the embedded queue has room enough to write on, asked before each query. */
import { statfsSync } from 'node:fs';
import { readCause } from './cause.ts';
import { QueueError } from './queue-error.ts';
import type { QueueLog } from './queue-log.ts';

/**
 * PostgreSQL takes new journal in pieces of 16 MB, and one that does not fit makes PGlite spin for
 * ever inside the next commit; nothing in the process runs any more. So it is not let come to that:
 * this much has to be free for a query to begin, which leaves a piece of journal, what a start after
 * a crash writes, and as much again for others that write to the same disk meanwhile.
 */
export const ROOM_BYTES = 64 * 1024 * 1024;
const MB = 1024 * 1024;

export interface Room {
  /** True when there is too little room; says so in the log, once, and once more when there is room again. */
  short(): boolean;
  /** Throws an error with code `ENOSPC` when there is too little. */
  demand(): void;
}

/** Looks at the file system that holds `folder`, which has to exist. Asking costs some microseconds. */
export function watchRoom(folder: string, log: QueueLog): Room {
  let told = false;
  function short(): boolean {
    const free = freeBytes(folder);
    const tooLittle = free !== null && free < ROOM_BYTES;
    if (tooLittle === told) return told;
    told = tooLittle;
    if (tooLittle) {
      const fields = { folder, freeMb: Math.floor((free ?? 0) / MB), neededMb: ROOM_BYTES / MB };
      log.error(
        fields,
        'The disk that holds DATA_DIR is full, so no hook is taken and no issue is worked on. Make room there: it then goes on by itself, and the sweep finds what was turned away.',
      );
    } else {
      log.warn({ folder }, 'There is room on the disk that holds DATA_DIR again; work goes on.');
    }
    return told;
  }
  return {
    short,
    demand: () => {
      if (short()) throw noRoom();
    },
  };
}

/** For a start, before anything is touched. Throws `QueueError`: whoever starts it again may find room. */
export function demandRoomToStart(folder: string): void {
  const free = freeBytes(folder);
  if (free === null || free >= ROOM_BYTES) return;
  throw new QueueError(
    'unreachable',
    `The queue cannot be started in ${folder} (${readCause(noRoom())}). ${ROOM_BYTES / MB} MB have to be free there, and ${Math.floor(free / MB)} MB are; make room, or set DATA_DIR to another disk.`,
  );
}

/** What this user may still write; null where the system cannot say. */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

function noRoom(): Error {
  return Object.assign(new Error('too little room on the disk'), { code: 'ENOSPC' });
}
