/** A project's webhooks in full: what each sends, how it is secured, whether it is on; `setup` and `doctor` judge by it. */
import { z } from 'zod';
import { hooksSchema, readAs } from './schema.ts';

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

const detailsSchema = z.looseObject({
  enable_ssl_verification: z.boolean().nullish(),
  custom_webhook_template: z.string().nullish(),
  token_present: z.boolean().nullish(),
  signing_token_present: z.boolean().nullish(),
});
/** `body`: a list of hooks as GitLab answers it; `request` names it. Throws `TerminalError` where it is no such list. */
export function readHooks(body: unknown, request: string): HookFound[] {
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
