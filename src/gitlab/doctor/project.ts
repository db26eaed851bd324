/** A project as `doctor` sees it: what is switched on there, what it pays for, who is a member. */
import { z } from 'zod';
import { isNotFound } from '../errors.ts';
import type { Resources } from '../resources.ts';
import { readAs, usersSchema } from '../schema.ts';

export interface ProjectFacts {
  readonly id: number;
  readonly path: string;
  readonly url: string;
  readonly archived: boolean;
  readonly issuesEnabled: boolean;
  /** Several assignees and exclusive scoped labels; null where the answer does not let us tell. */
  readonly paid: boolean | null;
}

export interface MemberFacts {
  readonly id: number;
  readonly username: string;
  readonly level: number;
  readonly active: boolean;
  /** `YYYY-MM-DD`; null: the membership has no end. */
  readonly expiresAt: string | null;
}

/** Every method throws `RetryableError` or `TerminalError` and nothing else. */
export interface ProjectLook {
  /** Null when it is not there, or hidden from the token (404 to both). */
  readProject(pathOrId: number | string): Promise<ProjectFacts | null>;
  /** Inherited ones too; null when the list is not for the token. */
  listMembers(projectId: number): Promise<readonly MemberFacts[] | null>;
  /** Inherited membership too; null when they are no member, or there is no such project for the token (404 to both). */
  readMember(project: number | string, userId: number): Promise<MemberFacts | null>;
  /** Null when GitLab has no such user. */
  findUser(username: string): Promise<{ readonly active: boolean } | null>;
}

/**
 * `issues_template` stands in an answer only where the licence has description templates, which comes with
 * Premium as several assignees and scoped labels do, and only for those who may read issues.
 */
const projectSchema = z
  .looseObject({
    id: z.number(),
    path_with_namespace: z.string(),
    web_url: z.string().nullish(),
    archived: z.boolean().nullish(),
    issues_enabled: z.boolean().nullish(),
    issues_access_level: z.string().nullish(),
  })
  .transform((project): ProjectFacts => {
    const off = project.issues_enabled === false || project.issues_access_level === 'disabled';
    return {
      id: project.id,
      path: project.path_with_namespace,
      url: project.web_url ?? '',
      archived: project.archived === true,
      issuesEnabled: !off,
      paid: off ? null : 'issues_template' in project,
    };
  });

const memberSchema = z
  .object({
    id: z.number(),
    username: z.string(),
    access_level: z.number(),
    state: z.string().nullish(),
    expires_at: z.string().nullish(),
  })
  .transform(
    ({ id, username, access_level, state, expires_at }): MemberFacts => ({
      id,
      username,
      level: access_level,
      active: (state ?? 'active') === 'active',
      expiresAt: expires_at ?? null,
    }),
  );
const membersSchema = z.array(memberSchema);

export function openProjectLook(api: Resources): ProjectLook {
  return {
    async readProject(pathOrId) {
      const body = await nullWhenNotFound(async () => await api.projects.show(pathOrId));
      return body === null ? null : readAs(projectSchema, body, 'GET /projects/:id');
    },
    listMembers: (projectId) =>
      nullWhenNotFound(async () => {
        const members: MemberFacts[] = [];
        for await (const page of api.pages(`projects/${projectId}/members/all`)) {
          members.push(...readAs(membersSchema, page.items, 'GET /projects/:id/members/all'));
        }
        return members;
      }),
    async readMember(project, userId) {
      const body = await nullWhenNotFound(
        async () => await api.members.show(project, userId, { includeInherited: true }),
      );
      const request = 'GET /projects/:id/members/all/:id';
      return body === null ? null : readAs(memberSchema, body, request);
    },
    async findUser(username) {
      const { body } = await api.projects.requester.get('users', { searchParams: { username } });
      const [found] = readAs(usersSchema, body, 'GET /users');
      return found === undefined ? null : { active: found.active };
    },
  };
}

async function nullWhenNotFound<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
