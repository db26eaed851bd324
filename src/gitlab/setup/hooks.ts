/** A project's webhooks as `setup` needs them: what each sends, how it is secured, making and completing one. */
import { z } from 'zod';
import type { Resources } from '../resources.ts';
import { hooksSchema, readAs } from '../schema.ts';

/** What the bot listens to; GitLab calls them so (`gitlab-platform.md` §2). */
export const TRIGGERS = [
  'issues_events',
  'confidential_issues_events',
  'note_events',
  'confidential_note_events',
] as const;

export interface HookSecret {
  /** `signing`: `whsec_…`, GitLab 19.0 and later. `token`: comes back in `X-Gitlab-Token`. */
  readonly kind: 'signing' | 'token';
  readonly value: string;
}

export interface HookFound {
  readonly id: number;
  readonly url: string;
  readonly state: 'executable' | 'temporarily_disabled' | 'disabled';
  /** ISO time until which it is switched off; null when there is none. */
  readonly until: string | null;
  /** Names such as `push_events` of all that is switched on. */
  readonly triggers: ReadonlySet<string>;
  readonly verifiesCertificate: boolean;
  /** The body is not GitLab's own. */
  readonly hasTemplate: boolean;
  /** Null: this GitLab does not tell (before 19.0). */
  readonly secrets: ReadonlySet<HookSecret['kind']> | null;
}

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

const detailsSchema = z.looseObject({
  enable_ssl_verification: z.boolean().nullish(),
  custom_webhook_template: z.string().nullish(),
  token_present: z.boolean().nullish(),
  signing_token_present: z.boolean().nullish(),
});
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

function readHooks(body: unknown, request: string): HookFound[] {
  const details = readAs(z.array(detailsSchema), body, request);
  return readAs(hooksSchema, body, request).map((hook, at) => {
    const {
      enable_ssl_verification: verifies,
      custom_webhook_template: template,
      token_present: token,
      signing_token_present: signing,
      ...others
    } = details[at] ?? {};
    const secrets = new Set<HookSecret['kind']>();
    if (signing === true) secrets.add('signing');
    if (token === true) secrets.add('token');
    const tells = typeof token === 'boolean' || typeof signing === 'boolean';
    const on = Object.entries(others).filter(([name, is]) => /_events$/.test(name) && is === true);
    return {
      ...hook,
      triggers: new Set(on.map(([name]) => name)),
      verifiesCertificate: verifies !== false,
      hasTemplate: (template ?? '').trim() !== '',
      secrets: tells ? secrets : null,
    };
  });
}
