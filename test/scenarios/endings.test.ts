/** How an issue ended, when a label says so, and what is left of it once the issue is opened again. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load.ts';
import { labels, memoryOf, settled } from '../core/plan/given.ts';
import type { PaperWorld } from '../support/paper-world.ts';
import { assessed, later, named, open, proposal, relabel, say, stage } from './acting.ts';

const board = named(
  loadPolicy({ file: fileURLToPath(new URL('proposal-board.yaml', import.meta.url)) }),
);

function close(issue: PaperWorld): PaperWorld {
  later(issue);
  issue.close();
  return settled(issue);
}

function reopen(issue: PaperWorld): PaperWorld {
  later(issue);
  issue.reopen();
  return settled(issue);
}

describe('an outcome by label on a closed issue', () => {
  it.each([
    ['in one go', false, open, 'outcome::won'],
    ['label first', true, open, 'outcome::won'],
    ['a column, in one go', false, () => open({ policy: board }), 'proposal::Closed_Won'],
    ['a column first', true, () => open({ policy: board }), 'proposal::Closed_Won'],
  ])('is the outcome: %s', (_, looked, start, label) => {
    const issue = start();
    issue.label('em-emea-two', { add: [label] });
    if (looked) settled(issue);
    close(issue);
    expect(issue.statusComment()).toContain('### Won');
    expect(issue.statusComment()).toContain('Hand-off');
    expect(issue.statusComment()).not.toContain('Put a stage label back');
    expect(issue.statusComment()).not.toMatch(/answers? (?:is|are) still needed/u);
  });

  it('corrects what a command had said, and the other way round', () => {
    const issue = say(open(), 'em-emea-two', '/scoping lost no budget');
    expect(issue.statusComment()).toContain('### Lost');
    relabel(issue, 'em-emea-two', { add: ['outcome::won'] });
    expect(issue.statusComment()).toContain('### Won');
    relabel(issue, 'em-emea-two', { add: ['outcome::lost'] });
    expect(issue.statusComment()).toContain('### Lost');
  });

  it('that was taken off again is none', () => {
    const issue = close(open());
    relabel(issue, 'em-emea-two', { add: ['outcome::won'] });
    expect(issue.statusComment()).toContain('### Won');
    relabel(issue, 'em-emea-two', { remove: ['outcome::won'] });
    expect(issue.statusComment()).not.toContain('### Won');
  });
});

describe('opened again', () => {
  it.each(['won', 'lost'])(
    'after %s the issue has its column again, and nobody is blamed',
    (verb) => {
      const issue = open({ policy: board, rows: proposal });
      say(issue, 'em-emea-two', '/scoping estimate https://docs.example/e/1 48,000 USD');
      const before = labels(issue, 'proposal::');
      say(issue, 'em-emea-two', `/scoping ${verb} so it is`);
      reopen(issue);
      expect(labels(issue, 'proposal::')).toEqual(before);
      expect(issue.statusComment()).not.toContain('Somebody took the stage label off');
    },
  );

  it('after a person’s own column was taken off, too', () => {
    const issue = open({ policy: board, rows: proposal });
    const before = labels(issue, 'proposal::');
    issue.label('em-emea-two', { add: ['proposal::Closed_Lost'] });
    close(issue);
    issue.label('em-emea-two', { remove: ['proposal::Closed_Lost'] });
    reopen(issue);
    expect(labels(issue, 'proposal::')).toEqual(before);
  });

  it.each([
    ['the default', open, 'stage::on-hold'],
    ['the proposal board', () => open({ policy: board }), 'proposal::On_hold'],
  ])('a pause goes on with its date, person and reason: %s', (_, start, label) => {
    const issue = say(start(), 'em-emea-two', '/scoping hold 2027-01-11 budget');
    say(issue, 'em-emea-two', '/scoping lost they wait no longer');
    reopen(issue);
    expect(issue.issue.labels).toContain(label);
    expect(memoryOf(issue).hold?.until).toBe('2027-01-11');
    expect(issue.statusComment()).toContain('2027-01-11');
    expect(issue.statusComment()).toContain('budget');
  });
});

describe('a command on a closed issue', () => {
  it('changes nothing, then or once the issue is opened again', () => {
    const issue = close(open());
    const before = issue.statusComment();
    say(issue, 'jo-sa', '/scoping set users_planned 500\n/scoping advance force go');
    expect(assessed(issue).answers.get('users_planned')?.value).toBe(900);
    expect(issue.statusComment()).toBe(before);
    const at = stage(issue);
    reopen(issue);
    expect(assessed(issue).answers.get('users_planned')?.value).toBe(900);
    expect(stage(issue)).toBe(at);
  });

  it('that was written just before it was closed counts', () => {
    const issue = open();
    issue.comment('jo-sa', '/scoping set users_planned 500');
    close(issue);
    expect(assessed(issue).answers.get('users_planned')?.value).toBe(500);
  });
});
