/** Whether a user is a bot by GitLab's own word: project, group and service accounts are, a person's account is not. */
import { z } from 'zod';
import { TerminalError } from '../errors.ts';
import type { Resources } from '../resources.ts';
import { readAs } from '../schema.ts';

export interface BotAsked {
  readonly id: number;
  readonly username: string;
}

/** The names that GitLab gives to the users of project and group access tokens and to service accounts. */
const NAMED = /^(?:(?:project|group)_\d+_bot|service_account_)/;

const userSchema = z.object({ bot: z.boolean().nullish() });

/** One request, none where the name tells; false where GitLab does not tell. Throws `RetryableError` or `TerminalError`. */
export async function isBotUser(api: Resources, { id, username }: BotAsked): Promise<boolean> {
  if (NAMED.test(username)) return true;
  try {
    const { body } = await api.projects.requester.get(`users/${id}`, {});
    return readAs(userSchema, body, 'GET /users/:id').bot === true;
  } catch (error) {
    if (error instanceof TerminalError && error.kind !== 'unauthorised') return false;
    throw error;
  }
}
