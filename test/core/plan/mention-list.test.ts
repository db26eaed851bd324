/** On a US public sector issue only those on the policy's list are called by name (`domain.md` §8.8 L10). */
import { describe, expect, it } from 'vitest';
import { account, complete, memoryOf, mentions, policy, settled, text, world } from './given.ts';

const pubsec = { ...account, 'US Public Sector': 'yes', Territory: 'East' };
const quiet = 'whoever else is asked here is named without a mention';

function listing(
  usernames: readonly string[],
  engagementManagers = policy.people.engagementManagers,
): typeof policy {
  const mentionOnly = policy.people.mentionOnly.map((rule) => ({ ...rule, usernames }));
  return { ...policy, people: { ...policy.people, engagementManagers, mentionOnly } };
}

describe('the restricted list of mentions', () => {
  it('calls those on it, and names the others', () => {
    const issue = settled(world({ rows: pubsec }));
    expect(mentions(issue.statusComment())).toEqual(['jo-sa']);
    expect(issue.statusComment()).toContain('`@axel-ae` (Account Executive)');
    expect(issue.statusComment()).toContain(quiet);
    expect(memoryOf(issue).live).toEqual([11]);
  });

  it('holds for nobody else', () => {
    const issue = settled(world());
    expect(mentions(issue.statusComment()).toSorted()).toEqual(['axel-ae', 'jo-sa']);
    expect(issue.statusComment()).not.toContain(quiet);
  });

  it('is lifted when the issue turns out to be something else', () => {
    const issue = settled(world({ rows: pubsec }));
    issue.describe(text(account));
    settled(issue);
    expect(mentions(issue.statusComment()).toSorted()).toEqual(['axel-ae', 'jo-sa']);
  });

  it('holds the managers who are marked for it, without naming them again', () => {
    const issue = settled(
      world({ rows: { ...complete, 'US Public Sector': 'yes' }, policy: listing([]) }),
    );
    expect(issue.statusComment()).toContain('Engagement Manager');
    issue.comment('em-pubsec', '/scoping advance force the call is booked');
    settled(issue);
    expect(mentions(issue.statusComment())).toEqual(['em-pubsec']);
  });

  it('without names and marks calls nobody', () => {
    const managers = policy.people.engagementManagers.map((em) => ({ ...em, pubsecUs: false }));
    const issue = settled(world({ rows: pubsec, policy: listing([], managers) }));
    expect(mentions(issue.statusComment())).toEqual([]);
  });

  it('does not tell outsiders what was answered internally', () => {
    const issue = settled(world({ rows: account }));
    issue.comment('jo-sa', '/scoping set pubsec_us yes', { internal: true });
    settled(issue);
    expect(mentions(issue.statusComment())).toEqual(['jo-sa']);
    expect(issue.statusComment()).not.toMatch(/public sector (manager|list)|answered yes/iu);
  });
});
