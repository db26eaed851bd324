/** The board of Professional Services: pauses, endings, moves, undo, the Technical Architect, two labels at once, older spellings. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load.ts';
import {
  type About,
  complete,
  labels,
  memoryOf,
  replies,
  settled,
  without,
} from '../core/plan/given.ts';
import type { PaperWorld } from '../support/paper-world.ts';
import {
  forget,
  gateLine,
  lastReply,
  named,
  open,
  proposal,
  relabel,
  rewrite,
  say,
} from './acting.ts';

const policy = named(
  loadPolicy({ file: fileURLToPath(new URL('proposal-board.yaml', import.meta.url)) }),
);
const waiting = 'proposal::Awaiting_Discovery';
const estimating = 'proposal::Strawman_WIP';
const withCustomer = 'proposal::Estimate_Feedback';
const writing = 'proposal::SOW_WIP';
const ready = 'proposal::Ready For Approval';
const approved = 'proposal::Approved';
const paused = 'proposal::On_hold';

function start(about: About = {}): PaperWorld {
  return open({ policy, rows: proposal, ...about });
}

/** Every label of the board's one scope. */
function column(issue: PaperWorld): readonly string[] {
  return labels(issue, 'proposal::');
}

function estimated(amount = '48,000 USD', about: About = {}): PaperWorld {
  return say(start(about), 'em-emea-two', `/scoping estimate https://docs.example/e/1 ${amount}`);
}

describe('the way over the board', () => {
  it('goes column by column, one label at a time', () => {
    const issue = start({ rows: without(proposal, 'Goals') });
    expect(column(issue)).toEqual([waiting]);
    rewrite(issue, proposal);
    expect(column(issue)).toEqual([estimating]);
    say(issue, 'em-emea-two', '/scoping estimate https://docs.example/e/1 48,000 USD');
    expect(column(issue)).toEqual([withCustomer]);
    say(issue, 'axel-ae', '/scoping accept scope');
    expect(column(issue)).toEqual([withCustomer]);
    say(issue, 'axel-ae', '/scoping accept price');
    expect(column(issue)).toEqual([writing]);
    say(issue, 'em-emea-two', '/scoping sow https://docs.example/sow/1');
    expect(column(issue)).toEqual([ready]);
    say(issue, 'ps-director', '/scoping approve ps');
    say(issue, 'rev-ops', '/scoping approve revenue');
    say(issue, 'rdm-emea', '/scoping approve rdm');
    expect(column(issue)).toEqual([approved]);
    expect(issue.statusComment()).toContain('Hand-off to the delivery team');
    expect(replies(issue)).toEqual([]);
  });

  it.each([
    ['on the default tier', false],
    ['on Free', true],
  ])('a pause and its end, %s', (_, free) => {
    const issue = start({ free });
    say(issue, 'em-emea-two', '/scoping hold 2027-01-11 budget comes in January');
    expect(column(issue)).toEqual([paused]);
    expect(labels(issue, 'needs:')).toEqual([]);
    say(issue, 'em-emea-two', '/scoping resume');
    expect(column(issue)).toEqual([estimating]);
    expect(memoryOf(issue).hold).toBeNull();
    expect(replies(issue)).toEqual([]);
  });

  it('a pause in a finer step goes on in that step', () => {
    const issue = estimated();
    say(issue, 'em-emea-two', '/scoping hold 2027-01-11 holidays');
    expect(column(issue)).toEqual([paused]);
    say(issue, 'em-emea-two', '/scoping resume');
    expect(column(issue)).toEqual([withCustomer]);
  });

  it.each([
    ['a stage by its title', 'Estimate in work the customer asks for less', estimating],
    ['a stage by its id', 'proposal the customer asks for less', estimating],
    ['a stage by its column', 'Strawman_WIP the customer asks for less', estimating],
    ['a stage by an older name', 'Cost Estimate the customer asks for less', estimating],
    ['the first stage', 'Awaiting discovery the customer asks for less', waiting],
  ])('back to %s', (_, words, target) => {
    const issue = say(estimated(), 'em-emea-two', `/scoping back ${words}`);
    expect(replies(issue).map(({ body }) => body)).toEqual([]);
    expect(column(issue)).toEqual([target]);
    expect(issue.statusComment()).toContain('`the customer asks for less`');
    say(issue, 'axel-ae', 'Thanks.');
    expect(column(issue)).toEqual([target]);
  });

  it('undo takes the last move back', () => {
    const issue = estimated();
    say(issue, 'em-emea-two', '/scoping advance force they agree already');
    expect(column(issue)).toEqual([writing]);
    say(issue, 'em-emea-two', '/scoping undo');
    expect(column(issue)).toEqual([withCustomer]);
    expect(replies(issue)).toEqual([]);
  });
});

describe('without memory on the board', () => {
  it('a person who moved it back had chosen that column', () => {
    const issue = start();
    expect(column(issue)).toEqual([estimating]);
    say(issue, 'em-emea-two', '/scoping back technical_evaluation a second server turned up');
    expect(column(issue)).toEqual([waiting]);
    forget(issue);
    settled(issue);
    expect(column(issue)).toEqual([waiting]);
    expect(issue.statusComment()).toContain('a second server turned up');
  });
});

describe('endings on the board', () => {
  it.each([
    ['won', 'proposal::Closed_Won'],
    ['lost', 'proposal::Closed_Lost'],
  ])('%s is a column of its own and takes the place of the stage', (verb, label) => {
    for (const free of [false, true]) {
      const issue = say(
        estimated('48,000 USD', { free }),
        'em-emea-two',
        `/scoping ${verb} so it is`,
      );
      expect(column(issue)).toEqual([label]);
      expect(labels(issue, 'outcome::')).toEqual([]);
      expect(issue.issue.state).toBe('closed');
      expect(replies(issue)).toEqual([]);
    }
  });

  it.each(['sku', 'partner'])('%s has no column: its label stands beside the stage', (verb) => {
    const issue = say(estimated(), 'em-emea-two', `/scoping ${verb} so it is`);
    expect(column(issue)).toEqual([withCustomer]);
    expect(labels(issue, 'outcome::')).toEqual([`outcome::${verb}`]);
    expect(issue.issue.state).toBe('closed');
  });

  it('won without a reason, or by somebody without the right, ends nothing', () => {
    const issue = estimated();
    say(issue, 'em-emea-two', '/scoping won');
    expect(lastReply(issue)).toContain('The reason is missing');
    say(issue, 'planner-pia', '/scoping won so it is');
    expect(lastReply(issue)).toContain('role Developer');
    expect(column(issue)).toEqual([withCustomer]);
    expect(issue.issue.state).toBe('opened');
  });
});

describe('the Technical Architect on the board', () => {
  it('is asked before an estimate above the limit goes to the customer', () => {
    const issue = estimated('51,000 USD');
    expect(column(issue)).toEqual([estimating]);
    expect(gateLine(issue, 'Technical Architect')).toContain('`/scoping approve ta`');
    say(issue, 'em-emea-two', '/scoping approve ta');
    expect(lastReply(issue)).toContain('counts only from `@ta-one`');
    expect(column(issue)).toEqual([estimating]);
    say(issue, 'ta-one', '/scoping approve ta');
    expect(column(issue)).toEqual([withCustomer]);
  });

  it('is not asked at the limit', () => {
    expect(column(estimated('50,000 USD'))).toEqual([withCustomer]);
  });

  it('is asked again when a new estimate is above the limit; the issue is not moved back', () => {
    const issue = estimated('49,000 USD');
    say(issue, 'em-emea-two', '/scoping estimate https://docs.example/e/2 51,000 USD');
    expect(column(issue)).toEqual([withCustomer]);
    expect(issue.statusComment()).toContain('Held before, and does not hold any more');
    say(issue, 'ta-one', '/scoping approve ta');
    expect(issue.statusComment()).not.toContain('does not hold any more');
  });
});

describe('two columns at once, on Free', () => {
  it.each([
    ['further on', writing],
    ['further back', waiting],
    ['in an older spelling', 'proposal::Writing'],
  ])('the newest counts and it is said: %s', (_, label) => {
    const issue = relabel(estimated('48,000 USD', { free: true }), 'em-emea-two', { add: [label] });
    expect(column(issue)).toEqual([label]);
    expect(issue.statusComment()).toMatch(/two stage labels/iu);
    expect(replies(issue)).toEqual([]);
  });

  it('a pause added beside the stage pauses', () => {
    const issue = relabel(estimated('48,000 USD', { free: true }), 'em-emea-two', {
      add: [paused],
    });
    expect(column(issue)).toEqual([paused]);
    expect(labels(issue, 'needs:')).toEqual([]);
  });
});

describe('older spellings of the board', () => {
  it.each([
    ['proposal::Scoping', without(complete, 'Goals'), 'Awaiting discovery'],
    ['proposal::Cost Estimate', proposal, 'Estimate in work'],
    ['proposal::Writing', proposal, 'SOW in work'],
    ['Proposal :: cost_estimate', proposal, 'Estimate in work'],
  ])('%s stands for the stage and stays while it is right', (label, rows, title) => {
    const issue = start({ rows, labels: [label] });
    expect(issue.issue.labels).toContain(label);
    expect(labels(issue, 'proposal::').filter((each) => each !== label)).toEqual([]);
    expect(issue.statusComment()).toContain(`### ${title} ·`);
  });

  it('makes way for the next stage under its name of today', () => {
    const issue = start({ labels: ['proposal::Cost Estimate'] });
    say(issue, 'em-emea-two', '/scoping estimate https://docs.example/e/1 48,000 USD');
    expect(column(issue)).toEqual([withCustomer]);
  });

  it('makes way for a pause, after which the stage has its name of today', () => {
    const issue = start({ labels: ['proposal::Cost Estimate'] });
    say(issue, 'em-emea-two', '/scoping hold 2027-01-11 budget');
    expect(column(issue)).toEqual([paused]);
    say(issue, 'em-emea-two', '/scoping resume');
    expect(column(issue)).toEqual([estimating]);
  });
});

describe('lost memory on the board', () => {
  it('moves nothing and replies to nothing', () => {
    const issue = estimated();
    say(issue, 'axel-ae', '/scoping accept scope\n/scoping accept price');
    say(issue, 'em-emea-two', '/scoping accept everything');
    const before = [...issue.issue.labels].toSorted();
    forget(issue);
    settled(issue);
    expect([...issue.issue.labels].toSorted()).toEqual(before);
    expect(replies(issue)).toEqual([]);
  });
});
