/** A server with everything around it in memory, and deliveries to send to it. */
import { createHmac } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import type { IssueRef } from '../../src/core/model.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { ServerOptions } from '../../src/webhook/ports.ts';
import { buildServer } from '../../src/webhook/server.ts';
import { keepSaid } from '../support/said.ts';

export const signingToken = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
export const olderSigningToken = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
export const secretToken = 'canary-secret-token';
export const olderSecretToken = 'canary-older-token';
/** 2026-06-01 12:00:00 UTC. */
export const now = 1_780_315_200_000;
export const bot = { id: 900, username: 'project_5_bot_abc' };

/** `queued` and `lines` fill up while the server works. */
export function givenServer(options: Partial<ServerOptions> = {}) {
  const queued: IssueRef[] = [];
  const lines: string[] = [];
  const metrics = createMetrics({ processMetrics: false });
  const app = buildServer({
    log: createLog('trace', {
      write: (line) => {
        keepSaid(line);
        lines.push(line);
      },
    }),
    hookSecrets: {
      signing: [signingToken, olderSigningToken],
      tokens: [secretToken, olderSecretToken],
    },
    accepts: () => true,
    enqueue: async (ref) => {
      queued.push(ref);
    },
    ready: async () => [],
    metrics,
    bot: () => bot,
    now: () => now,
    ...options,
  });
  return { app, queued, lines, metrics };
}

/** A delivery with the secret token; `body` as text, bytes or anything that becomes JSON. */
export function delivery(
  body: unknown,
  event: string | null = 'Issue Hook',
  headers: Record<string, string> = {},
): InjectOptions & { method: 'POST'; headers: Record<string, string>; payload: Buffer } {
  return {
    method: 'POST',
    url: '/webhooks/gitlab',
    payload: bytes(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': '0b8a5d0e-7b43-4f0c-9d8e-000000000001',
      'x-gitlab-token': secretToken,
      ...(event !== null && { 'x-gitlab-event': event }),
      ...headers,
    },
  };
}

/** The three headers of GitLab 19.0; `at` in epoch milliseconds. Written out here, not taken from the code under test. */
export function signed(
  body: unknown,
  { token = signingToken, id = 'msg_1', at = now, version = 'v1' } = {},
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(token.slice('whsec_'.length), 'base64');
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), bytes(body)]);
  const signature = createHmac('sha256', key).update(content).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `${version},${signature}`,
  };
}

function bytes(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** An issue hook as GitLab 19 sends it, as far as it matters. */
export function issueHook(attributes: Record<string, unknown> = {}, top: object = {}) {
  return {
    object_kind: 'issue',
    event_type: 'issue',
    user: { id: 11, username: 'sa-one', name: 'SA One' },
    project: { id: 5, path_with_namespace: 'acme/ps/scoping' },
    object_attributes: {
      id: 1007,
      iid: 7,
      project_id: 5,
      type: 'Issue',
      action: 'update',
      ...attributes,
    },
    labels: [],
    changes: {},
    ...top,
  };
}

export function noteHook(attributes: Record<string, unknown> = {}, top: object = {}) {
  return {
    object_kind: 'note',
    event_type: 'note',
    user: { id: 11, username: 'sa-one', name: 'SA One' },
    project_id: 5,
    project: { id: 5, path_with_namespace: 'acme/ps/scoping' },
    object_attributes: {
      id: 31,
      note: '/scoping help',
      noteable_type: 'Issue',
      noteable_id: 1007,
      author_id: 11,
      system: false,
      action: 'create',
      ...attributes,
    },
    issue: { id: 1007, iid: 7, project_id: 5, type: 'Issue' },
    ...top,
  };
}
