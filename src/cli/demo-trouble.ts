/** `demo --chaos`: GitLab and the way to it fail all the time while the story is told. */
import { chance } from '../sandbox/chance.ts';
import { makeMischief } from '../sandbox/mischief.ts';
import { DEMO_BOT } from '../sandbox/seed.ts';
import type { Sandbox } from '../sandbox/start.ts';
import type { World } from '../sandbox/world.ts';
import { say, sayFact } from './demo-tell.ts';

const everyMs = 250;
const marker = '<!-- scoping-bot:status ';

export interface Trouble {
  begin(): void;
  /** Lets everything work again and tells what went wrong. */
  end(): void;
  /** The same without a word. */
  stop(): void;
}

export function makeTrouble({ world }: Sandbox): Trouble {
  const mischief = makeMischief(world, chance(Date.now()));
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearInterval(timer);
    mischief.end();
  };
  return {
    begin() {
      say(
        '\nMeanwhile GitLab fails, cuts answers short, throttles, and loses, doubles and delays hooks.',
      );
      timer = setInterval(() => mischief.stir(), everyMs);
    },
    stop,
    end() {
      stop();
      say('');
      const counts = [...mischief.counts()].toSorted(([a], [b]) => a.localeCompare(b));
      sayFact('Failed', [counts.map(([kind, times]) => `${times} × ${kind}`).join(', ')]);
      const { issues, comments } = countComments(world);
      say(
        `${issues} issues, ${comments} status comments: ${comments === issues ? 'one on each' : 'that is wrong'}.`,
      );
    },
  };
}

function countComments({ projects, users }: World): { issues: number; comments: number } {
  const bot = users.find(({ username }) => username === DEMO_BOT)?.id;
  const issues = projects.flatMap((project) => project.issues);
  const notes = issues.flatMap((issue) => issue.notes);
  const ours = notes.filter(({ authorId, body }) => authorId === bot && body.includes(marker));
  return { issues: issues.length, comments: ours.length };
}
