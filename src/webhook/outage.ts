/** A queue that takes nothing is told twice: when it begins, and how much was refused when it is over. */
import type { IssueRef } from '../core/model.ts';
import type { Log } from '../log.ts';

export interface Outage {
  /** The queue did not take this issue. */
  refused(ref: IssueRef, error: unknown): void;
  /** The queue took one. */
  taken(): void;
}

/** A queue at its limit takes one and refuses the next: that is one outage, not many. */
const quietMs = 10_000;

/** Over when an issue is taken and none was refused for ten seconds. `now` in milliseconds. */
export function watchOutage(log: Log, now: () => number): Outage {
  let refused = 0;
  let begun = 0;
  let last = 0;
  return {
    refused(ref, error) {
      last = now();
      if (refused === 0) {
        begun = last;
        // GitLab does not send again; the next sweep finds the issues.
        log.error(
          { err: error, ...ref },
          'the queue takes no hooks; the sweep will find the issues',
        );
      }
      refused += 1;
    },
    taken() {
      if (refused === 0 || now() - last < quietMs) return;
      const seconds = Math.round((last - begun) / 1_000);
      log.warn({ refused, seconds }, 'the queue takes hooks again');
      refused = 0;
    },
  };
}
