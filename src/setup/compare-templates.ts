/** The templates of the policy beside those on a branch: what is missing or out of date, and what is people's. */
import { originOf } from '../core/say/template-stamp.ts';
import type { FileChange, Repository } from '../gitlab/setup/repository.ts';

/** Where GitLab looks for issue templates. */
export const FOLDER = '.gitlab/issue_templates';

export interface Compared {
  readonly changes: readonly FileChange[];
  /** How many stand there as the policy has them. */
  readonly same: number;
  /** `changed`: ours once, changed by people since. `foreign`: a file of that name that never was ours. */
  readonly left: readonly { readonly path: string; readonly origin: 'changed' | 'foreign' }[];
}

/** `wanted`: text by path. Reads only; what people wrote is never among the changes. */
export async function compareTemplates(
  repository: Repository,
  projectId: number,
  branch: string,
  wanted: ReadonlyMap<string, string>,
): Promise<Compared> {
  const there = new Set(await repository.listFiles(projectId, FOLDER, branch));
  const changes: FileChange[] = [];
  const left: { path: string; origin: 'changed' | 'foreign' }[] = [];
  let same = 0;
  for (const [path, text] of wanted) {
    const before = there.has(path) ? await repository.readFile(projectId, path, branch) : null;
    const origin = before === null ? 'ours' : originOf(before.text);
    if (before !== null && alike(before.text, text)) same += 1;
    else if (origin === 'ours') changes.push({ path, text, before });
    else left.push({ path, origin });
  }
  return { changes, same, left };
}

/** Git and GitLab's editor may change line ends and the last line's end. */
function alike(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();
  return plain(one) === plain(other);
}
