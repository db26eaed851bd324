/** Labels of a project and its groups, and how a set of labels changes in each tier. */
import { PLANNER, reaches } from './access.ts';
import { groupsOf } from './people.ts';
import type { Issue, Label, Project, User, World } from './world.ts';
import { nextId, stamp } from './world.ts';

/** GitLab's colour for a label that was made in passing. */
const DEFAULT_COLOR = '#6699cc';

/** The project's own labels and those of the groups above it. */
export function labelsFor(world: World, project: Project): Label[] {
  return [...project.labels, ...groupsOf(world, project).flatMap((group) => group.labels)];
}

/** By exact name; case counts. */
export function findLabel(world: World, project: Project, name: string): Label | null {
  return labelsFor(world, project).find((label) => label.name === name) ?? null;
}

/** Adds a project label. Whether the name is taken is the caller's question. */
export function addLabel(
  world: World,
  project: Project,
  name: string,
  color = DEFAULT_COLOR,
  description: string | null = null,
): Label {
  const label: Label = {
    id: nextId(world),
    name,
    color,
    description,
    projectId: project.id,
    groupId: null,
    createdAt: stamp(world),
  };
  project.labels.push(label);
  return label;
}

/** The label names on an issue, sorted as the API gives them. */
export function labelNames(world: World, project: Project, issue: Issue): string[] {
  return issueLabels(world, project, issue)
    .map((label) => label.name)
    .sort();
}

/** The labels on an issue, in the order in which they were put there. */
export function issueLabels(world: World, project: Project, issue: Issue): Label[] {
  const byId = new Map(labelsFor(world, project).map((label) => [label.id, label]));
  return issue.labelIds.flatMap((id) => byId.get(id) ?? []);
}

/** Everything before the last `::`; null for a label without a scope (`gitlab-platform.md` §3.3). */
export function scopeOf(name: string): string | null {
  const end = name.lastIndexOf('::');
  return end <= 0 ? null : name.slice(0, end);
}

/** What a request wants of the labels; `set` replaces everything before the rest is applied. */
export interface LabelWish {
  readonly set?: readonly string[];
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/**
 * The label ids after the wish. Unknown names are created when the user may (`gitlab-platform.md`
 * §3.2), otherwise dropped. From Premium on, the last label of a scope drives its siblings out.
 */
export function labelsAfter(
  world: World,
  project: Project,
  user: User,
  before: readonly number[],
  wish: LabelWish,
): number[] {
  let ids = wish.set === undefined ? [...before] : [];
  for (const name of [...(wish.set ?? []), ...(wish.add ?? [])]) {
    const label = findOrCreate(world, project, user, name.trim());
    if (label === null) continue;
    if (world.tier !== 'free') ids = withoutScope(world, project, ids, label);
    if (!ids.includes(label.id)) ids.push(label.id);
  }
  const gone = new Set(wish.remove ?? []);
  const byId = new Map(labelsFor(world, project).map((label) => [label.id, label.name]));
  return ids.filter((id) => !gone.has(byId.get(id) ?? ''));
}

function findOrCreate(world: World, project: Project, user: User, name: string): Label | null {
  if (name === '') return null;
  const known = findLabel(world, project, name);
  if (known !== null || !reaches(world, project, user, PLANNER)) return known;
  return addLabel(world, project, name);
}

function withoutScope(world: World, project: Project, ids: number[], label: Label): number[] {
  const scope = scopeOf(label.name);
  if (scope === null) return ids;
  const siblings = new Set(
    labelsFor(world, project)
      .filter((other) => other.id !== label.id && scopeOf(other.name) === scope)
      .map((other) => other.id),
  );
  return ids.filter((id) => !siblings.has(id));
}
