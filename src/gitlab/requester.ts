/** Our transport under gitbeaker: short timeouts, reads repeated, writes never, one budget for all (`gitlab-platform.md` §6). */
import { createRequesterFn } from '@gitbeaker/requester-utils';
import { TerminalError } from './errors.ts';
import { routeOf } from './route.ts';
import { type SendOptions, send } from './send.ts';
import type { WireRequest } from './wire.ts';

export interface TransportOptions extends SendOptions {
  /** For each attempt, first to last byte. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly userAgent: string;
}

/**
 * A `requesterFn` for gitbeaker's resources. Every call gives `{ body, headers, status }` of a success,
 * `body` parsed once and null when empty, or throws `RetryableError` or `TerminalError`.
 */
export function openTransport(options: TransportOptions): ReturnType<typeof createRequesterFn> {
  return createRequesterFn(
    (_resource, request) => Promise.resolve(request),
    async (endpoint, given = {}) => {
      const answer = await send(prepare(endpoint, given, options), options);
      return {
        body: answer.body as Record<string, unknown> | null,
        headers: Object.fromEntries(answer.headers.entries()),
        status: answer.status,
      };
    },
  );
}

function prepare(
  endpoint: string,
  given: Record<string, unknown>,
  options: TransportOptions,
): WireRequest {
  const base = String(given.prefixUrl).replace(/\/*$/, '/');
  const url = new URL(endpoint, base);
  if (typeof given.searchParams === 'string') url.search = given.searchParams;
  const method = typeof given.method === 'string' ? given.method : 'GET';
  // Only these headers: above all never X-Gitlab-Event-UUID, which would make GitLab swallow hooks (§1.1).
  const headers: Record<string, string> = {
    accept: 'application/json',
    'user-agent': options.userAgent,
  };
  for (const [name, value] of Object.entries((given.headers ?? {}) as Record<string, string>)) {
    if (name === 'private-token' || name === 'content-type') headers[name] = value;
  }
  const body = method === 'DELETE' || typeof given.body !== 'string' ? undefined : given.body;
  if (body === undefined) delete headers['content-type'];
  const path = url.pathname.replace(/^.*?\/api\/v4\//, '');
  const { timeoutMs, maxBytes } = options;
  return { url, method, route: routeOf(path), headers, body, timeoutMs, maxBytes };
}

/** A token that cannot stand in a header would otherwise come back inside fetch's error message. */
export function checkToken(token: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return;
  throw new TerminalError(
    'unauthorised',
    0,
    'GITLAB_TOKEN holds spaces or signs that no token has: whoever runs the bot must copy it again.',
  );
}
