/** What every part of `setup` starts from: the project, who asks, and what that user may do there. */
import type { Person } from '../core/model.ts';
import type { Policy } from '../core/policy.ts';
import type { GitLabConnection } from '../gitlab/connect.ts';

export interface SetupGround {
  readonly gitlab: GitLabConnection;
  readonly policy: Policy;
  readonly project: { readonly id: number; readonly path: string };
  /** Whose token it is. */
  readonly user: Person;
  /** The user's access level in the project, inherited or direct; null: no member. */
  readonly level: number | null;
  /** Null where GitLab does not tell. */
  readonly scopes: readonly string[] | null;
}

/** `project`: full path or id. Throws `RetryableError` or `TerminalError`; `not_found` is for the project alone. */
export async function openGround(
  gitlab: GitLabConnection,
  policy: Policy,
  project: string,
): Promise<SetupGround> {
  const user = await gitlab.directory.bot();
  const { id, path_with_namespace: path } = await gitlab.issues.fetchProject(project);
  const level = await gitlab.directory.role(id, user.id);
  const token = await gitlab.token();
  return { gitlab, policy, project: { id, path }, user, level, scopes: token?.scopes ?? null };
}
