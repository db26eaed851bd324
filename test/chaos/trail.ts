/** What a run left behind besides the issues themselves: which hooks were taken, and comments too many. */
import { DEMO_BOT } from '../../src/sandbox/seed.ts';
import type { Sandbox } from '../../src/sandbox/start.ts';
import type { Issue } from '../../src/sandbox/world.ts';
import { type End, endOf } from './end.ts';

interface Payload {
  readonly user: { readonly username: string };
  readonly object_attributes: { readonly iid?: number };
  readonly issue?: { readonly iid: number };
}

/** Which of the issues, by index, had the hook about a person's last step on them taken (202). */
export function lastHookTaken({ world }: Sandbox, issues: readonly Issue[]): ReadonlySet<number> {
  const codes = new Map<number, number | null>();
  for (const { body, code } of world.deliveries) {
    const { user, object_attributes: about, issue }: Payload = JSON.parse(body);
    const iid = issue?.iid ?? about.iid;
    if (iid !== undefined && user.username !== DEMO_BOT) codes.set(iid, code);
  }
  return new Set([...issues.keys()].filter((at) => codes.get(issues[at]?.iid ?? 0) === 202));
}

/** Comments of the bot beyond those of a quiet run, as they stand in the end. */
export function surplusOf(sandbox: Sandbox, issue: Issue, wanted: End | undefined): number {
  const { statusComments, replies } = endOf(sandbox, issue);
  const is = statusComments + replies.length;
  return wanted ? Math.max(0, is - wanted.statusComments - wanted.replies.length) : 0;
}

/**
 * The bot deletes a second status comment when it finds one, so the end would not tell that people got two:
 * one sentence for each that was there.
 */
export function deletedComments({ world }: Sandbox): readonly string[] {
  const paths = world.requests
    .filter(({ username, method }) => username === DEMO_BOT && method === 'DELETE')
    .map(({ path }) => /\/issues\/(\d+)\/notes\/\d+/.exec(path)?.[0])
    .filter((path) => path !== undefined);
  return [...new Set(paths)].map(
    (path) => `issue ${path.split('/')[2]}: a second comment was written and later deleted`,
  );
}
