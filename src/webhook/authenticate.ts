/** Is this request GitLab's? Decided on its headers and raw bytes, before anything is parsed. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** `signing`: `whsec_…` tokens (GitLab 19.0 and later); `tokens`: values of `X-Gitlab-Token`. Several while rotating. */
export interface HookSecrets {
  readonly signing: readonly string[];
  readonly tokens: readonly string[];
}

/** What the headers alone say; a signature can only be judged with the body. */
export type Credentials =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'token' }
  | { readonly kind: 'signed'; readonly verify: (body: Uint8Array) => boolean };

/** `interfaces.md` §8, either way. */
export const toleranceSeconds = 300;

/**
 * Reads the credentials of one request. A request with a signature is judged by the signature alone
 * (GitLab's own advice, `gitlab-platform.md` §1.2); one without, by `X-Gitlab-Token`.
 * `nowMs` is epoch milliseconds. Reasons are for the log and hold nothing secret.
 */
export function readCredentials(
  headers: IncomingHttpHeaders,
  secrets: HookSecrets,
  nowMs: number,
): Credentials {
  const signature = text(headers['webhook-signature']);
  if (signature !== undefined) return readSignature(signature, headers, secrets.signing, nowMs);
  return readToken(text(headers['x-gitlab-token']), secrets.tokens);
}

function readToken(given: string | undefined, tokens: readonly string[]): Credentials {
  if (given === undefined) return refused('neither a signature nor X-Gitlab-Token');
  if (tokens.length === 0) return refused('not signed, and WEBHOOK_SECRET_TOKEN is not set');
  // Node reads header bytes as Latin-1; GitLab writes UTF-8.
  const matches = tokens.map((token) => same(Buffer.from(given, 'latin1'), Buffer.from(token)));
  return matches.includes(true) ? { kind: 'token' } : refused('wrong X-Gitlab-Token');
}

/** Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, a list of `v1,<base64>`, any of which may match. */
function readSignature(
  signature: string,
  headers: IncomingHttpHeaders,
  signing: readonly string[],
  nowMs: number,
): Credentials {
  if (signing.length === 0) return refused('signed, but WEBHOOK_SIGNING_TOKEN is not set');
  const id = text(headers['webhook-id']);
  const timestamp = text(headers['webhook-timestamp']);
  if (!id) return refused('signed, but without webhook-id');
  if (!timestamp || !/^\d{1,12}$/.test(timestamp)) {
    return refused('signed, but without a webhook-timestamp in Unix seconds');
  }
  const age = Math.floor(nowMs / 1000) - Number(timestamp);
  if (Math.abs(age) > toleranceSeconds) return refused(describeAge(age));

  const entries = signature.split(/\s+/).filter((entry) => entry.startsWith('v1,'));
  if (entries.length === 0) return refused('signed, but with no v1 signature');
  return {
    kind: 'signed',
    verify: (body) => {
      const expected = signing.map((token) => `v1,${sign(token, id, timestamp, body)}`);
      const matches = expected.flatMap((one) =>
        entries.map((entry) => same(Buffer.from(one), Buffer.from(entry))),
      );
      return matches.includes(true);
    },
  };
}

/** The base64 signature of one delivery. `token` with or without its `whsec_`. */
export function sign(token: string, id: string, timestamp: string, body: Uint8Array): string {
  const key = Buffer.from(token.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
}

/** Compared by their hashes, so that the time taken tells neither content nor length. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** A resent old event may carry its old time: whoever looks for it must find why it was refused. */
function describeAge(age: number): string {
  const minutes = Math.ceil(Math.abs(age) / 60);
  const direction = age > 0 ? 'old' : 'in the future';
  return `signed about ${minutes} minutes ${direction}, more than the 5 allowed; an old event resent, or a wrong clock`;
}

function refused(reason: string): Credentials {
  return { kind: 'refused', reason };
}

function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
