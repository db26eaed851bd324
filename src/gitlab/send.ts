/** Decides when a request goes out, how often, and what its answer means. */
import type { Budget } from './budget.ts';
import { RetryableError } from './errors.ts';
import { errorFor } from './refusal.ts';
import { gitLabOf } from './route.ts';
import { exchange, NotSent, type WireAnswer, type WireRequest } from './wire.ts';

/** One attempt on the wire, for metrics; `status` null when nothing came back. */
export interface RequestRecord {
  readonly method: string;
  /** Without ids or names, e.g. `/projects/:id/issues/:id`. */
  readonly route: string;
  readonly status: number | null;
  readonly ms: number;
  /** `RateLimit-Remaining` and `RateLimit-Limit` of the answer; null where it did not say. */
  readonly remaining: number | null;
  readonly limit: number | null;
}

export interface SendOptions {
  readonly budget: Budget;
  /** The longest that a call waits for the budget by itself; above that it fails with `retryAfterMs`. */
  readonly patienceMs: number;
  /** How often a read, or a write that never left, is sent in all. */
  readonly attempts: number;
  /** How long GitLab may go on with a write after its answer was lost. */
  readonly lateWriteMs: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
  /** GitLab asked for a pause of this many milliseconds: slow the queue down. */
  readonly onPause: (ms: number) => void;
  readonly onRequest: (record: RequestRecord) => void;
}

const BACK_OFF_MS = 250;
const MOST_REDIRECTS = 3;

/** A success; `body` is parsed once and null when the answer was empty. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * Sends until it succeeds or the attempts are used up; throws `RetryableError` or `TerminalError`. After a write
 * that GitLab may still be doing, the error names the time after which its outcome can be read.
 */
export async function send(request: WireRequest, options: SendOptions): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    await awaitBudget(request, options);
    try {
      return await sendOnce(request, options);
    } catch (error) {
      const repeatable = request.method === 'GET' || error instanceof NotSent;
      const passing = error instanceof RetryableError && repeatable;
      if (!passing || attempt >= options.attempts) throw withPeace(error, options.lateWriteMs);
      // A pause that GitLab named is kept by awaitBudget; anything else backs off with jitter.
      if ((error.retryAfterMs ?? 0) > options.patienceMs) throw error;
      await options.sleep(BACK_OFF_MS * 2 ** (attempt - 1) * (0.5 + options.random()));
    }
  }
}

function withPeace(error: unknown, lateWriteMs: number): unknown {
  if (!(error instanceof RetryableError && error.mayStillBeDone())) return error;
  const { message, status, lostAnswer, address } = error;
  const retryAfterMs = Math.max(error.retryAfterMs ?? 0, lateWriteMs);
  return new RetryableError(message, { status, lostAnswer, retryAfterMs, address });
}

/**
 * Waits out a short pause; a long one goes back to the queue, which has better things to do meanwhile. New
 * notes also wait for their own pace.
 */
async function awaitBudget(request: WireRequest, options: SendOptions): Promise<void> {
  const { budget, now } = options;
  const isNote = createsNote(request);
  let patience = options.patienceMs;
  for (;;) {
    const pause = budget.waitMs(now());
    let wait = Math.max(pause, isNote ? budget.notes.waitMs(now()) : 0);
    if (wait === 0 && isNote) wait = await budget.notes.claim(now());
    if (wait === 0) return;
    if (wait > patience) throw tooLong(request, wait, pause, options);
    patience -= wait;
    await options.sleep(wait);
  }
}

/** Edits do not count against GitLab's limit (`gitlab-platform.md` §3.6). */
function createsNote({ method, route }: WireRequest): boolean {
  return method === 'POST' && route.endsWith('/notes');
}

function tooLong(
  { method, route }: WireRequest,
  wait: number,
  pause: number,
  { budget, now }: SendOptions,
): RetryableError {
  const [who, retryAfterMs] =
    pause === wait
      ? ['GitLab wants', wait]
      : ["The bot's own pace for notes wants", budget.notes.promiseMs(now(), wait)];
  return new RetryableError(
    `${who} ${Math.ceil(retryAfterMs / 1000)} s of peace before ${method} ${route}.`,
    { retryAfterMs },
  );
}

async function sendOnce(request: WireRequest, options: SendOptions): Promise<Answer> {
  let url = request.url;
  for (let hop = 0; ; hop += 1) {
    const wire = await exchangeCounted({ ...request, url }, options);
    const pause = options.budget.observe(wire.headers, wire.status, options.now());
    if (pause > 0) options.onPause(pause);
    const next = readRedirect(wire, url, request.method);
    if (next !== null && hop < MOST_REDIRECTS) {
      url = next;
      continue;
    }
    if (wire.status >= 200 && wire.status < 300) return readSuccess(wire, request);
    throw errorFor({
      status: wire.status,
      method: request.method,
      route: request.route,
      address: gitLabOf(url),
      body: parseJson(wire.text),
      waitMs: pausing(wire.status) ? options.budget.waitMs(options.now()) : 0,
    });
  }
}

function pausing(status: number): boolean {
  return status === 429 || status === 503;
}

async function exchangeCounted(request: WireRequest, options: SendOptions): Promise<WireAnswer> {
  const { method, route } = request;
  const started = options.now();
  let answer: WireAnswer | null = null;
  try {
    answer = await exchange(request);
    return answer;
  } finally {
    options.onRequest({
      method,
      route,
      status: answer?.status ?? null,
      ms: options.now() - started,
      remaining: readFigure(answer, 'ratelimit-remaining'),
      limit: readFigure(answer, 'ratelimit-limit'),
    });
  }
}

function readFigure(answer: WireAnswer | null, header: string): number | null {
  const text = answer?.headers.get(header)?.trim() ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** GitLab redirects reads of a renamed project; followed on the same origin only, so the token stays there. */
function readRedirect(wire: WireAnswer, from: URL, method: string): URL | null {
  const location = wire.headers.get('location');
  if (method !== 'GET' || wire.status < 300 || wire.status > 399 || location === null) return null;
  const to = URL.canParse(location, from.href) ? new URL(location, from) : null;
  return to !== null && to.origin === from.origin ? to : null;
}

function readSuccess(wire: WireAnswer, request: WireRequest): Answer {
  const { status, headers } = wire;
  if (wire.text === '') return { status, headers, body: null };
  const body = parseJson(wire.text);
  if (body !== undefined) return { status, headers, body };
  throw new RetryableError(
    `The answer to ${request.method} ${request.route} is not GitLab's: something between here and there spoke instead.`,
    { status, lostAnswer: request.method !== 'GET' },
  );
}

/** Undefined when it is not JSON; the parser's own message would quote the text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
