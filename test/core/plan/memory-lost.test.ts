/** What happens when somebody deletes the comment that holds the memory (`rulings.md` 26, 29). */
import { describe, expect, it } from 'vitest';
import type { PaperPerson } from '../../support/paper-world.ts';
import {
  account,
  complete,
  labels,
  policy,
  type Rows,
  replies,
  runAndCrash,
  settled,
  text,
  world,
} from './given.ts';

type Issue = ReturnType<typeof world>;

/** Lead and engagement manager with less than the role Developer. */
const planners: Readonly<Record<string, PaperPerson>> = {
  'jo-sa': { id: 11, name: 'Jo Pike', accessLevel: 15 },
  'em-emea': { id: 21, name: 'Emma Varga', accessLevel: 15 },
  'em-emea-two': { id: 22, name: 'Emil Haas', busy: true },
};

const accepting: Rows = { ...complete, 'Close date': '2026-12-18' };

function say(issue: Issue, author: string, body: string): Issue {
  issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
  issue.comment(author, body);
  return settled(issue);
}

/** Everything that we wrote is deleted an hour later, or the status comment alone. */
function forget(issue: Issue, all = true): Issue {
  issue.now = new Date(Date.parse(issue.now) + 3_600_000).toISOString();
  return without(issue, all);
}

function without(issue: Issue, all: boolean): Issue {
  const notes = issue.issue.notes.filter(
    ({ body }) => !body.includes(all ? '<!-- scoping-bot:' : '<!-- scoping-bot:status'),
  );
  issue.issue = { ...issue.issue, notes };
  return issue;
}

function shown(issue: Issue, field: string): unknown {
  const plan = issue.plan();
  return plan.kind === 'changes' ? plan.assessment.answers.get(field)?.value : undefined;
}

describe('without memory, what was set counts again', () => {
  it.each([
    ['the engagement manager', 'em-emea'],
    ['the lead', 'jo-sa'],
  ])('by %s, whose project role alone would not do', (_, author) => {
    const issue = settled(world({ rows: accepting, people: planners }));
    say(issue, author, '/scoping estimate https://docs.example.com/e/1 40k');
    say(issue, author, '/scoping accept price');
    expect(shown(issue, 'customer_accepts_price')).toBe('given');
    settled(forget(issue));
    expect(shown(issue, 'estimate_total')).toBe(40_000);
    expect(shown(issue, 'customer_accepts_price')).toBe('given');
    expect(replies(issue)).toEqual([]);
  });

  it('by a lead who was named by command and has been followed by another', () => {
    const issue = settled(world({ rows: accepting, people: planners }));
    say(issue, 'cleo-csm', '/scoping lead em @em-emea');
    say(issue, 'cleo-csm', '/scoping lead sa @jo-sa');
    say(issue, 'jo-sa', '/scoping estimate https://docs.example.com/e/1 40k');
    say(issue, 'cleo-csm', '/scoping lead csm @cleo-csm');
    expect(shown(issue, 'estimate_total')).toBe(40_000);
    settled(forget(issue));
    expect(shown(issue, 'estimate_total')).toBe(40_000);
  });

  it('but nobody gains a right by it', () => {
    const issue = settled(world({ rows: accepting, people: planners }));
    say(issue, 'planner-pia', '/scoping accept scope');
    say(issue, 'guest-gus', '/scoping accept scope');
    say(issue, 'passer-by', '/scoping accept scope');
    expect(replies(issue)).toHaveLength(3);
    issue.describe(text({ ...accepting, SA: '@planner-pia' }));
    settled(forget(issue, false));
    expect(shown(issue, 'customer_accepts_scope')).not.toBe('given');
    expect(replies(issue)).toHaveLength(3);
  });
});

describe('without memory, nothing is done or said a second time', () => {
  it.each(['/scoping dance', '/scoping set m_users 1', '/scoping accept scope'])(
    '%s of somebody without the right is not answered again',
    (body) => {
      const issue = say(settled(world()), 'guest-gus', body);
      expect(replies(issue)).toHaveLength(1);
      settled(forget(issue));
      expect(replies(issue)).toEqual([]);
    },
  );

  it('nor when another user of the bot had been there', () => {
    const own = { ...policy, botUsernames: ['Old-Bot'] };
    const people = { 'old-bot': { id: 99, name: 'Old bot' } };
    const issue = say(
      settled(world({ policy: own, people })),
      'em-emea',
      '/scoping advance force go',
    );
    issue.label('em-emea', { add: ['stage::technical-evaluation'] });
    settled(issue);
    const events = issue.events.map((event) =>
      event.userId === 1 ? { ...event, userId: 99, username: 'old-bot' } : event,
    );
    issue.events.splice(0, issue.events.length, ...events);
    settled(forget(issue));
    expect(labels(issue, 'stage::')).toEqual(['stage::technical-evaluation']);
  });
});

describe('stopped between the labels and the first comment, the bot still hears', () => {
  /** What a first look leaves behind when it got as far as the labels. */
  const stopped = (): Issue => without(settled(world()), true);

  it('a command that is refused: whoever wrote it meanwhile gets an answer, once', () => {
    const issue = say(stopped(), 'guest-gus', '/scoping dance');
    expect(replies(issue)).toHaveLength(1);
    expect(replies(say(issue, 'em-emea', 'Fine.'))).toHaveLength(1);
  });

  it('one that was written between what was read and the labels too: there is no reply yet', () => {
    const issue = stopped();
    const later = issue.now;
    issue.now = new Date(Date.parse(later) - 1_000).toISOString();
    issue.comment('guest-gus', '/scoping dance');
    issue.comment('guest-gus', '/scoping won we have it in writing');
    issue.now = later;
    expect(replies(settled(issue))).toHaveLength(2);
    expect(replies(say(issue, 'em-emea', 'Fine.'))).toHaveLength(2);
    expect(replies(settled(without(issue, true)))).toHaveLength(2);
  });

  it('a move', () => {
    const issue = say(stopped(), 'em-emea', '/scoping hold 2026-12-18 budget');
    expect(labels(issue, 'stage::')).toEqual(['stage::on-hold']);
  });

  it('a move that it had carried out before it was stopped, but once only', () => {
    const issue = world();
    issue.comment('em-emea', '/scoping advance force go');
    const [stage] = labels(settled(issue), 'stage::');
    expect(labels(settled(without(issue, true)), 'stage::')).toEqual([stage]);
  });
});

describe('without memory, the scope that was accepted', () => {
  const rows: Rows = {
    ...accepting,
    'Estimate link': 'https://docs.example.com/e/1',
    'Estimate total': '40,000 USD',
    'Customer agrees to the scope': 'agreed 2026-11-20',
    'Customer agrees to the price': 'agreed 2026-11-20',
  };

  it('is asked about, until somebody says that it is the same', () => {
    const issue = settled(world({ rows }));
    expect(issue.statusComment()).not.toContain('what I knew of the scope');
    forget(issue);
    issue.describe(
      text({ ...rows, 'Source SCM System(s)': 'Bitbucket Data Center 8.19, Subversion' }),
    );
    settled(issue);
    expect(issue.statusComment()).toContain('what I knew of the scope');
    say(issue, 'em-emea', '/scoping accept scope');
    expect(issue.statusComment()).not.toContain('what I knew of the scope');
  });

  it('is not asked about with a new estimate', () => {
    const issue = settled(forget(settled(world({ rows }))));
    say(issue, 'em-emea', '/scoping estimate https://docs.example.com/e/2 45k');
    expect(issue.statusComment()).not.toContain('what I knew of the scope');
  });

  it('is watched again from then on', () => {
    const issue = settled(forget(settled(world({ rows }))));
    issue.describe(text({ ...rows, 'Planned users': '3,000' }));
    settled(issue);
    expect(issue.statusComment()).toContain('another number of users');
  });
});

describe('a first look at an issue', () => {
  it('heeds what the lead wrote before it', () => {
    const issue = world({ rows: account, people: planners });
    issue.comment('jo-sa', '/scoping hold 2026-12-18 budget');
    settled(issue);
    expect(labels(issue, 'stage::')).toEqual(['stage::on-hold']);
  });
});

it('stopped before the first comment, we still say that we moved the issue on', () => {
  const quiet = settled(world({ rows: complete }));
  const stopped = world({ rows: complete });
  runAndCrash(stopped);
  expect(labels(stopped, 'stage::')).toEqual(['stage::proposal']);
  const said = /Everything that \*\*.*\*\* asks for was here, so I moved the issue on\./;
  expect(quiet.statusComment()).toMatch(said);
  expect(settled(stopped).statusComment()).toMatch(said);
});
