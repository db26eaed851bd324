/** Several open issues for one customer: named, related once, and never fought over (`domain.md` §8.7 C38). */
import { describe, expect, it } from 'vitest';
import type { OtherIssue } from '../../../src/core/model.ts';
import { memoryOf, mentions, pending, policy, settled, world } from './given.ts';

const scope = 'Scope Issue and Write SOW';
const other = (iid: number, more: Partial<OtherIssue> = {}): OtherIssue => ({
  iid,
  title: `Tarnfield Insurance - ${scope}`,
  labels: [],
  confidential: false,
  ...more,
});

function beside(...others: readonly OtherIssue[]): ReturnType<typeof world> {
  const issue = world();
  issue.others = [...others];
  return issue;
}

const said = (issue: ReturnType<typeof world>): string | undefined =>
  /another open scoping issue for this customer: (.*?)\.?$/m.exec(issue.statusComment())?.[1];

describe('another open issue for the same customer', () => {
  it('is named without being referred to, and related', () => {
    const issue = settled(beside(other(42), other(12)));
    expect(said(issue)).toBe('`#12`');
    expect([...issue.links]).toEqual([12]);
    expect(mentions(issue.statusComment())).not.toContain('12');
  });

  it.each([
    ['in another spelling', { title: `TARNFIELD  insurance – ${scope}` }, true],
    [
      'by another form of the title',
      { title: 'Tarnfield Insurance - Scope Engagement and Write SoW' },
      true,
    ],
    ['by its whole title', { title: 'Tarnfield Insurance', labels: ['Services Calculator'] }, true],
    ['of a longer name', { title: `Tarnfield Insurance Re - ${scope}` }, false],
    ['that is no scoping issue', { title: 'Tarnfield Insurance' }, false],
    ['that we keep our hands off', { labels: [policy.ignoreLabel] }, false],
    ['that fewer people may read', { confidential: true }, false],
  ])('%s', (_, more, found) => {
    const issue = settled(beside(other(12, more)));
    expect(said(issue)).toBe(found ? '`#12`' : undefined);
    expect(issue.links.size).toBe(found ? 1 : 0);
  });

  it('that is newer is named, and makes the link itself', () => {
    const issue = settled(beside(other(43), other(44)));
    expect(said(issue)).toBe('`#43, #44`');
    expect(issue.links.size).toBe(0);
  });

  it('is searched for once a day', () => {
    const issue = settled(beside(other(12)));
    expect(issue.lookups).toEqual([]);
    issue.others = [];
    issue.now = '2026-11-24T08:59:59.000Z';
    expect(pending(issue)).toEqual([]);
    issue.now = '2026-11-24T09:00:00.000Z';
    expect(said(settled(issue))).toBeUndefined();
  });

  it('is searched for when the customer is another one, and when a link is news', () => {
    const issue = settled(beside());
    issue.others = [other(43)];
    issue.newLink = true;
    expect(said(settled(issue))).toBe('`#43`');
    issue.issue = { ...issue.issue, title: `Acme - ${scope}` };
    expect(said(settled(issue))).toBeUndefined();
  });

  it('is not searched for while the customer has no name', () => {
    const issue = world({ title: 'Please help', labels: ['Services Calculator'] });
    issue.others = [other(12)];
    settled(issue);
    expect(memoryOf(issue).customer).toBeNull();
    expect(issue.links.size).toBe(0);
  });

  it('from which a person took the link is not related again', () => {
    const issue = settled(beside(other(12)));
    issue.links.clear();
    issue.now = '2026-11-26T09:00:00.000Z';
    settled(issue);
    expect(issue.links.size).toBe(0);
    expect(said(issue)).toBe('`#12`');
  });

  it('leaves no name behind in memory', () => {
    expect(JSON.stringify(memoryOf(settled(beside(other(12)))).customer)).not.toMatch(/tarnfield/i);
  });
});
