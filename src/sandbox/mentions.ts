/** Whom a text mentions: what GitLab would send mails and to-dos for (`gitlab-platform.md` §4). */
import MarkdownIt from 'markdown-it';
import { canSeeIssue, canSeeNote } from './access.ts';
import { findUser, userById } from './people.ts';
import type { Issue, Note, Project, World } from './world.ts';

const markdown = new MarkdownIt({ html: true });
type Token = ReturnType<typeof markdown.parse>[number];

/** Names behind `@` in ordinary text, block quotes and lists included; not in code or HTML comments. */
export function readMentions(text: string): string[] {
  const names = new Set<string>();
  for (const part of textParts(markdown.parse(text, {}))) {
    for (const match of part.matchAll(/(?<![\w@.\-/])@([A-Za-z0-9_](?:[\w.\-/]*[\w-])?)/g)) {
      names.add(match[1] ?? '');
    }
  }
  return [...names];
}

function textParts(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if (token.type === 'inline') return textParts(token.children ?? []);
    if (token.type === 'text' || token.type === 'text_special') return [token.content];
    if (token.type !== 'html_block') return [];
    return [token.content.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, ' ').replaceAll(/<[^>]*>/g, ' ')];
  });
}

/** Usernames of existing people that the text reaches; `@all` and group paths become their members. */
export function mentioned(world: World, project: Project, text: string): string[] {
  const usernames = new Set<string>();
  for (const name of readMentions(text)) {
    const group = world.groups.find((each) => each.path.toLowerCase() === name.toLowerCase());
    const members = name === 'all' ? everybody(world, project) : [...(group?.members.keys() ?? [])];
    for (const id of members) usernames.add(userById(world, id).username);
    const user = findUser(world, name);
    if (user !== null) usernames.add(user.username);
  }
  return [...usernames];
}

function everybody(world: World, project: Project): number[] {
  const above = world.groups.filter((group) => project.path.startsWith(`${group.path}/`));
  return [project, ...above].flatMap((place) => [...place.members.keys()]);
}

/** Records a notification for each of `usernames` who may read the place and did not write it. */
export function notify(
  world: World,
  project: Project,
  issue: Issue,
  note: Note | null,
  usernames: readonly string[],
): void {
  const at = world.now().toISOString();
  for (const username of usernames) {
    const user = findUser(world, username);
    if (user === null || user.state !== 'active') continue;
    const mayRead =
      note === null
        ? canSeeIssue(world, project, issue, user)
        : canSeeNote(world, project, issue, note, user);
    if (!mayRead || user.id === (note ?? issue).authorId) continue;
    world.notifications.push({ username, issueId: issue.id, noteId: note?.id ?? null, at });
  }
}
