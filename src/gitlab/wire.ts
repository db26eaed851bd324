/** One HTTP exchange: sends, reads the whole answer within a time and a size, and names what went wrong. */
import { RetryableError, TerminalError } from './errors.ts';
import { gitLabOf } from './route.ts';

export interface WireRequest {
  readonly url: URL;
  readonly method: string;
  readonly route: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A request that certainly never reached GitLab, so that even a write may be sent again. */
export class NotSent extends RetryableError {}

/** Failures before the first byte went out. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Sends once and reads the answer, whatever its status. Redirects are not followed: fetch would carry
 * the token along to another host and turn a POST into a GET.
 * Throws `RetryableError` (`NotSent` when it is safe to repeat a write) or `TerminalError`.
 */
export async function exchange(request: WireRequest): Promise<WireAnswer> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const text = await readText(response, request);
    return { status: response.status, headers: response.headers, text };
  } catch (error) {
    throw classify(error, request);
  }
}

async function readText(response: Response, request: WireRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > request.maxBytes) throw tooLarge(request);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
}

function tooLarge({ method, route, maxBytes }: WireRequest): TerminalError {
  return new TerminalError(
    'refused',
    0,
    `The answer to ${method} ${route} is larger than ${maxBytes} bytes: whoever runs the bot should look what stands there.`,
  );
}

/** Never hands the original error on: undici puts header values, the token among them, into some messages. */
function classify(error: unknown, request: WireRequest): RetryableError | TerminalError {
  if (error instanceof TerminalError) return error;
  const what = `${request.method} ${request.route}`;
  const lostAnswer = request.method !== 'GET';
  const address = gitLabOf(request.url);
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    const seconds = request.timeoutMs / 1000;
    return new RetryableError(`GitLab did not answer ${what} within ${seconds} s.`, {
      lostAnswer,
      address,
    });
  }
  const code = codeOf(error);
  if (BEFORE_SENDING.has(code)) {
    return new NotSent(`GitLab cannot be reached for ${what} (${code}).`, { address });
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL/.test(code)) {
    return new NotSent(
      `GitLab's certificate is not trusted (${code}): whoever runs the bot can name the authority in NODE_EXTRA_CA_CERTS.`,
      { address },
    );
  }
  return new RetryableError(`The connection to GitLab broke during ${what} (${code}).`, {
    lostAnswer,
    address,
  });
}

/** The system's or undici's error code; a fetch to several addresses gives several causes. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : null;
  const first = cause instanceof AggregateError ? (cause.errors[0] ?? cause) : cause;
  for (const each of [cause, first]) {
    if (typeof each !== 'object' || each === null || !('code' in each)) continue;
    if (typeof each.code === 'string' && /^[A-Z0-9_]+$/.test(each.code)) return each.code;
  }
  return 'no code';
}
