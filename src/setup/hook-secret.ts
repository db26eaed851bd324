/** Which secret a webhook of ours gets: the one that is configured, else a new one that is shown once. */
import { randomBytes } from 'node:crypto';
import type { HookSecret } from '../gitlab/hook-facts.ts';
import type { SetupDone } from './step.ts';

/** As `WEBHOOK_SIGNING_TOKEN` and `WEBHOOK_SECRET_TOKEN` were read; both empty: none is configured. */
export interface ConfiguredSecrets {
  readonly signing: readonly string[];
  readonly tokens: readonly string[];
}

export interface ChosenSecret extends HookSecret {
  /** Nobody knows it yet. */
  readonly isNew: boolean;
}

/** GitLab takes keys of exactly this many bytes (`gitlab-platform.md` §1.2). */
const KEY_BYTES = 32;

const variables = {
  signing: 'WEBHOOK_SIGNING_TOKEN',
  token: 'WEBHOOK_SECRET_TOKEN',
} as const;

/** A signing token where this GitLab takes one, unless only a secret token is configured. */
export function chooseSecret(configured: ConfiguredSecrets, takesSigning: boolean): ChosenSecret {
  const onlyToken = configured.signing.length === 0 && configured.tokens.length > 0;
  return takesSigning && !onlyToken ? signingSecret(configured) : tokenSecret(configured);
}

/** For a GitLab that does not sign. */
export function tokenSecret({ tokens: [known] }: ConfiguredSecrets): ChosenSecret {
  const value = known ?? randomBytes(KEY_BYTES).toString('base64url');
  return { kind: 'token', value, isNew: known === undefined };
}

function signingSecret({ signing: [known] }: ConfiguredSecrets): ChosenSecret {
  const value = known ?? `whsec_${randomBytes(KEY_BYTES).toString('base64')}`;
  return { kind: 'signing', value, isNew: known === undefined };
}

/** True when GitLab would refuse the signing token that is configured. */
export function isUnfit({ kind, value }: HookSecret): boolean {
  if (kind !== 'signing') return false;
  return Buffer.from(value.replace(/^whsec_/, ''), 'base64').length !== KEY_BYTES;
}

/** What has to be shown now or never: nothing for a secret that is configured already. */
export function shownOnce({ kind, value, isNew }: ChosenSecret): Pick<SetupDone, 'secrets'> {
  return isNew ? { secrets: [{ variable: variables[kind], value }] } : {};
}

export function variableOf(kind: HookSecret['kind']): string {
  return variables[kind];
}
