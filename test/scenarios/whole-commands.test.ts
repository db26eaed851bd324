/** A command is carried out as a whole or not at all, and never with words that were struck out. */
import { describe, expect, it } from 'vitest';
import { labels, memoryOf, replies } from '../core/plan/given.ts';
import { assessed, lastReply, open, proposal, rewrite, say } from './acting.ts';

const estimate = '/scoping estimate https://docs.example/e/1 48,000 USD';

function answer(issue: ReturnType<typeof open>, field: string) {
  return assessed(issue).answers.get(field);
}

describe('both acceptances in one line', () => {
  it.each(['scope and price', 'scope price', 'Price, scope', 'price & scope', 'scope scope price'])(
    'accept %s is two acceptances',
    (words) => {
      const issue = say(open({ rows: proposal }), 'em-emea-two', estimate);
      say(issue, 'axel-ae', `/scoping accept ${words}`);
      expect(answer(issue, 'customer_accepts_scope')?.state).toBe('answered');
      expect(answer(issue, 'customer_accepts_price')?.state).toBe('answered');
      expect(replies(issue)).toEqual([]);
    },
  );

  it.each(['', 'scope and money', 'everything', 'and'])('accept %s is none', (words) => {
    const issue = say(open({ rows: proposal }), 'em-emea-two', estimate);
    say(issue, 'axel-ae', `/scoping accept ${words}`);
    expect(answer(issue, 'customer_accepts_scope')?.state ?? 'unanswered').toBe('unanswered');
    expect(lastReply(issue)).toContain('`/scoping accept scope¦price`');
  });

  it('is not contradicted by an empty row of either question', () => {
    const issue = say(open({ rows: proposal }), 'em-emea-two', estimate);
    say(issue, 'axel-ae', '/scoping accept scope and price');
    rewrite(issue, { ...proposal, 'Customer accepts the price': '' });
    expect(answer(issue, 'customer_accepts_price')?.state).toBe('answered');
  });
});

describe('words too many', () => {
  it('two approvals in one line are refused: one person approves for one role', () => {
    const issue = say(open({ rows: proposal }), 'em-emea-two', estimate);
    say(
      issue,
      'em-emea-two',
      '/scoping sow https://docs.example/s/1\n/scoping accept scope, price',
    );
    say(issue, 'ps-director', '/scoping approve ps and revenue');
    expect(memoryOf(issue).approvals).toEqual({});
    expect(lastReply(issue)).toContain('`and revenue` is more than I can read here');
    expect(lastReply(issue)).toContain('`/scoping approve ps¦revenue¦rdm¦ta`');
  });

  it('undo with a number takes back nothing', () => {
    const issue = say(open(), 'jo-sa', '/scoping snooze 3');
    say(issue, 'jo-sa', '/scoping undo 2');
    expect(issue.statusComment()).toContain('call nobody before');
    expect(lastReply(issue)).toContain('`2` is more than I can read here');
  });

  it('resume with a day does not end the pause now', () => {
    const issue = say(open(), 'em-emea-two', '/scoping hold 2027-01-11 budget');
    say(issue, 'em-emea-two', '/scoping resume 2027-01-20');
    expect(labels(issue, 'stage::')).toEqual(['stage::on-hold']);
    expect(lastReply(issue)).toContain('`/scoping resume`');
  });

  it.each(['assign sa @jo-sa and csm @cleo-csm', 'lead sa @jo-sa or csm'])(
    '%s names nobody',
    (words) => {
      const issue = say(open(), 'em-emea-two', `/scoping ${words}`);
      expect(lastReply(issue)).toContain('more than I can read here');
      expect(assessed(issue).answers.get('csm')?.where ?? null).toBeNull();
    },
  );
});

describe('a field and its value', () => {
  it.each([
    'set users_planned: 500',
    'set users_planned : 500',
    'set users_planned=500',
    'set Planned users: 500',
    'set Planned users = 500',
    'set users_planned ~~900~~ 500',
    'set users_planned <del>900</del> 500',
    '~~set m_users 3~~ set users_planned 500',
  ])('/scoping %s', (line) => {
    const issue = say(open({ rows: proposal }), 'jo-sa', `/scoping ${line}`);
    expect(replies(issue)).toEqual([]);
    expect(answer(issue, 'users_planned')?.value).toBe(500);
  });

  it('the second sign belongs to the answer', () => {
    const issue = say(open({ rows: proposal }), 'jo-sa', '/scoping set Goals: speed = weekly');
    expect(answer(issue, 'goals')?.raw).toContain('speed = weekly');
  });

  it('a value that is all struck out is missing', () => {
    const issue = say(open({ rows: proposal }), 'jo-sa', '/scoping set users_planned ~~900~~');
    expect(lastReply(issue)).toContain('The value for `users_planned` is missing');
  });
});
