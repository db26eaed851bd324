/** What a status other than 2xx means, and who must do what about it. */
import { RetryableError, TerminalError } from './errors.ts';
import { knownRefusal } from './known-refusals.ts';

/** An answer that is not a success. `body` is looked at for GitLab's own fixed words only and never repeated. */
export interface Refusal {
  readonly status: number;
  readonly method: string;
  readonly route: string;
  /** The GitLab that was asked, without credentials. */
  readonly address: string;
  readonly body: unknown;
  /** What the shared budget now says, in milliseconds; 0 when it says nothing. */
  readonly waitMs: number;
}

/** Statuses of a moment: request timeout, too early, too many requests. 501 is the 5xx that never passes. */
const PASSING = new Set([408, 425, 429]);

/** Turns a refusal into one of the two errors of this folder (`gitlab-platform.md` §3.6, §3.8). */
export function errorFor(refusal: Refusal): RetryableError | TerminalError {
  const { status, method, route, waitMs } = refusal;
  const request = `${method} ${route}`;
  if (status === 404 && !isJson(refusal.body)) {
    // GitLab's own 404 is JSON; a proxy in front of a restarting GitLab shows a page.
    return new RetryableError(
      `Something before GitLab answered 404 to ${request}; if it stays so, look at GITLAB_URL.`,
      { status, lostAnswer: method !== 'GET' },
    );
  }
  if (status < 500 ? !PASSING.has(status) : status === 501) return terminal(refusal, request);
  const asks = waitMs > 0 ? ` and wants ${Math.ceil(waitMs / 1000)} s of peace` : '';
  return new RetryableError(`GitLab answered ${status} to ${request}${asks}.`, {
    status,
    retryAfterMs: waitMs > 0 ? waitMs : null,
    // A 429 is refused before anything is done; a gateway's 5xx may hide a write that was done.
    lostAnswer: method !== 'GET' && status >= 500,
  });
}

function terminal({ status, body, address }: Refusal, request: string): TerminalError {
  if (status === 401) {
    return new TerminalError(
      'unauthorised',
      401,
      'GitLab does not accept the token (401): whoever runs the bot must make a new one with scope "api" and set GITLAB_TOKEN.',
      { address },
    );
  }
  const known = isJson(body) ? knownRefusal(body) : null;
  if (known !== null) {
    return new TerminalError(status === 403 ? 'forbidden' : 'refused', status, known);
  }
  if (status === 403) return new TerminalError('forbidden', 403, forbidden(body, request));
  if (status === 404) {
    return new TerminalError(
      'not_found',
      404,
      `GitLab shows nothing at ${request} (404): it is gone, or a project maintainer must make the bot's user a member.`,
    );
  }
  if (status < 400) {
    return new TerminalError(
      'refused',
      status,
      `GitLab sent ${request} to another address (${status}): whoever runs the bot must set GITLAB_URL to the address that answers itself.`,
    );
  }
  return new TerminalError(
    'refused',
    status,
    `GitLab turned down ${request} (${status}): whoever runs the bot should look at what this GitLab version or tier does not allow.`,
  );
}

function forbidden(body: unknown, request: string): string {
  if (!isJson(body)) {
    return `GitLab or a proxy before it blocks this machine (403 to ${request}, not in GitLab's usual form): its administrator must look whether the address is banned.`;
  }
  if ('error' in body && body.error === 'insufficient_scope') {
    return `The token's scope is too small for ${request} (403): whoever runs the bot must make one with scope "api" and set GITLAB_TOKEN.`;
  }
  return `The bot's user may not ${request} (403): a project maintainer must give it at least the role Reporter.`;
}

function isJson(body: unknown): body is object {
  return typeof body === 'object' && body !== null;
}
