/** One issue of the demo: people act on it, the bot answers, and the terminal shows what that changed. */
import { setTimeout as delay } from 'node:timers/promises';
import { DEMO_PROJECT } from '../sandbox/seed.ts';
import type { Sandbox } from '../sandbox/start.ts';
import type { Issue } from '../sandbox/world.ts';
import { type Seen, see } from './demo-look.ts';
import { plainLine, say, sayFact, sayFor } from './demo-tell.ts';
import { paint } from './paint.ts';

const patienceMs = 30_000;
const stagePrefix = 'stage::';

export interface Scene {
  readonly issue: Issue;
  readonly address: string;
  look(): Seen;
  /** A comment, told and written. */
  comment(author: string, body: string): void;
  /** Waits until this is so; a story that gets stuck ends with a sentence that says at `what`. */
  wait(what: string, happened: (seen: Seen) => boolean): Promise<void>;
  /**
   * Waits until the bot's comment is another one and has a line with each of these words. Shows what
   * changed since this was last called (stage, labels, people, state), then those lines.
   */
  shows(...words: string[]): Promise<void>;
}

/** `sa-one` opens an issue for this customer as the services calculator makes it. */
export function openScene(sandbox: Sandbox, customer: string, description: string): Scene {
  const issue = sandbox.as('sa-one').createIssue(DEMO_PROJECT, {
    title: `${customer} - Scope Issue and Write SOW`,
    description,
    labels: ['Services Calculator'],
  });
  const look = (): Seen => see(sandbox, DEMO_PROJECT, issue);
  let before: Seen | null = null;
  const wait: Scene['wait'] = async (what, happened) => {
    const begun = performance.now();
    while (!happened(look())) {
      if (performance.now() - begun > patienceMs) {
        throw new Error(`The bot did not get to ${what} within ${patienceMs / 1_000} seconds.`);
      }
      await delay(10);
    }
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    await sandbox.settled();
    say(paint.dim(`  (${seconds} s later)`));
  };
  return {
    issue,
    address: `${sandbox.url}/${DEMO_PROJECT}/-/issues/${issue.iid}`,
    look,
    comment(author, body) {
      sayFor(author, body);
      sandbox.as(author).comment(issue, body);
    },
    wait,
    async shows(...words) {
      await wait(
        `“${words.join('”, “')}”`,
        ({ comment }) =>
          comment !== before?.comment && words.every((each) => findLine(comment, each) !== null),
      );
      const seen = look();
      sayChanges(before, seen);
      sayFact(
        'Comment',
        words.map((each) => plainLine(findLine(seen.comment, each) ?? '')),
      );
      before = seen;
    },
  };
}

function findLine(comment: string | null, words: string): string | null {
  return comment?.split('\n').find((line) => line.includes(words)) ?? null;
}

function sayChanges(before: Seen | null, now: Seen): void {
  const [from, to] = [stageOf(before), stageOf(now)];
  if (from !== to) sayFact('Stage', [from === '' ? to : `${from} → ${to || 'none'}`]);
  const labels = difference(withoutStage(before), withoutStage(now), before === null);
  if (labels !== '') sayFact('Labels', [labels]);
  const people = difference(before?.assignees ?? [], now.assignees, before === null);
  if (people !== '') sayFact('Assignees', [people]);
  if (before !== null && before.state !== now.state) sayFact('Issue', [now.state]);
}

function stageOf(seen: Seen | null): string {
  const label = seen?.labels.find((each) => each.startsWith(stagePrefix)) ?? '';
  return label.slice(stagePrefix.length);
}

function withoutStage(seen: Seen | null): readonly string[] {
  return seen?.labels.filter((each) => !each.startsWith(stagePrefix)) ?? [];
}

/** "+new  −gone"; the plain list at first sight. */
function difference(before: readonly string[], now: readonly string[], first: boolean): string {
  const added = now.filter((each) => !before.includes(each));
  const gone = before.filter((each) => !now.includes(each));
  return [
    ...added.map((each) => (first ? each : `+${each}`)),
    ...gone.map((each) => `−${each}`),
  ].join('  ');
}
