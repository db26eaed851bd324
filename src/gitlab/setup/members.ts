/** Everybody in a project, for a policy to begin with. */
import { z } from 'zod';
import type { Resources } from '../resources.ts';
import { readAs } from '../schema.ts';

export interface MemberFound {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  /** GitLab's access level. */
  readonly level: number;
}

const membersSchema = z.array(
  z
    .object({
      id: z.number(),
      username: z.string(),
      name: z.string().nullish(),
      access_level: z.number(),
    })
    .transform(
      ({ id, username, name, access_level }): MemberFound => ({
        id,
        username,
        name: name ?? username,
        level: access_level,
      }),
    ),
);

/** Inherited ones too. Throws `RetryableError` or `TerminalError`. */
export async function listMembers(
  api: Resources,
  projectId: number,
): Promise<readonly MemberFound[]> {
  const found: MemberFound[] = [];
  for await (const page of api.pages(`projects/${projectId}/members/all`)) {
    found.push(...readAs(membersSchema, page.items, 'GET /projects/:id/members/all'));
  }
  return found;
}
