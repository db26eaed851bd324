/** How an issue stands in the end, as far as it can be compared between two runs. */
import { see } from '../../src/cli/demo-look.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import type { Sandbox } from '../../src/sandbox/start.ts';
import type { Issue } from '../../src/sandbox/world.ts';

export interface End {
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** The status comment; what tells the way and not the end is left out. */
  readonly comment: string;
  /** First lines of the replies, sorted. */
  readonly replies: readonly string[];
  /** How many status comments there are. */
  readonly statusComments: number;
}

export function endOf(sandbox: Sandbox, issue: Issue): End {
  const { labels, assignees } = see(sandbox, DEMO_PROJECT, issue);
  const bot = sandbox.world.users.find(({ username }) => username === DEMO_BOT)?.id;
  const ours = issue.notes.filter(({ authorId, system }) => authorId === bot && !system);
  const statuses = ours.filter(({ body }) => body.includes('<!-- scoping-bot:status '));
  const replies = ours.filter((note) => !statuses.includes(note));
  return {
    labels,
    assignees: assignees.toSorted(),
    comment: withoutTheWay(statuses[0]?.body ?? ''),
    replies: replies.map(({ body }) => body.split('\n')[0] ?? '').toSorted(),
    statusComments: statuses.length,
  };
}

/**
 * Which stages were passed one by one, which look moved the issue, and whom it called first depend on when
 * the bot looked; where it stands does not.
 */
function withoutTheWay(body: string): string {
  return body
    .replace(/<!-- scoping-bot:status .*$/m, '')
    .replace(/<details>\n<summary>Moves so far<\/summary>[\s\S]*?<\/details>/, '')
    .replace(/, so I moved the issue on\b/, '')
    .replace(/`(@[\w.-]+)`/g, '$1')
    .trim();
}

/** What differs, one sentence each; empty when the two stand alike. */
export function differences(issue: number, is: End, wanted: End): string[] {
  const told: string[] = [];
  for (const key of ['labels', 'assignees', 'replies', 'statusComments', 'comment'] as const) {
    const [a, b] = [JSON.stringify(is[key]), JSON.stringify(wanted[key])];
    if (a !== b) told.push(`issue ${issue}: ${key}: ${firstDifference(a, b)}`);
  }
  return told;
}

function firstDifference(is: string, wanted: string): string {
  let at = 0;
  while (at < is.length && is[at] === wanted[at]) at += 1;
  const piece = (text: string): string => text.slice(Math.max(0, at - 60), at + 120);
  return `is …${piece(is)}…, a quiet run gives …${piece(wanted)}…`;
}
