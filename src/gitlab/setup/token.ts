/** What GitLab says of the token that asks: its scopes and the day on which it ends. */
import { z } from 'zod';
import { TerminalError } from '../errors.ts';
import type { Resources } from '../resources.ts';
import { readAs } from '../schema.ts';

export interface TokenFound {
  readonly scopes: readonly string[];
  /** `YYYY-MM-DD`, the first day on which it no longer works; null: never, or not told. */
  readonly expiresOn: string | null;
}

const tokenSchema = z
  .object({ scopes: z.array(z.string()), expires_at: z.string().nullish() })
  .transform(({ scopes, expires_at }): TokenFound => ({ scopes, expiresOn: expires_at ?? null }));

/** Null where GitLab does not tell (before 15.5, or not a personal, project or group token). Throws `RetryableError` or `TerminalError`. */
export async function fetchToken(api: Resources): Promise<TokenFound | null> {
  try {
    const { body } = await api.projects.requester.get('personal_access_tokens/self');
    return readAs(tokenSchema, body, 'GET /personal_access_tokens/self');
  } catch (error) {
    if (error instanceof TerminalError && error.kind !== 'unauthorised') return null;
    throw error;
  }
}
