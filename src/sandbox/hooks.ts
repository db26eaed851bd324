/** Sending webhooks in the background: signed, recorded, never repeated (`gitlab-platform.md` §1). */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { takeFault } from './faults.ts';
import { alertStatus, noteOutcome } from './hook-health.ts';
import type { Delivery } from './records.ts';
import type { Hook, HookTrigger, Project, World } from './world.ts';
import { stamp } from './world.ts';

/** GitLab waits ten seconds for an answer. */
const TIMEOUT_MS = 10_000;

/**
 * Standard Webhooks signature `v1,<base64>` of `{id}.{timestamp}.{body}`; the key is what stands
 * base64-encoded behind `whsec_` (`gitlab-platform.md` §1.2).
 */
export function signWebhook(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return `v1,${digest}`;
}

/**
 * Sends `payload` to every hook of the project that listens to `trigger`. Returns at once. What a hook
 * that is switched off would have been told is lost.
 */
export function fireHooks(
  world: World,
  project: Project,
  trigger: HookTrigger,
  payload: object,
): void {
  const event = eventName(trigger);
  const body = JSON.stringify(payload);
  const chain = randomUUID();
  for (const hook of project.hooks.filter((each) => each.triggers.has(trigger))) {
    if (alertStatus(world, hook) !== 'executable') continue;
    const dropped = takeFault(world, 'drop_hook', 'HOOK', event) !== null;
    const late = takeFault(world, 'delay_hook', 'HOOK', event)?.ms ?? 0;
    const copies = takeFault(world, 'double_hook', 'HOOK', event) === null ? 1 : 2;
    for (let copy = 0; copy < copies; copy += 1) {
      const delivery = record(world, hook, event, body, chain);
      world.deliveries.push(delivery);
      if (dropped) delivery.status = 'dropped';
      else void send(world, hook, delivery, late);
    }
  }
}

/** Sends to this one hook, switched off or not, as the button "Test" does; gives what became of it. */
export async function testHook(
  world: World,
  hook: Hook,
  trigger: HookTrigger,
  payload: object,
): Promise<Delivery> {
  const event = eventName(trigger);
  const delivery = record(world, hook, event, JSON.stringify(payload), randomUUID());
  world.deliveries.push(delivery);
  await send(world, hook, delivery);
  return delivery;
}

/** Resolves once nothing is under way any more, deliveries caused meanwhile included. */
export async function settled(world: World): Promise<void> {
  while (world.inFlight.size > 0) await Promise.all(world.inFlight);
}

function eventName(trigger: HookTrigger): string {
  const kind = trigger.includes('note') ? 'Note Hook' : 'Issue Hook';
  return trigger.startsWith('confidential') ? `Confidential ${kind}` : kind;
}

function record(world: World, hook: Hook, event: string, body: string, chain: string): Delivery {
  const id = randomUUID();
  const timestamp = Math.floor(world.now().getTime() / 1000);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': `GitLab/${world.version}`,
    'x-gitlab-event': event,
    'x-gitlab-instance': world.url,
    'x-gitlab-webhook-uuid': randomUUID(),
    'x-gitlab-event-uuid': chain,
    'idempotency-key': id,
  };
  if (hook.token !== null) headers['x-gitlab-token'] = hook.token;
  if (hook.signingToken !== null) {
    headers['webhook-id'] = id;
    headers['webhook-timestamp'] = String(timestamp);
    headers['webhook-signature'] = signWebhook(hook.signingToken, id, timestamp, body);
  }
  const { id: hookId, url } = hook;
  return { id, hookId, event, url, headers, body, at: stamp(world), status: 'pending', code: null };
}

function send(world: World, hook: Hook, delivery: Delivery, lateMs = 0): Promise<void> {
  const work = post(delivery, world.closing.signal, lateMs)
    .then(() => noteOutcome(world, hook, delivery.status === 'delivered'))
    .finally(() => world.inFlight.delete(work));
  world.inFlight.add(work);
  return work;
}

async function post(delivery: Delivery, closing: AbortSignal, lateMs: number): Promise<void> {
  try {
    if (lateMs > 0) await delay(lateMs, undefined, { signal: closing });
    const response = await fetch(delivery.url, {
      method: 'POST',
      headers: delivery.headers,
      body: delivery.body,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), closing]),
    });
    await response.arrayBuffer();
    delivery.code = response.status;
    delivery.status = response.status < 400 ? 'delivered' : 'failed';
  } catch {
    delivery.status = 'failed';
  }
}
