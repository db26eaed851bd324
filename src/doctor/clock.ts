/** Whether this machine's clock agrees with GitLab's: a signature older than five minutes is refused (`interfaces.md` §8). */
import type { ClockReading } from '../gitlab/doctor/instance.ts';
import { toleranceSeconds } from '../webhook/authenticate.ts';
import { type Finding, findingsOn } from './finding.ts';

const { fine, info, warning, failed } = findingsOn();
const CHECK = 'clock';
/** Above this a hook has little time left to be late. */
const NOTABLE_S = 60;
/** `Date` is cut to whole seconds. */
const HALF_A_SECOND_MS = 500;
const ADVICE =
  'set it by the network: timedatectl set-ntp true (or chrony, or what your hosting has)';

/** `signed`: webhooks are signed, so their age counts. */
export function checkClock(reading: ClockReading | null, signed: boolean): Finding {
  if (reading === null) return info(CHECK, 'GitLab sent no Date, so the clocks cannot be compared');
  const { theirs, askedAt, answeredAt } = reading;
  const ours = (askedAt + answeredAt) / 2;
  const seconds = Math.round((ours - theirs - HALF_A_SECOND_MS) / 1_000);
  const off = `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} GitLab's`;
  if (Math.abs(seconds) > toleranceSeconds && signed) {
    const found = `${off}; signed webhooks are refused beyond ${toleranceSeconds} s`;
    return failed(CHECK, found, ADVICE);
  }
  if (Math.abs(seconds) > NOTABLE_S) return warning(CHECK, off, ADVICE);
  return fine(CHECK, `within ${Math.max(1, Math.abs(seconds))} s of GitLab's`);
}
