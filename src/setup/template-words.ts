/** How commits and merge requests with issue templates are called. */
import type { FileChange } from '../gitlab/setup/repository.ts';

/** The first line of the commit, and the title of the merge request. */
export function titleOf(changes: readonly FileChange[]): string {
  return `${updates(changes) ? 'Update' : 'Add'} issue templates for scoping`;
}

/** Whether there was one of them before. */
export function updates(changes: readonly FileChange[]): boolean {
  return changes.some(({ before }) => before !== null);
}

/** The names that GitLab's template chooser shows. */
export function listOf(changes: readonly FileChange[]): string {
  const names = changes.map(({ path }) => path.replace(/^.*\//, '').replace(/\.md$/, ''));
  return names.map((name) => `"${name}"`).join(', ');
}

/** For the reviewers of the merge request. */
export const description = [
  'These templates ask for what is needed to scope a request for Professional Services.',
  '',
  'They are generated from the policy of the scoping bot. A template that is changed by hand keeps the change and is not brought up to date any more.',
].join('\n');
