/** The token: whose it is, what it may do, until when. */
import type { TokenFacts } from '../gitlab/doctor/instance.ts';
import { TerminalError } from '../gitlab/errors.ts';
import { type Finding, findingsOn } from './finding.ts';
import { troubleFinding } from './trouble.ts';

const { fine, info, warning, failed } = findingsOn();
const CHECK = 'token';
const DAY_MS = 24 * 3_600_000;
/** GitLab itself sends mails 60, 30 and 7 days before. */
const SOON_DAYS = 30;
const RENEW =
  'make a new token with scope api where this one was made (Settings → Access tokens), and set GITLAB_TOKEN';

/** What the refusal of the first requests says; null when it is not about the token. */
export function checkRefusal(error: unknown): Finding | null {
  if (!(error instanceof TerminalError)) return null;
  if (error.kind === 'unauthorised' && error.status === 401) {
    return failed(
      CHECK,
      `GitLab${error.address === null ? '' : ` at ${error.address}`} refuses it (401): over, revoked or not copied whole`,
      RENEW,
      77,
    );
  }
  return troubleFinding(CHECK, error);
}

/** `facts` null: GitLab does not tell about this kind of token. */
export function checkScopes(facts: TokenFacts | null): Finding {
  const check = 'token scopes';
  if (facts === null || facts.scopes.length === 0) {
    return info(check, 'GitLab does not tell the scopes of this token; it has to have api');
  }
  const scopes = facts.scopes.join(', ');
  return facts.scopes.includes('api')
    ? fine(check, scopes)
    : failed(check, `${scopes}: without api nothing can be written`, RENEW);
}

/** `now`: milliseconds since 1970. */
export function checkExpiry(facts: TokenFacts | null, now: number): Finding {
  const check = 'token expiry';
  if (facts === null) return info(check, 'GitLab does not tell when this token ends');
  const { expiresAt } = facts;
  const end = Date.parse(`${expiresAt}T00:00:00Z`);
  if (expiresAt === null || Number.isNaN(end)) return info(check, 'no end is known');
  const days = Math.floor((end - now) / DAY_MS);
  // A token that is over is refused, so below one day it ends today, or the clocks differ.
  const left = days < 1 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`;
  const found = `ends on ${expiresAt} at 00:00 UTC, in ${left}`;
  return days < SOON_DAYS ? warning(check, found, RENEW) : fine(check, found);
}
