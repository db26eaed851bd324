/** What became of a webhook's last deliveries, and of a test that was just sent. */
import type { DeliveryFacts } from '../gitlab/doctor/hooks.ts';
import type { ProjectFacts } from '../gitlab/doctor/project.ts';
import { type Finding, findingsOn } from './finding.ts';

const CHECK = 'webhook deliveries';
const MINUTE_MS = 60_000;

export interface Delivered {
  readonly hookId: number;
  /** Newest first, without the test; null where GitLab does not tell. */
  readonly last: readonly DeliveryFacts[] | null;
  /** Whether the test that doctor was asked to send arrived; null: none was sent. */
  readonly test: boolean | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Where GitLab tells nothing of later deliveries, a failed one stays the newest, whatever was mended since. */
export function checkDeliveries(
  project: ProjectFacts,
  { hookId, last, test, now }: Delivered,
): Finding {
  const { fine, info, failed } = findingsOn(project.path);
  const page = `${project.url}/-/hooks/${hookId}/edit`;
  if (test === true) return fine(CHECK, 'the test that GitLab has just sent arrived');
  if (last === null) return info(CHECK, `this GitLab does not tell: look at ${page}`);
  const [newest] = last;
  if (newest === undefined) return info(CHECK, 'none in the last days');
  const bad = last.filter((each) => !isSuccess(each));
  const counted = `${bad.length} of the last ${last.length} failed`;
  if (bad.length === 0) return fine(CHECK, `the last ${last.length} arrived`);
  if (isSuccess(newest)) return info(CHECK, `${counted} (${bad[0]?.status}); the newest arrived`);
  const { what, mend, mended } = remedy(newest.status, page);
  const found = `${counted}; the newest delivery${age(newest, now)} ${what}`;
  return test === false
    ? failed(
        CHECK,
        `${found}; GitLab was asked for a test just now, and that did not arrive either or was not sent`,
        mend,
      )
    : failed(CHECK, found, `${mend}; if you ${mended} since, send a delivery: ${howToTest(page)}`);
}

/** Whether there is something to mend, so that a test tells more than the list does. */
export function hasFailed(last: readonly DeliveryFacts[] | null): boolean {
  const [newest] = last ?? [];
  return newest !== undefined && !isSuccess(newest);
}

export function howToTest(page: string): string {
  return `run scoping-bot doctor --send-test, or press Test → Issues events at ${page}`;
}

function remedy(status: string, page: string) {
  const what = status === 'internal error' ? 'got no answer' : `was answered ${status}`;
  if (status === '401') {
    return {
      what: `${what}: the bot holds another secret than the webhook`,
      mend: `give the webhook (${page}) and WEBHOOK_SIGNING_TOKEN (or WEBHOOK_SECRET_TOKEN) the same value and restart the bot`,
      mended: 'mended the secret',
    };
  }
  if (status === '404') {
    const mend = `correct the URL, which ends in /webhooks/gitlab, at ${page}`;
    return { what, mend, mended: 'corrected it' };
  }
  if (status === '503') {
    return { what, mend: 'look at the queue and at /readyz of the bot', mended: 'mended that' };
  }
  const mend = `see that the bot runs and GitLab reaches it; what GitLab got stands at ${page}`;
  return { what, mend, mended: 'mended that' };
}

/** `, 12 minutes ago,`; empty where it is not known. */
function age({ answeredAt }: DeliveryFacts, now: number): string {
  if (answeredAt === null) return '';
  const minutes = Math.floor((now - answeredAt) / MINUTE_MS);
  if (minutes < 1) return ', less than a minute ago,';
  if (minutes < 120) return `, ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago,`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `, ${hours} hours ago,` : `, ${Math.floor(hours / 24)} days ago,`;
}

/** GitLab counts redirects as success too (`gitlab-platform.md` §1.4). */
function isSuccess({ status }: DeliveryFacts): boolean {
  return /^[23]\d\d$/.test(status);
}
