/** GitLab Free, lost memory, and internal comments: pauses without exclusive labels, nothing done twice, nothing given away. */
import { describe, expect, it } from 'vitest';
import {
  assignees,
  complete,
  labels,
  memoryOf,
  mentions,
  replies,
  settled,
} from '../core/plan/given.ts';
import type { PaperWorld } from '../support/paper-world.ts';
import {
  assessed,
  forget,
  lastReply,
  later,
  open,
  proposal,
  relabel,
  say,
  stage,
} from './acting.ts';

/** Everything that everybody can read: comments that are not internal, without what is hidden in them. */
function publicWords({ issue }: PaperWorld): string {
  return issue.notes
    .filter(({ internal }) => !internal)
    .map(({ body }) => body.replace(/<!--[\s\S]*?-->/gu, ''))
    .join('\n\n');
}

describe('a pause on Free', () => {
  it('takes the place of the stage, and gives it back', () => {
    const issue = say(open({ free: true }), 'em-emea-two', '/scoping hold 2027-01-11 budget');
    expect(stage(issue)).toBe('stage::on-hold');
    expect(issue.statusComment()).toContain('until 2027-01-11');
    say(issue, 'em-emea-two', '/scoping resume');
    expect(stage(issue)).toBe('stage::proposal');
    expect(assignees(issue)).toEqual(['em-emea-two']);
    expect(replies(issue)).toEqual([]);
  });

  it('that a person adds as a label pauses, and the stage label goes', () => {
    const issue = relabel(open({ free: true }), 'em-emea-two', { add: ['stage::on-hold'] });
    expect(stage(issue)).toBe('stage::on-hold');
    expect(labels(issue, 'needs:')).toEqual([]);
  });

  it('ends when a person adds a stage beside it', () => {
    const issue = say(open({ free: true }), 'em-emea-two', '/scoping hold 2027-01-11 budget');
    relabel(issue, 'em-emea-two', { add: ['stage::proposal'] });
    expect(stage(issue)).toBe('stage::proposal');
    expect(memoryOf(issue).hold).toBeNull();
  });

  it('lasts over its day, which is said once and asks nobody twice', () => {
    const issue = say(open({ free: true }), 'em-emea-two', '/scoping hold 2027-01-11 budget');
    issue.now = '2027-01-11T07:00:00.000Z';
    settled(issue);
    expect(stage(issue)).toBe('stage::on-hold');
    expect(issue.statusComment()).toContain('and that day has come');
  });
});

describe.each([
  ['GitLab with exclusive labels', false],
  ['GitLab Free', true],
])('lost memory on %s', (_, free) => {
  it('during a pause: the pause goes on', () => {
    const issue = say(open({ free }), 'em-emea-two', '/scoping hold 2027-01-11 budget');
    forget(issue);
    settled(issue);
    expect(stage(issue)).toBe('stage::on-hold');
    expect(labels(issue, 'needs:')).toEqual([]);
    expect(replies(issue)).toEqual([]);
  });

  it('after the end of a pause: it does not come back', () => {
    const issue = say(open({ free }), 'em-emea-two', '/scoping hold 2027-01-11 budget');
    say(issue, 'em-emea-two', '/scoping resume');
    forget(issue);
    settled(issue);
    expect(stage(issue)).toBe('stage::proposal');
    expect(replies(issue)).toEqual([]);
  });

  it('after the acceptance: what was said counts again, and the issue is where it was', () => {
    const issue = say(
      open({ free, rows: proposal }),
      'em-emea-two',
      '/scoping estimate https://docs.example/e/1 48,000 USD',
    );
    say(issue, 'axel-ae', '/scoping accept scope\n/scoping accept price');
    say(issue, 'em-emea-two', '/scoping sow https://docs.example/sow/1');
    say(issue, 'ps-director', '/scoping approve ps');
    const before = [...issue.issue.labels].toSorted();
    forget(issue);
    settled(issue);
    expect([...issue.issue.labels].toSorted()).toEqual(before);
    expect(stage(issue)).toBe('stage::sow-approval');
    expect(Object.keys(memoryOf(issue).approvals)).toEqual(['ps']);
    expect(issue.statusComment()).not.toContain('may be stale');
    expect(replies(issue)).toEqual([]);
  });

  it('a person’s labels and assignees stay', () => {
    const issue = relabel(open({ free }), 'em-emea-two', { add: ['lead::csm', 'our-own'] });
    later(issue);
    issue.assign(['dev-dana']);
    settled(issue);
    forget(issue);
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(issue.issue.labels).toContain('our-own');
    expect(assignees(issue)[0]).toBe('dev-dana');
  });

  it('refused commands are not answered a second time', () => {
    const issue = say(open({ free }), 'guest-gus', '/scoping won done');
    expect(replies(issue)).toHaveLength(1);
    forget(issue);
    settled(issue);
    expect(replies(issue)).toEqual([]);
    expect(issue.issue.state).toBe('opened');
  });
});

describe('a command in an internal comment', () => {
  it.each([
    ['assign', '/scoping assign csm @cleo-csm', ['cleo-csm', 'Cleo Marin']],
    [
      'estimate',
      '/scoping estimate https://secret.example/e/1 47,311 USD',
      ['secret.example', '47,311', '47311'],
    ],
    ['set', '/scoping set goals leave the old vendor quietly', ['old vendor']],
    ['assume', '/scoping assume out_of_scope the Lyon office', ['Lyon']],
    ['na', '/scoping na m_lfs because Lyon is sold', ['Lyon']],
    ['hold', '/scoping hold 2027-01-11 the customer is being sold', ['being sold']],
    ['advance force', '/scoping advance force they fear Brussels', ['Brussels']],
    ['back', '/scoping back technical_evaluation they fear Brussels', ['Brussels']],
    ['sow', '/scoping sow https://secret.example/sow/1', ['secret.example']],
    ['lost', '/scoping lost they chose Rival Ltd', ['Rival']],
    ['sku', '/scoping sku they fear Brussels', ['Brussels']],
  ])('%s: counts, and its words stay internal', (_, body, secrets) => {
    const issue = open({ rows: proposal });
    say(issue, 'em-emea-two', body, { internal: true });
    for (const secret of secrets) expect(publicWords(issue)).not.toContain(secret);
    expect(replies(issue)).toEqual([]);
    say(issue, 'axel-ae', 'Thanks.');
    for (const secret of secrets) expect(publicWords(issue)).not.toContain(secret);
  });

  it('lead: counts, and whoever was named is not named to everybody', () => {
    const issue = open();
    say(issue, 'em-emea-two', '/scoping lead csm @cleo-csm', { internal: true });
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(publicWords(issue)).not.toContain('Cleo Marin');
    expect(mentions(publicWords(issue))).not.toContain('cleo-csm');
  });

  it('type: counts', () => {
    const issue = open();
    say(issue, 'em-emea-two', '/scoping type add training', { internal: true });
    expect(assessed(issue).serviceTypes.map(({ id }) => id)).toContain('training');
  });

  it('accept and approve: count', () => {
    const issue = open({ rows: proposal });
    say(issue, 'em-emea-two', '/scoping accept scope', { internal: true });
    say(issue, 'ta-one', '/scoping approve ta', { internal: true });
    expect(assessed(issue).answers.get('customer_accepts_scope')?.state).toBe('answered');
    expect(Object.keys(memoryOf(issue).approvals)).toEqual(['ta']);
    expect(replies(issue)).toEqual([]);
  });

  it.each([
    ['not understood', 'em-emea-two', '/scoping set goals_of_lyon x', 'lyon'],
    ['not allowed', 'guest-gus', '/scoping lost they chose Rival Ltd', 'Rival'],
    ['impossible now', 'em-emea-two', '/scoping back sow_approval they fear Brussels', 'Brussels'],
    [
      'a person GitLab does not know',
      'em-emea-two',
      '/scoping assign csm @rival-rita',
      'rival-rita',
    ],
    ['an approval that does not count', 'em-emea-two', '/scoping approve ps', 'ps-director'],
  ])('refused (%s): the answer is internal too', (_, author, body, secret) => {
    const issue = open({ rows: complete });
    say(issue, author, body, { internal: true });
    expect(replies(issue)).toHaveLength(1);
    expect(replies(issue)[0]?.internal).toBe(true);
    expect(publicWords(issue)).not.toContain(secret);
    expect(lastReply(issue)).not.toBe('');
  });
});
