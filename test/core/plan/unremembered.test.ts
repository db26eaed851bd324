/** Stopped between an assignment and the comment, we know at the next look that the assignment was our own. */
import { describe, expect, it } from 'vitest';
import { readMemory } from '../../../src/core/plan/memory-note.ts';
import { key } from '../../support/paper-world.ts';
import {
  account,
  assignees,
  memoryOf,
  policy,
  replies,
  runAndCrash,
  settled,
  text,
  withManagers,
  without,
  world,
} from './given.ts';

type Issue = ReturnType<typeof world>;

/** Nothing tells yet who covers it. */
const early = without(account, 'Territory');

function row(issue: Issue): string {
  return /^\| Engagement Manager.*$/m.exec(issue.statusComment())?.[0] ?? '';
}

/** We assign a manager as soon as the territory is known, and are stopped before the comment. */
function stoppedAfterAssigning(about: Parameters<typeof world>[0] = {}): Issue {
  const issue = settled(world({ rows: early, ...about }));
  issue.now = '2026-11-23T10:00:00.000Z';
  issue.describe(text(account));
  runAndCrash(issue);
  return issue;
}

describe('an assignment that is not remembered', () => {
  it.each([
    ['at the first look', () => world()],
    ['at a later one', () => settled(world({ rows: early }))],
  ])('made %s leaves everything as if we had not been stopped', (_, begin) => {
    const [stopped, quiet] = [begin(), begin()];
    for (const issue of [stopped, quiet]) {
      issue.now = '2026-11-23T10:00:00.000Z';
      issue.describe(text(account));
    }
    runAndCrash(stopped);
    expect(assignees(stopped)).toContain('em-emea-two');
    settled(stopped);
    settled(quiet);
    expect(row(stopped)).toBe(row(quiet));
    expect(row(stopped)).toContain('covers EMEA, Enterprise, has the fewest open issues (2)');
    const { assigned, placed, here, em } = memoryOf(quiet);
    expect(memoryOf(stopped)).toMatchObject({ assigned, placed, here, em });
  });

  it('costs one request, once, and a quiet look none', () => {
    const issue = stoppedAfterAssigning();
    issue.plan();
    expect(issue.lookups.filter((kind) => kind === 'assignee_events')).toHaveLength(1);
    settled(issue);
    expect(issue.lookups).toEqual([]);
  });

  it('is taken back by `undo`, and not made again', () => {
    const issue = settled(stoppedAfterAssigning());
    issue.now = '2026-11-23T10:05:00.000Z';
    issue.comment('em-east', '/scoping undo');
    settled(issue);
    expect(assignees(issue)).toEqual(['jo-sa']);
    expect(replies(issue)).toEqual([]);
  });

  it('is taken back by an `undo` that is read in the very next look', () => {
    const issue = stoppedAfterAssigning();
    issue.now = '2026-11-23T10:05:00.000Z';
    issue.comment('em-east', '/scoping undo');
    settled(issue);
    expect(assignees(issue)).toEqual(['jo-sa']);
  });

  it('is taken back, and not the answer that led to it', () => {
    const issue = settled(world({ rows: early }));
    issue.now = '2026-11-23T10:00:00.000Z';
    issue.comment('jo-sa', '/scoping set territory EMEA');
    issue.now = '2026-11-23T10:00:05.000Z';
    runAndCrash(issue);
    issue.now = '2026-11-23T10:05:00.000Z';
    issue.comment('jo-sa', '/scoping undo');
    settled(issue);
    expect(assignees(issue)).toEqual(['jo-sa']);
    expect(issue.statusComment()).toContain('EMEA');
  });

  it('makes way for whom a command names, as our own does', () => {
    const issue = settled(stoppedAfterAssigning());
    issue.now = '2026-11-23T10:05:00.000Z';
    issue.comment('jo-sa', '/scoping assign em @em-east');
    settled(issue);
    expect(assignees(issue)).toEqual(['em-east', 'jo-sa']);
  });

  it('with the command that asked for it is taken back with the command', () => {
    const issue = settled(world());
    issue.now = '2026-11-23T10:00:00.000Z';
    issue.comment('jo-sa', '/scoping assign em @em-east');
    runAndCrash(issue);
    issue.now = '2026-11-23T10:05:00.000Z';
    issue.comment('jo-sa', '/scoping undo');
    settled(issue);
    expect(assignees(issue).toSorted()).toEqual(['em-emea-two', 'jo-sa']);
  });

  it('tells no reason that does not hold any more', () => {
    const issue = stoppedAfterAssigning();
    issue.describe(text({ ...account, Territory: 'East' }));
    settled(issue);
    expect(row(issue)).toContain('`@em-emea-two` | chosen by me, by the answers as they stood');
  });

  it('says nothing of loads where others have fewer issues by now', () => {
    const issue = stoppedAfterAssigning();
    issue.change('em-emea', { open: 0 });
    settled(issue);
    expect(row(issue)).toMatch(/`@em-emea-two` \| covers EMEA, Enterprise \|$/);
  });

  it('in turn says so', () => {
    const { engagementManagers } = policy.people;
    const own = withManagers(engagementManagers, {
      // biome-ignore lint/suspicious/noThenProperty: the name in the policy file (`interfaces.md` §7)
      then: 'round_robin',
    });
    const issue = settled(stoppedAfterAssigning({ policy: own }));
    expect(row(issue)).toContain('whose last new issue is the longest ago');
  });

  it('of a successor still says whom they follow', () => {
    const issue = settled(world());
    issue.change('em-emea-two', { active: false });
    issue.now = '2026-11-25T10:00:00.000Z';
    runAndCrash(issue);
    expect(assignees(issue)).toContain('em-emea');
    settled(issue);
    expect(row(issue)).toContain('takes over from em-emea-two');
  });
});

describe('an assignment by a person', () => {
  it.each([
    ['since we looked', false],
    ['before we were stopped', true],
  ])('%s stays theirs, and is not ours to take back', (_, stopped) => {
    const issue = settled(world({ rows: early }));
    issue.now = '2026-11-23T10:00:00.000Z';
    issue.assign(['jo-sa', 'em-emea'], 'jo-sa');
    if (stopped) runAndCrash(issue);
    settled(issue);
    expect(row(issue)).toContain('`@em-emea` | assigned to this issue');
    expect(memoryOf(issue).placed).not.toHaveProperty('21');
    expect(memoryOf(issue).acts).not.toContainEqual(expect.objectContaining({ ids: [21] }));
  });

  it('who took our choice off and put them on again is theirs', () => {
    const issue = stoppedAfterAssigning();
    issue.assign(['jo-sa'], 'jo-sa');
    issue.assign(['jo-sa', 'em-emea-two'], 'jo-sa');
    settled(issue);
    expect(row(issue)).toContain('assigned to this issue');
  });

  it('on an issue that is new to us costs nothing', () => {
    const issue = world({ assignees: ['em-emea'] });
    issue.run();
    expect(issue.lookups).not.toContain('assignee_events');
  });
});

it('whose comment was deleted finds the choice again', () => {
  const issue = settled(world());
  issue.now = '2026-11-24T10:00:00.000Z';
  const notes = issue.issue.notes.filter(({ body }) => !readMemory(body, issue.issue.ref, key));
  issue.issue = { ...issue.issue, notes };
  settled(issue);
  expect(row(issue)).toContain('covers EMEA, Enterprise, has the fewest open issues (2)');
  expect(memoryOf(issue).placed).toMatchObject({ '22': '' });
});
