/** When the bot keeps its hands off, and by what it knows an issue as its own. */
import { describe, expect, it } from 'vitest';
import { pending, settled, world } from './given.ts';

const other = 'The printer is on fire';

describe('hands off', () => {
  it.each([
    ['a closed issue', { state: 'closed' }, 'closed'],
    ['an issue with the ignore label', { labels: ['scoping-bot::ignore'] }, 'scoping-bot::ignore'],
    ['an issue that nothing marks', { title: other }, 'nothing marks it'],
  ] as const)('%s, and the reason is said', (_, about, reason) => {
    const plan = world(about).plan();
    expect(plan).toMatchObject({ kind: 'hands_off', reason: expect.stringContaining(reason) });
  });

  it('when the ignore label comes later, for as long as it is there', () => {
    const issue = settled(world());
    issue.label('jo-sa', { add: ['scoping-bot::ignore'] });
    issue.comment('guest-gus', '/scoping set goals none of your business');
    expect(issue.plan().kind).toBe('hands_off');
    issue.label('jo-sa', { remove: ['scoping-bot::ignore'] });
    expect(pending(issue)).toMatchObject([{ kind: 'create_note' }, { kind: 'update_note' }]);
  });

  it('asks for no lookups', () => {
    const issue = world({ title: other });
    issue.plan();
    expect(issue.lookups).toEqual([]);
  });
});

describe('a scoping issue is known', () => {
  it.each([
    ['by a label in any case', { title: other, labels: ['services calculator'] }],
    ['by its title', { title: 'Acme — Scope Engagement and Write SoW' }],
    ['by our template', { title: other, description: '<!-- scoping-bot:template v=1 -->' }],
  ] as const)('%s', (_, about) => {
    expect(world(about).plan().kind).toBe('changes');
  });
});
