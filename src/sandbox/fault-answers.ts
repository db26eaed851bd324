/** What a fault makes the caller see. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { Fault } from './records.ts';
import type { Answer } from './routes/call.ts';
import type { World } from './world.ts';

/** The answer that a fault gives instead of doing anything; null when the request is to be carried out. */
export function failBefore(world: World, fault: Fault, reply: FastifyReply): Answer | 'cut' | null {
  if (fault.kind === 'rate_limited') return rateLimited(world, fault.retryAfter);
  if (fault.kind === 'answer' && fault.when === 'before') return failed(fault.status, fault.body);
  if (fault.kind === 'hang_up' && fault.when === 'before') return cut(reply);
  return null;
}

/** What the caller sees of an answer whose request was carried out. */
export function failAfter(fault: Fault, answer: Answer, reply: FastifyReply): Answer | 'cut' {
  if (fault.kind === 'answer' && fault.when === 'after') return failed(fault.status, fault.body);
  if (fault.kind === 'hang_up' && fault.when === 'after') return cut(reply);
  return answer;
}

/** Cuts the caller off at once and does the work `ms` later; `sandbox.settled()` waits for it. */
export function doLate(
  world: World,
  ms: number,
  reply: FastifyReply,
  work: () => Promise<unknown>,
): void {
  const done = pause(ms, undefined, { signal: world.closing.signal })
    .then(work)
    // The sandbox is being closed, or the work fails: there is nobody to tell.
    .catch(() => {})
    .then(() => void world.inFlight.delete(done));
  world.inFlight.add(done);
  cut(reply);
}

function cut(reply: FastifyReply): 'cut' {
  reply.hijack();
  reply.raw.socket?.destroy();
  return 'cut';
}

function failed(
  status: number,
  body = `<html><head><title>GitLab ${status}</title></head></html>`,
): Answer {
  return { status, body, headers: new Map([['content-type', 'text/html']]) };
}

/** With headers: the throttle in front of GitLab; without: an application limit (`gitlab-platform.md` §3.6). */
function rateLimited(world: World, retryAfter: number | null): Answer {
  if (retryAfter === null) {
    const error = 'This endpoint has been requested too many times. Try again later.';
    return { status: 429, body: { message: { error } } };
  }
  const reset = Math.floor(world.now().getTime() / 1000) + retryAfter;
  const headers = new Map([
    ['content-type', 'text/plain'],
    ['retry-after', String(retryAfter)],
    ['ratelimit-name', 'throttle_authenticated_api'],
    ['ratelimit-limit', '2000'],
    ['ratelimit-observed', '2001'],
    ['ratelimit-remaining', '0'],
    ['ratelimit-reset', String(reset)],
    ['ratelimit-resettime', new Date(reset * 1000).toUTCString()],
  ]);
  return { status: 429, body: 'Retry later\n', headers };
}
