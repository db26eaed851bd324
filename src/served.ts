/** Which projects the bot serves: as configured, else every project that is heard from (`interfaces.md` §1, PROJECTS). */

/** Structural: `src/gitlab`'s listing fits. */
export interface ProjectFinder {
  fetchProject(pathOrId: number | string): Promise<{ id: number; path_with_namespace: string }>;
  listMemberProjects(): AsyncIterable<{ id: number; path_with_namespace: string }>;
}

export interface Served {
  /** Whether an event of this project is ours; the path is null when the event did not say it. */
  accepts(projectId: number, path: string | null): boolean;
  /** The ids to sweep: the configured ones, else the projects where the token's user is a member; none when that cannot be told now. */
  projectIds(): Promise<readonly number[]>;
}

/** `names`: ids or full paths, as written; empty means every project. `failed` hears of what cannot be found; false: ask no more. */
export function serveProjects(
  names: readonly string[],
  finder: ProjectFinder,
  failed: (name: string, error: unknown) => Promise<boolean>,
): Served {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const ids = new Map<string, number>();
  return {
    accepts(projectId, path) {
      if (wanted.size === 0 || wanted.has(String(projectId))) return true;
      if (path !== null && wanted.has(path.toLowerCase())) return true;
      return [...ids.values()].includes(projectId);
    },
    async projectIds() {
      if (wanted.size === 0) {
        const found: number[] = [];
        try {
          for await (const { id } of finder.listMemberProjects()) found.push(id);
        } catch (error) {
          if (!(await failed('all', error))) return [];
        }
        return found;
      }
      for (const name of wanted) {
        const numeric = /^\d+$/.test(name) ? Number(name) : null;
        if (ids.has(name)) continue;
        try {
          ids.set(name, numeric ?? (await finder.fetchProject(name)).id);
        } catch (error) {
          if (!(await failed(name, error))) return [];
        }
      }
      return [...new Set(ids.values())];
    },
  };
}
