/** A project's webhooks as `setup` needs them: what each sends, how it is secured, making and completing one. */
import { z } from 'zod';
import { type HookFound, type HookSecret, readHooks, TRIGGERS } from '../hook-facts.ts';
import type { Resources } from '../resources.ts';
import { readAs } from '../schema.ts';

/** All need the role Maintainer; they throw `RetryableError` or `TerminalError` and nothing else. */
export interface SetupHooks {
  list(projectId: number): Promise<readonly HookFound[]>;
  /** False before 19.0, where a signing token would be ignored in silence (`gitlab-platform.md` §1.2). */
  takesSigningTokens(): Promise<boolean>;
  /** Only the four triggers; certificates are verified. What GitLab answers tells whether it took the secret. */
  create(projectId: number, url: string, secret: HookSecret): Promise<HookFound>;
  /** Adds triggers and a secret and touches nothing else. */
  complete(
    projectId: number,
    hook: HookFound,
    add: { readonly triggers?: readonly string[]; readonly secret?: HookSecret },
  ): Promise<HookFound>;
}

const FIRST_SIGNING_VERSION = 19;

const versionSchema = z.object({ version: z.string() });

export function openSetupHooks(api: Resources): SetupHooks {
  const { requester } = api.projects;
  return {
    async list(projectId) {
      const found: HookFound[] = [];
      for await (const { items } of api.pages(`projects/${projectId}/hooks`)) {
        found.push(...readHooks(items, 'GET /projects/:id/hooks'));
      }
      return found;
    },
    async takesSigningTokens() {
      const { version } = readAs(
        versionSchema,
        (await requester.get('version', {})).body,
        'GET /version',
      );
      return Number.parseInt(version, 10) >= FIRST_SIGNING_VERSION;
    },
    async create(projectId, url, secret) {
      const body = {
        url,
        // GitLab switches pushes on unless told otherwise.
        push_events: false,
        enable_ssl_verification: true,
        ...switchedOn(TRIGGERS),
        ...inBody(secret),
      };
      const answer = await requester.post(`projects/${projectId}/hooks`, { body });
      return readHook(answer.body, 'POST /projects/:id/hooks');
    },
    async complete(projectId, { id, url }, { triggers = [], secret }) {
      // Versions before 16 want the address each time; another one would drop the secrets.
      const body = { url, ...switchedOn(triggers), ...(secret && inBody(secret)) };
      const answer = await requester.put(`projects/${projectId}/hooks/${id}`, { body });
      return readHook(answer.body, 'PUT /projects/:id/hooks/:id');
    },
  };
}

function switchedOn(triggers: readonly string[]): Record<string, true> {
  return Object.fromEntries(triggers.map((name) => [name, true as const]));
}

function inBody({ kind, value }: HookSecret): Record<string, string> {
  return kind === 'signing' ? { signing_token: value } : { token: value };
}

function readHook(body: unknown, request: string): HookFound {
  const [hook] = readHooks([body], request);
  if (hook === undefined) throw new Error('one hook in, one hook out');
  return hook;
}
