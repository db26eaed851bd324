/** What an approval and an acceptance are for: the estimate, the scope and the papers that stood then, and nothing that came later. */
import { describe, expect, it } from 'vitest';
import { labels, memoryOf, replies, settled, without } from '../core/plan/given.ts';
import type { PaperWorld } from '../support/paper-world.ts';
import {
  assessed,
  forget,
  gateLine,
  lastReply,
  later,
  named,
  open,
  proposal,
  relabel,
  rewrite,
  say,
  stage,
  withApprovers,
} from './acting.ts';

type Step = readonly [author: string, body: string];
const estimate: Step = ['em-emea-two', '/scoping estimate https://docs.example/e/1 48,000 USD'];
const dearer: Step = ['em-emea-two', '/scoping estimate https://docs.example/e/2 300,000 USD'];
const scope: Step = ['axel-ae', '/scoping accept scope'];
const price: Step = ['axel-ae', '/scoping accept price'];
const sow: Step = ['em-emea-two', '/scoping sow https://docs.example/sow/1'];
const ps: Step = ['ps-director', '/scoping approve ps'];
const revenue: Step = ['rev-ops', '/scoping approve revenue'];
const rdm: Step = ['rdm-emea', '/scoping approve rdm'];
const ta: Step = ['ta-one', '/scoping approve ta'];

const evaluation = 'stage::technical-evaluation';
const atProposal = 'stage::proposal';
const approval = 'stage::sow-approval';
const approved = 'stage::sow-approved';

function follow(issue: PaperWorld, ...steps: readonly Step[]): PaperWorld {
  for (const [author, body] of steps) say(issue, author, body);
  return issue;
}

function atApproval(): PaperWorld {
  return follow(open({ rows: proposal }), estimate, scope, price, sow);
}

function counting(issue: PaperWorld): readonly string[] {
  return Object.keys(memoryOf(issue).approvals).toSorted();
}

function reopen(issue: PaperWorld): void {
  later(issue);
  issue.issue = { ...issue.issue, state: 'opened' };
  settled(issue);
}

describe('approvals of an old deal', () => {
  it('do not approve the new one after it was won and opened again', () => {
    const issue = follow(atApproval(), ps, revenue, rdm);
    expect(stage(issue)).toBe(approved);
    say(issue, 'em-emea-two', '/scoping won signed');
    reopen(issue);
    rewrite(issue, { ...proposal, 'Planned users': '9,000' });
    follow(issue, dearer, ['em-emea-two', '/scoping back proposal new scope']);
    follow(issue, scope, price, ta);
    expect(stage(issue)).toBe(approval);
    expect(counting(issue)).toEqual(['ta']);
    expect(issue.statusComment()).toMatch(/approval for PS leadership by `@ps-director` does not/);
    follow(issue, ps, revenue, rdm);
    expect(stage(issue)).toBe(approved);
  });

  it('do not go on to a new estimate while the others are still missing', () => {
    const issue = follow(atApproval(), ps, revenue);
    follow(issue, dearer, rdm);
    expect(stage(issue)).toBe(approval);
    expect(counting(issue)).toEqual(['rdm']);
  });

  it('do not go on to a new statement of work', () => {
    const issue = follow(atApproval(), ps, revenue);
    follow(issue, ['em-emea-two', '/scoping sow https://docs.example/sow/2'], rdm);
    expect(stage(issue)).toBe(approval);
    expect(counting(issue)).toEqual(['rdm']);
  });

  it.each([
    [
      'by command',
      (issue: PaperWorld) => say(issue, 'em-emea-two', '/scoping back proposal talks go on'),
    ],
    ['by label', (issue: PaperWorld) => relabel(issue, 'em-emea-two', { add: [atProposal] })],
  ])('do not come back after a way back %s', (_, back) => {
    const issue = follow(atApproval(), ps, revenue);
    back(issue);
    expect(stage(issue)).toBe(atProposal);
    expect(counting(issue)).toEqual([]);
    say(issue, 'em-emea-two', '/scoping advance');
    expect(stage(issue)).toBe(approval);
    follow(issue, rdm);
    expect(stage(issue)).toBe(approval);
    expect(counting(issue)).toEqual(['rdm']);
  });

  it('stand again when the new estimate is taken back', () => {
    const issue = follow(atApproval(), ps);
    follow(issue, dearer);
    expect(counting(issue)).toEqual([]);
    say(issue, 'em-emea-two', '/scoping undo');
    expect(counting(issue)).toEqual(['ps']);
  });
});

describe('an approval of the paper before there is one', () => {
  it.each([ps, revenue, rdm])('is refused: %s', (author, body) => {
    const issue = follow(open({ rows: without(proposal, 'Goals') }), [author, body]);
    expect(stage(issue)).toBe(evaluation);
    expect(lastReply(issue)).toContain('There is nothing to approve yet');
    expect(lastReply(issue)).toContain('SOW approval');
    expect(counting(issue)).toEqual([]);
  });

  it('does not carry the issue on once the gate closes', () => {
    const issue = follow(open({ rows: without(proposal, 'Goals') }), ps, revenue, rdm);
    rewrite(issue, proposal);
    follow(issue, estimate, scope, price, sow);
    expect(stage(issue)).toBe(approval);
  });

  it('counts when it was written after the paper, though read at the same look', () => {
    const issue = follow(open({ rows: proposal }), estimate, scope, price);
    later(issue);
    issue.comment(...sow);
    issue.comment(...ps);
    settled(issue);
    expect(stage(issue)).toBe(approval);
    expect(counting(issue)).toEqual(['ps']);
    expect(replies(issue)).toEqual([]);
  });

  it('does not when it was written before it', () => {
    const issue = follow(open({ rows: proposal }), estimate, scope, price);
    later(issue);
    issue.comment(...ps);
    issue.comment(...sow);
    settled(issue);
    expect(stage(issue)).toBe(approval);
    expect(counting(issue)).toEqual([]);
  });
});

describe('the last move', () => {
  const stale = { ...proposal, 'Planned users': '5,000' };

  it('is not made with a stale estimate, and it is said what is missing', () => {
    const issue = rewrite(atApproval(), stale);
    follow(issue, ps, revenue, rdm);
    expect(stage(issue)).toBe(approval);
    expect(issue.statusComment()).toContain('What is left before **SOW approved**');
    expect(issue.statusComment()).not.toContain('I have no more questions');
    expect(labels(issue, 'needs:')).toEqual(['needs:em']);
    say(issue, 'em-emea-two', '/scoping advance');
    expect(lastReply(issue)).toContain('A current estimate with link and amount is missing');
    say(issue, 'em-emea-two', '/scoping advance force the customer insists');
    expect(stage(issue)).toBe(approved);
    const handOff = issue.statusComment().split('**Still open**')[1] ?? '';
    expect(handOff).toContain('A current estimate with link and amount is missing');
    expect(issue.statusComment()).not.toContain('I have no more questions');
  });

  it('is made once the new estimate is accepted and approved', () => {
    const issue = rewrite(atApproval(), stale);
    follow(issue, ['em-emea-two', '/scoping estimate https://docs.example/e/2 49,000 USD']);
    follow(issue, scope, price, ps, revenue, rdm);
    expect(stage(issue)).toBe(approved);
  });

  it('won early: the hand-off names every condition that was not met', () => {
    const issue = open({ rows: without(proposal, 'Goals', 'Out of scope') });
    expect(stage(issue)).toBe(evaluation);
    say(issue, 'em-emea-two', '/scoping won signed already');
    const handOff = issue.statusComment().split('**Still open**')[1] ?? '';
    for (const words of [
      'A current estimate with link and amount is missing',
      'has not accepted the scope',
      'has not accepted the price',
      'statement of work is missing',
      'PS leadership (`@ps-director`) has not approved',
      'Explicitly out of scope',
    ]) {
      expect(handOff).toContain(words);
    }
  });
});

describe('an estimate that stands in rows', () => {
  const rows = {
    ...proposal,
    'Link to the estimate': 'https://docs.example/e/1',
    'Estimated amount': '60,000 USD',
  };
  const tenfold = {
    ...rows,
    'Link to the estimate': 'https://docs.example/e/2',
    'Estimated amount': '600,000 USD',
  };

  it('another one needs a new look of the Technical Architect', () => {
    const issue = follow(open({ rows }), ta);
    expect(gateLine(issue, 'Technical Architect')).toMatch(/^- ✓ /u);
    rewrite(issue, tenfold);
    expect(gateLine(issue, 'Technical Architect')).toMatch(/^- – /u);
    expect(counting(issue)).toEqual([]);
    expect(issue.statusComment()).toMatch(
      /approval for Technical Architect by `@ta-one` does not count/,
    );
    rewrite(issue, rows);
    expect(counting(issue)).toEqual([]);
    follow(issue, ta);
    expect(counting(issue)).toEqual(['ta']);
  });

  it('changed while the approval was written: nobody knows which was meant', () => {
    const issue = open({ rows });
    later(issue);
    issue.comment(...ta);
    rewrite(issue, tenfold);
    expect(counting(issue)).toEqual([]);
    expect(issue.statusComment()).toMatch(/approval for Technical Architect.* does not count/);
  });

  it('ends the approvals of the paper too', () => {
    const issue = follow(open({ rows }), ta, scope, price, sow, ps);
    expect(counting(issue)).toEqual(['ps', 'ta']);
    rewrite(issue, tenfold);
    expect(counting(issue)).toEqual([]);
  });

  it.each([
    ['45k-60k', true],
    ['45,000 to 60,000 USD', true],
    ['more than 45,000 USD', true],
    ['40,000 to 50,000 USD', false],
    ['up to 50,000 USD', false],
  ])('the upper end decides about the review: %s', (amount, needed) => {
    const issue = open({ rows: { ...rows, 'Estimated amount': amount } });
    expect(gateLine(issue, 'Technical Architect')).toMatch(needed ? /^- – /u : /^- ✓ /u);
    expect(assessed(issue).findings.some(({ id }) => id === 'C33')).toBe(needed);
    expect(assessed(issue).reviews.get('ta')).toBe(needed ? 'needed' : undefined);
  });
});

describe('the amount of the command', () => {
  it.each([
    '45k-60k',
    '45,000 to 60,000 USD',
    '-5',
    '48,000 USD plus 5,000 travel',
    '48,000 USD + 5,000',
    '48,000 plus travel',
    'up to 48,000 USD',
    '<48,000',
    '40k+',
    'about 48k',
  ])('is one amount, so %s is refused', (amount) => {
    const issue = say(
      open({ rows: proposal }),
      'em-emea-two',
      `/scoping estimate https://docs.example/e/1 ${amount}`,
    );
    expect(lastReply(issue)).toContain('as one amount');
    expect(assessed(issue).answers.get('estimate_total')?.state).not.toBe('answered');
  });

  it.each([
    ['48,000 USD', 48_000],
    ['48k', 48_000],
    ['48 k EUR', 48_000],
    ['$48,000.00', 48_000],
    ['EUR 48.000', 48_000],
    ['48 000 €', 48_000],
    ['US$ 48000', 48_000],
  ])('%s is one', (amount, value) => {
    const issue = say(
      open({ rows: proposal }),
      'em-emea-two',
      `/scoping estimate https://docs.example/e/1 ${amount}`,
    );
    expect(replies(issue)).toEqual([]);
    expect(assessed(issue).answers.get('estimate_total')?.value).toBe(value);
  });
});

describe('what the customer accepted', () => {
  const grown = {
    ...proposal,
    'Planned users': '5,000',
    'Source SCM System(s)': 'Bitbucket Data Center 8.19, Gerrit',
  };

  it.each([
    ['scope', scope, price],
    ['price', price, scope],
  ])('a change between the two acceptances is seen, %s first', (_, first, second) => {
    const issue = follow(open({ rows: proposal }), estimate, first);
    rewrite(issue, grown);
    expect(issue.statusComment()).toContain('a new source system and another number of users');
    follow(issue, second, sow);
    expect(stage(issue)).toBe(atProposal);
    expect(gateLine(issue, 'Estimate')).toMatch(/^- – /u);
    expect(issue.statusComment()).toContain('may be stale');
    follow(issue, ['em-emea-two', '/scoping estimate https://docs.example/e/2 49,000 USD']);
    follow(issue, scope, price);
    expect(stage(issue)).toBe(approval);
  });

  it.each([
    ['900', '675', false],
    ['900', '674', true],
    ['900', '1,125', false],
    ['900', '1,126', true],
    ['40,000', '30,000', false],
    ['40,000', '50,000', false],
    ['40,000', '51,000', true],
  ])('the number of users: from %s to %s', (before, after, stale) => {
    const issue = open({ rows: { ...proposal, 'Planned users': before } });
    follow(issue, estimate, scope, price);
    rewrite(issue, { ...proposal, 'Planned users': after });
    expect(issue.statusComment().includes('another number of users')).toBe(stale);
  });

  it('is taken as it stands when memory is lost, and that is said', () => {
    const issue = follow(open({ rows: proposal }), estimate, scope, price);
    forget(issue);
    settled(issue);
    expect(issue.statusComment()).toContain('My earlier comment was deleted');
  });
});

describe('the comment with the approval', () => {
  it('does not count any more once anything in it was edited', () => {
    const issue = atApproval();
    later(issue);
    const note = issue.comment('ps-director', '/scoping approve ps\n\nGood work');
    settled(issue);
    expect(counting(issue)).toEqual(['ps']);
    later(issue);
    issue.editNote(note.id, '/scoping approve ps\n\nOnly if the price is raised!');
    settled(issue);
    expect(counting(issue)).toEqual([]);
    expect(issue.statusComment()).toMatch(/approval for PS leadership by `@ps-director` does not/);
    forget(issue);
    settled(issue);
    expect(counting(issue)).toEqual([]);
    follow(issue, ps);
    expect(counting(issue)).toEqual(['ps']);
  });
});

describe('one person, one role', () => {
  const both = named(withApprovers);
  const twoHats = {
    ...both,
    people: { ...both.people, approvers: new Map([...both.people.approvers, ['ps', ['ta-one']]]) },
  };

  it('a Technical Architect’s approval that a new estimate made old stands in nobody’s way', () => {
    const issue = open({ rows: proposal, policy: twoHats });
    follow(issue, dearer, ta, estimate, scope, price, sow);
    expect(stage(issue)).toBe(approval);
    follow(issue, ['ta-one', '/scoping approve ps']);
    expect(replies(issue)).toEqual([]);
    expect(counting(issue)).toEqual(['ps']);
  });

  it('one that counts does', () => {
    const issue = open({ rows: proposal, policy: twoHats });
    follow(issue, dearer, ta, scope, price, sow, ['ta-one', '/scoping approve ps']);
    expect(lastReply(issue)).toContain("one person's approval counts for one role");
    expect(counting(issue)).toEqual(['ta']);
  });
});

describe('an approval that only a row tells', () => {
  const rows = {
    ...proposal,
    'Approval by Professional Services': 'approved by @ps-director',
    'Approval by Revenue': 'approved',
  };

  it('is no paper that is there', () => {
    const issue = follow(open({ rows }), estimate, scope, price, sow);
    expect(stage(issue)).toBe(approval);
    expect(issue.statusComment()).toContain('- – Approval by Professional Services');
    expect(issue.statusComment()).toContain('- – Approval by Revenue');
    follow(issue, ps);
    expect(issue.statusComment()).toContain('- ✓ Approval by Professional Services');
  });

  it('does not take the Technical Architect out of whose move it is', () => {
    const issue = open({ rows: { ...proposal, 'TA review': 'approved' } });
    follow(issue, dearer, scope, price, sow);
    expect(stage(issue)).toBe(atProposal);
    expect(issue.statusComment()).toMatch(/^Next: .*Technical Architect/mu);
    expect(assessed(issue).findings.some(({ id }) => id === 'C33')).toBe(true);
  });
});
