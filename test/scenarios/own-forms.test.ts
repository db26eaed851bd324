/** What the comment suggests for a question with a command of its own is that command, whatever state its answer is in. */
import { describe, expect, it } from 'vitest';
import { replies } from '../core/plan/given.ts';
import { assessed, gateLine, lastReply, open, proposal, say, withApprovers } from './acting.ts';

describe('a question with a command of its own', () => {
  it.each([
    ['is empty', {}],
    ['is put off', { 'Estimate total': 'TBD by 2026-12-01 @jo-sa', 'Estimate link': 'TBD' }],
    ['is not known', { 'Estimate total': '?', 'Estimate link': 'unknown' }],
    ['cannot be read', { 'Estimate total': 'a fair price', 'SOW link': 'soon' }],
    ['can mean two things', { 'Estimate total': '1.234', 'SOW link': 'ask Remy' }],
    ['is said in two ways', { 'Estimate total': '48,000', 'Estimated amount': '52,000' }],
  ])('and that %s', (_, rows) => {
    const issue = open({ rows: { ...proposal, ...rows } });
    expect(issue.statusComment()).toContain('`/scoping estimate URL AMOUNT`');
    expect(issue.statusComment()).not.toMatch(/\/scoping (set|take|na|defer) (estimate_|sow_url)/u);
  });

  it('that somebody answered in passing is not offered to be taken', () => {
    const issue = open({ rows: proposal });
    say(issue, 'axel-ae', 'Estimated amount: 48,000 USD');
    expect(issue.statusComment()).not.toContain('/scoping take estimate_total');
  });

  it('nor counted at once, where the policy counts what is said in comments', () => {
    const issue = open({ rows: proposal, policy: { ...withApprovers, commentAnswers: 'at_once' } });
    say(issue, 'guest-gus', 'Estimated amount: 100 USD');
    say(issue, 'guest-gus', 'Customer agrees to the scope: given');
    const { answers } = assessed(issue);
    expect(answers.get('estimate_total')?.state).not.toBe('answered');
    expect(answers.get('customer_accepts_scope')?.state).not.toBe('answered');
  });
});

describe('an estimate', () => {
  it('in words is none: the condition stays open, and nothing is accepted for it', () => {
    const rows = { ...proposal, 'Estimate link': 'https://docs.example/e/1' };
    const issue = open({ rows: { ...rows, 'Estimate total': 'a fair price' } });
    expect(gateLine(issue, 'Estimate')).toMatch(/^- – .*`\/scoping estimate URL AMOUNT`/u);
    say(issue, 'em-emea-two', '/scoping estimate https://docs.example/e/1 cheap');
    expect(lastReply(issue)).toContain('I could not read `cheap` as one amount.');
    say(issue, 'em-emea-two', '/scoping estimate https://docs.example/e/1 48,000 USD');
    expect(replies(issue)).toHaveLength(1);
  });
});
