/** A project's webhooks: whether GitLab has switched one off, and how to switch it on again. */
import { TerminalError } from './errors.ts';
import type { Resources } from './resources.ts';
import { hooksSchema, readAs } from './schema.ts';

export interface ProjectHook {
  readonly id: number;
  /** GitLab masks parts of it when whoever made the hook wanted so. */
  readonly url: string;
  /** Off for a while ends by itself at `until`; off for good does not. */
  readonly state: 'executable' | 'temporarily_disabled' | 'disabled';
  /** ISO time. */
  readonly until: string | null;
}

/** Both methods need the role Maintainer; they throw `RetryableError` or `TerminalError` and nothing else. */
export interface ProjectHooks {
  /** Null when the token may not look (403, 404). */
  listHooks(projectId: number): Promise<readonly ProjectHook[] | null>;
  /**
   * Lets GitLab send the newest issue as if it had just been opened: a success switches the hook on again
   * (`gitlab-platform.md` §1.5). False when GitLab got no good answer, or had no issue to send.
   */
  testHook(projectId: number, hookId: number): Promise<boolean>;
}

export function openProjectHooks(api: Resources): ProjectHooks {
  return {
    async listHooks(projectId) {
      const hooks: ProjectHook[] = [];
      try {
        for await (const page of api.pages(`projects/${projectId}/hooks`)) {
          hooks.push(...readAs(hooksSchema, page.items, 'GET /projects/:id/hooks'));
        }
      } catch (error) {
        if (isRefused(error, 'forbidden', 'not_found')) return null;
        throw error;
      }
      return hooks;
    },
    async testHook(projectId, hookId) {
      const path = `projects/${projectId}/hooks/${hookId}/test/issues_events`;
      try {
        await api.projects.requester.post(path);
        return true;
      } catch (error) {
        if (isRefused(error, 'forbidden', 'not_found', 'refused')) return false;
        throw error;
      }
    },
  };
}

function isRefused(error: unknown, ...kinds: TerminalError['kind'][]): boolean {
  return error instanceof TerminalError && kinds.includes(error.kind);
}
