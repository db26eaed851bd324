/** What GitLab says of itself and of the token: for a look, nothing is written. */
import { z } from 'zod';
import type { Person } from '../../core/model.ts';
import { isNotFound } from '../errors.ts';
import type { Resources } from '../resources.ts';
import { personSchema, readAs } from '../schema.ts';

export interface TokenFacts {
  /** Empty when GitLab does not tell. */
  readonly scopes: readonly string[];
  /** `YYYY-MM-DD`: dead from midnight UTC when that day begins (`gitlab-platform.md` §3.8); null: no end is known. */
  readonly expiresAt: string | null;
}

/** Whose token it is. */
export interface TokenUser extends Person {
  /** False only where GitLab says that this is a person's account; null: it does not tell. */
  readonly isBot: boolean | null;
}

/** One answer's `Date` beside the clock here; all in milliseconds since 1970. */
export interface ClockReading {
  /** Whole seconds, as the header is. */
  readonly theirs: number;
  readonly askedAt: number;
  readonly answeredAt: number;
}

export interface VersionFacts {
  /** `19.4.1-ee`. */
  readonly version: string;
  /** Null where GitLab does not tell (before 15.6). */
  readonly enterprise: boolean | null;
}

export interface Instance {
  /** Null for a token that is none of GitLab's personal, project or group access tokens (404), such as OAuth's. */
  readToken(): Promise<TokenFacts | null>;
  readUser(): Promise<TokenUser>;
  /** Of the newest answer that had a readable `Date`; null when there was none. */
  clock(): ClockReading | null;
  readVersion(): Promise<VersionFacts>;
}

const tokenSchema = z
  .object({ scopes: z.array(z.string()).nullish(), expires_at: z.string().nullish() })
  .transform(
    ({ scopes, expires_at }): TokenFacts => ({
      scopes: scopes ?? [],
      expiresAt: expires_at ?? null,
    }),
  );

const botSchema = z.object({ bot: z.boolean().nullish() });

const versionSchema = z
  .object({ version: z.string(), enterprise: z.boolean().nullish() })
  .transform(
    ({ version, enterprise }): VersionFacts => ({ version, enterprise: enterprise ?? null }),
  );

/** `now`: milliseconds since 1970. Every method throws `RetryableError` or `TerminalError` and nothing else. */
export function openInstance({ projects }: Resources, now: () => number): Instance {
  let reading: ClockReading | null = null;
  const { requester } = projects;

  async function get(path: string): Promise<unknown> {
    const askedAt = now();
    const { body, headers } = await requester.get(path);
    const theirs = Date.parse(headers.date ?? '');
    if (Number.isFinite(theirs)) reading = { theirs, askedAt, answeredAt: now() };
    return body;
  }

  return {
    async readToken() {
      try {
        const path = 'personal_access_tokens/self';
        return readAs(tokenSchema, await get(path), `GET /${path}`);
      } catch (error) {
        if (isNotFound(error)) return null;
        throw error;
      }
    },
    async readUser() {
      const body = await get('user');
      const { bot } = readAs(botSchema, body, 'GET /user');
      return { ...readAs(personSchema, body, 'GET /user'), isBot: bot ?? null };
    },
    clock: () => reading,
    async readVersion() {
      try {
        return readAs(versionSchema, await get('metadata'), 'GET /metadata');
      } catch (error) {
        // Versions before 15.2 have only the older of the two.
        if (!isNotFound(error)) throw error;
        return readAs(versionSchema, await get('version'), 'GET /version');
      }
    },
  };
}
