/** A project's webhooks in full, and what became of their last deliveries; for Maintainers only. */
import { z } from 'zod';
import { TerminalError } from '../errors.ts';
import { type HookFound, readHooks } from '../hook-facts.ts';
import type { Resources } from '../resources.ts';
import { readAs } from '../schema.ts';

export interface HookLook {
  /** Null when the token may not look (403, 404). */
  listHooks(projectId: number): Promise<readonly HookFound[] | null>;
  /** At most the last five deliveries, newest first; null where GitLab does not tell (before 17.3). */
  lastDeliveries(projectId: number, hookId: number): Promise<readonly DeliveryFacts[] | null>;
}

export interface DeliveryFacts {
  /** Such as `200`, `503`, `internal error` (no answer). */
  readonly status: string;
  /** When it was answered, by the clock of whoever answered (GitLab tells no time of its own), in milliseconds since 1970; null: not known. */
  readonly answeredAt: number | null;
}

const eventsSchema = z.array(
  z
    .object({
      response_status: z.union([z.string(), z.number()]).nullish(),
      response_headers: z.record(z.string(), z.unknown()).nullish().catch(null),
    })
    .transform(({ response_status, response_headers }): DeliveryFacts => {
      const headers = Object.entries(response_headers ?? {});
      const date = headers.find(([name]) => name.toLowerCase() === 'date')?.[1];
      const answeredAt = typeof date === 'string' ? Date.parse(date) : Number.NaN;
      return {
        status: String(response_status ?? 'internal error'),
        answeredAt: Number.isNaN(answeredAt) ? null : answeredAt,
      };
    }),
);
/** Each row holds a whole payload, so few are asked for. */
const DELIVERIES = 5;

/** Throws `RetryableError` or `TerminalError` and nothing else. */
export function openHookLook(api: Resources): HookLook {
  return {
    listHooks: (projectId) =>
      nullWhenHidden(async () => {
        const hooks: HookFound[] = [];
        for await (const page of api.pages(`projects/${projectId}/hooks`)) {
          hooks.push(...readHooks(page.items, 'GET /projects/:id/hooks'));
        }
        return hooks;
      }),
    lastDeliveries: (projectId, hookId) =>
      nullWhenHidden(async () => {
        const { body } = await api.projects.requester.get(
          `projects/${projectId}/hooks/${hookId}/events`,
          { searchParams: { per_page: DELIVERIES } },
        );
        return readAs(eventsSchema, body, 'GET /projects/:id/hooks/:id/events');
      }),
  };
}

async function nullWhenHidden<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    const hidden =
      error instanceof TerminalError && ['forbidden', 'not_found'].includes(error.kind);
    if (hidden) return null;
    throw error;
  }
}
