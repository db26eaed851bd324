/**
 * What people do on the issues while everything around the bot fails. The steps on one issue keep their
 * order, and where they lead does not depend on when the bot looks: only then can its end be compared
 * with that of a quiet run.
 */
import type { Actions } from '../../src/sandbox/actions.ts';
import { type Chance, chance } from '../../src/sandbox/chance.ts';
import { DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import type { Sandbox } from '../../src/sandbox/start.ts';
import type { Issue } from '../../src/sandbox/world.ts';
import { answered, opened, proposed } from '../e2e/bot.ts';

export interface Step {
  /** Which issue, counted from 0. */
  readonly issue: number;
  readonly act: (hands: (username: string) => Actions, issue: Issue) => void;
}

export interface Story {
  readonly issues: number;
  /** In the order in which they happen; the first of an issue comes after it was opened. */
  readonly steps: readonly Step[];
}

const syllables = [
  'ba',
  'cor',
  'dun',
  'fel',
  'gor',
  'hal',
  'jun',
  'kel',
  'lor',
  'mon',
  'nor',
  'quil',
];

/** A customer's name like no other's, so that no two issues belong together. */
function customerOf(index: number): string {
  const digits = [...index.toString(syllables.length).padStart(3, '0')];
  const name = digits.map((digit) => syllables[Number.parseInt(digit, syllables.length)]).join('');
  return `${name[0]?.toUpperCase()}${name.slice(1)} ${1000 + index} Insurance`;
}

/** Opens issue `index`; the same text for all, so that numbers tell versions apart. */
export function openIssue(sandbox: Sandbox, index: number): Issue {
  return sandbox.as('sa-one').createIssue(DEMO_PROJECT, {
    title: `${customerOf(index)} - Scope Issue and Write SOW`,
    description: opened,
    labels: ['Services Calculator'],
  });
}

/** `events` are steps beside the openings, spread over the issues. */
export function tell(seed: number, issues: number, events: number): Story {
  const luck = chance(seed);
  const lanes = Array.from({ length: issues }, (_, issue) =>
    lane(issue, Math.max(2, Math.round(events / issues)), luck),
  );
  const steps: Step[] = [];
  for (let left = lanes.filter((each) => each.length > 0); left.length > 0; ) {
    const step = luck.of(left).shift();
    if (step) steps.push(step);
    left = left.filter((each) => each.length > 0);
  }
  return { issues, steps };
}

const texts = [opened, answered, proposed];

function lane(issue: number, length: number, luck: Chance): Step[] {
  const once: Step['act'][] = [
    (hands, on) => hands('ae-one').comment(on, '/scoping set m_user_provisioning SCIM'),
    (hands, on) => hands('guest-one').comment(on, '/scoping won we have it in writing'),
    (hands, on) => hands('csm-one').addLabels(on, 'customer-success'),
    (hands, on) => hands('csm-one').comment(on, 'They called: all is well.\n\n> /scoping won'),
    (hands, on) => hands('em-emea').comment(on, '/scoping aprove ps'),
  ];
  const final = luck.below(texts.length);
  const acts: Step['act'][] = [];
  // Answers are added and never taken away: an issue that has moved on stays there.
  let known = 0;
  for (let edit = 1; acts.length < length - 1; edit += 1) {
    const left = once.filter((act) => !acts.includes(act));
    if (left.length > 0 && luck.happens(0.4)) acts.push(luck.of(left));
    else {
      if (known < final && luck.happens(0.5)) known += 1;
      acts.push(editing(texts[known] ?? opened, 100 + edit));
    }
  }
  acts.push(editing(texts[final] ?? opened, 5_000 + issue));
  return acts.map((act) => ({ issue, act }));
}

/** The number stands in the comment, so that it tells which edit the bot has seen. */
function editing(text: string, users: number): Step['act'] {
  const description = text.replace('~820', `~${users}`);
  return (hands, issue) => hands('sa-one').editDescription(issue, description);
}
