/** A project's webhooks in full, and what became of their last deliveries; for Maintainers only. */
import { z } from 'zod';
import { TerminalError } from '../errors.ts';
import type { Resources } from '../resources.ts';
import { readAs } from '../schema.ts';

/** The triggers by which the bot hears of issues and comments (`gitlab-platform.md` §2). */
export const triggers = [
  'issues_events',
  'confidential_issues_events',
  'note_events',
  'confidential_note_events',
] as const;
export type Trigger = (typeof triggers)[number];

export interface HookFacts {
  readonly id: number;
  readonly url: string;
  readonly state: 'executable' | 'temporarily_disabled' | 'disabled';
  /** ISO time at which it is on again by itself. */
  readonly until: string | null;
  readonly triggers: ReadonlySet<Trigger>;
  /** Null where GitLab does not tell: the secret before 18, the signing token before 19.0. */
  readonly hasSecret: boolean | null;
  readonly signs: boolean | null;
  readonly customTemplate: boolean;
}

export interface HookLook {
  /** Null when the token may not look (403, 404). */
  listHooks(projectId: number): Promise<readonly HookFacts[] | null>;
  /** Statuses of at most the last five deliveries, newest first, such as `200`, `503`, `internal error`; null where GitLab does not tell (before 17.3). */
  lastStatuses(projectId: number, hookId: number): Promise<readonly string[] | null>;
}

const flag = z.boolean().nullish();
const hooksSchema = z.array(
  z
    .object({
      id: z.number(),
      url: z.string(),
      alert_status: z.string().nullish(),
      disabled_until: z.string().nullish(),
      issues_events: flag,
      confidential_issues_events: flag,
      note_events: flag,
      confidential_note_events: flag,
      token_present: flag,
      signing_token_present: flag,
      custom_webhook_template: z.string().nullish(),
    })
    .transform((hook): HookFacts => {
      const off = (['temporarily_disabled', 'disabled'] as const).find(
        (state) => state === hook.alert_status,
      );
      return {
        id: hook.id,
        url: hook.url,
        state: off ?? 'executable',
        until: hook.disabled_until ?? null,
        triggers: new Set(triggers.filter((trigger) => hook[trigger] === true)),
        hasSecret: hook.token_present ?? null,
        signs: hook.signing_token_present ?? null,
        customTemplate: (hook.custom_webhook_template ?? '') !== '',
      };
    }),
);

const eventsSchema = z.array(
  z.object({ response_status: z.union([z.string(), z.number()]).nullish() }),
);
/** Each row holds a whole payload, so few are asked for. */
const DELIVERIES = 5;

/** Throws `RetryableError` or `TerminalError` and nothing else. */
export function openHookLook(api: Resources): HookLook {
  return {
    listHooks: (projectId) =>
      nullWhenHidden(async () => {
        const hooks: HookFacts[] = [];
        for await (const page of api.pages(`projects/${projectId}/hooks`)) {
          hooks.push(...readAs(hooksSchema, page.items, 'GET /projects/:id/hooks'));
        }
        return hooks;
      }),
    lastStatuses: (projectId, hookId) =>
      nullWhenHidden(async () => {
        const { body } = await api.projects.requester.get(
          `projects/${projectId}/hooks/${hookId}/events`,
          { searchParams: { per_page: DELIVERIES } },
        );
        const events = readAs(eventsSchema, body, 'GET /projects/:id/hooks/:id/events');
        return events.map(({ response_status }) => String(response_status ?? 'internal error'));
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
