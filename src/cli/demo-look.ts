/** What the demo sees of an issue in the look-alike, and the hook that it sets up there. */
import { DEMO_BOT } from '../sandbox/seed.ts';
import type { Sandbox } from '../sandbox/start.ts';
import type { Issue } from '../sandbox/world.ts';

export interface Seen {
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** The bot's status comment without its hidden line; null when there is none. */
  readonly comment: string | null;
  /** How many comments the bot has on the issue. */
  readonly notes: number;
  /** The last of its short replies, without its hidden line; null when there is none. */
  readonly reply: string | null;
  readonly state: Issue['state'];
}

export function see({ world }: Sandbox, path: string, issue: Issue): Seen {
  const project = world.projects.find((each) => each.path === path);
  const bot = world.users.find(({ username }) => username === DEMO_BOT);
  const notes = issue.notes.filter(({ authorId, system }) => authorId === bot?.id && !system);
  const body = notes[0]?.body ?? null;
  return {
    labels: (project?.labels ?? [])
      .filter(({ id }) => issue.labelIds.includes(id))
      .map(({ name }) => name)
      .toSorted(),
    assignees: issue.assigneeIds.map(
      (id) => world.users.find((user) => user.id === id)?.name ?? String(id),
    ),
    comment: body === null ? null : body.replace(/<!-- scoping-bot:status .*$/m, '').trimEnd(),
    notes: notes.length,
    reply: notes.length > 1 ? (notes.at(-1)?.body.split('\n')[0] ?? null) : null,
    state: issue.state,
  };
}

/** Through the look-alike's API, as a maintainer would. */
export async function addHook(
  sandbox: Sandbox,
  project: string,
  url: string,
  token: string,
): Promise<void> {
  const answer = await fetch(
    `${sandbox.url}/api/v4/projects/${encodeURIComponent(project)}/hooks`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'private-token': sandbox.token(DEMO_BOT) },
      body: JSON.stringify({
        url,
        token,
        issues_events: true,
        confidential_issues_events: true,
        note_events: true,
        confidential_note_events: true,
        push_events: false,
      }),
    },
  );
  if (!answer.ok) throw new Error(`The look-alike did not take the hook: ${answer.status}.`);
}
