/** The notes that GitLab itself writes into an issue's timeline; label and state changes are events, not notes. */
import { userById } from './people.ts';
import type { Issue, User, World } from './world.ts';
import { nextId, stamp } from './world.ts';

/** Compares the issue with how it was and writes one system note per kind of change. */
export function writeSystemNotes(
  world: World,
  issue: Issue,
  user: User,
  before: ReadonlyMap<string, unknown>,
): void {
  const title = before.get('title');
  if (title !== issue.title) {
    writeSystemNote(
      world,
      issue,
      user,
      `changed title from **{-${title}-}** to **{+${issue.title}+}**`,
    );
  }
  if (before.get('description') !== issue.description) {
    writeSystemNote(world, issue, user, 'changed the description');
  }
  if (before.get('confidential') !== issue.confidential) {
    const now = issue.confidential ? 'confidential' : 'visible to everyone';
    writeSystemNote(world, issue, user, `made the issue ${now}`);
  }
  const assigned = assignment(world, before.get('assignees'), issue.assigneeIds);
  if (assigned !== '') writeSystemNote(world, issue, user, assigned);
}

function assignment(world: World, before: unknown, after: readonly number[]): string {
  const old = Array.isArray(before) ? before.map((person) => Number(person.id)) : [];
  const name = (id: number) => `@${userById(world, id).username}`;
  const added = after.filter((id) => !old.includes(id)).map(name);
  const removed = old.filter((id) => !after.includes(id)).map(name);
  return [
    ...(added.length > 0 ? [`assigned to ${added.join(' and ')}`] : []),
    ...(removed.length > 0 ? [`unassigned ${removed.join(' and ')}`] : []),
  ].join(' and ');
}

/** Writes one system note. */
export function writeSystemNote(world: World, issue: Issue, user: User, body: string): void {
  const at = stamp(world);
  issue.notes.push({
    id: nextId(world),
    body,
    authorId: user.id,
    createdAt: at,
    updatedAt: at,
    internal: false,
    system: true,
    mentions: [],
  });
}
