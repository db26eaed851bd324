/** What `undo` takes back, and what it leaves to people (`interfaces.md` §5). */
import { describe, expect, it } from 'vitest';
import {
  account,
  assignees,
  complete,
  labels,
  memoryOf,
  replies,
  runAndCrash,
  settled,
  world,
} from './given.ts';

type Issue = ReturnType<typeof world>;

function say(issue: Issue, body: string, seconds = 120): Issue {
  issue.now = new Date(Date.parse(issue.now) + seconds * 1000).toISOString();
  issue.comment('em-emea', body);
  return settled(issue);
}

const stage = (issue: Issue): string => labels(issue, 'stage::').join(' ');
const lastReply = (issue: Issue): string => replies(issue).at(-1)?.body ?? '';

describe('undo', () => {
  it('right after the first look takes back whom we assigned, says so, and nobody is assigned again', () => {
    const issue = settled(world());
    expect(assignees(issue)).toEqual(['em-emea-two', 'jo-sa']);
    say(issue, '/scoping undo');
    say(issue, '/scoping recheck');
    expect(assignees(issue)).toEqual([]);
    expect(issue.statusComment()).toContain(
      '`/scoping undo` took back that I had assigned Emil Haas and Jo Pike, so I do not do it again',
    );
    expect(issue.statusComment()).not.toContain('A person changed the assignees');
    say(issue, '/scoping assign em @em-emea-two');
    expect(assignees(issue)).toEqual(['em-emea-two']);
    expect(issue.statusComment()).toContain('took back that I had assigned Jo Pike');
  });

  it('says whose command it took back, until something else is done', () => {
    const issue = settled(world());
    issue.comment('jo-sa', '/scoping set m_users 3 @em-east <b>');
    settled(issue);
    say(issue, '/scoping undo');
    const said = '`@em-emea` took back `set m_users 3 @em-east <b>` by `@jo-sa`.';
    expect(issue.statusComment()).toContain(said);
    say(issue, '/scoping recheck');
    expect(issue.statusComment()).toContain(said);
    say(issue, '/scoping set m_users 4');
    expect(issue.statusComment()).not.toContain('took back');
    say(issue, '/scoping undo');
    expect(issue.statusComment()).toContain('took back `set m_users 4` by `@em-emea`');
    say(issue, '/scoping hold 2026-12-18 budget');
    expect(issue.statusComment()).not.toContain('took back `set');
  });

  it('says nothing any more of a command that is deleted', () => {
    const issue = say(settled(world()), '/scoping set m_users 3');
    const typed = issue.issue.notes.find(({ body }) => body === '/scoping set m_users 3');
    say(issue, '/scoping undo');
    expect(issue.statusComment()).toContain('took back `set');
    const notes = issue.issue.notes.filter(({ id }) => id !== typed?.id);
    issue.issue = { ...issue.issue, notes };
    settled(issue);
    expect(issue.statusComment()).not.toContain('took back `set');
  });

  it.each([
    ['command', true, false],
    ['undo', false, true],
  ])('of an internal %s is not told in the open', (_, command, undo) => {
    const issue = settled(world());
    issue.comment('jo-sa', '/scoping set m_users 3', { internal: command });
    settled(issue);
    issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
    issue.comment('em-emea', '/scoping undo', { internal: undo });
    settled(issue);
    expect(Object.values(memoryOf(issue).verdicts)).toContainEqual(
      expect.objectContaining({ undone: true }),
    );
    expect(issue.statusComment()).not.toContain('took back');
  });

  it('takes back a pause, and nothing older', () => {
    const issue = say(settled(world()), '/scoping hold 2026-12-18 budget');
    expect(stage(issue)).toBe('stage::on-hold');
    const before = assignees(issue);
    say(issue, '/scoping undo');
    expect(stage(issue)).toBe('stage::technical-evaluation');
    expect(assignees(issue)).toEqual(before);
    expect(replies(issue)).toEqual([]);
  });

  it('takes back the end of a pause, with its date', () => {
    const issue = say(settled(world()), '/scoping hold 2026-12-18 budget');
    say(issue, '/scoping resume');
    say(issue, '/scoping undo');
    expect(stage(issue)).toBe('stage::on-hold');
    expect(issue.statusComment()).toContain('2026-12-18');
    say(issue, '/scoping undo');
    expect(stage(issue)).toBe('stage::technical-evaluation');
  });

  it('of a second pause goes back to the first', () => {
    const issue = say(settled(world()), '/scoping hold 2026-12-18 budget');
    say(issue, '/scoping hold 2027-01-18 still no budget');
    say(issue, '/scoping undo');
    expect(memoryOf(issue).hold?.until).toBe('2026-12-18');
  });

  it('of a move that ended a pause brings the pause back', () => {
    const issue = say(settled(world()), '/scoping hold 2026-12-18 budget');
    say(issue, '/scoping advance force they pay');
    expect(stage(issue)).toBe('stage::proposal');
    say(issue, '/scoping undo');
    expect(stage(issue)).toBe('stage::on-hold');
    expect(memoryOf(issue)).toMatchObject({
      stage: 'technical_evaluation',
      hold: { until: '2026-12-18' },
    });
  });

  it.each(['hold 2026-12-18 budget', 'advance force go', 'won it'])(
    'below %s in the same comment: it never happens, and nothing older is touched',
    (order) => {
      const issue = settled(world());
      const before = issue.issue;
      say(issue, `/scoping ${order}\n/scoping undo`);
      expect(issue.issue.labels).toEqual(before.labels);
      expect(issue.issue.state).toBe('opened');
      expect(issue.issue.assignees).toEqual(before.assignees);
    },
  );

  it('twice within a minute, in two comments, takes back two things', () => {
    const issue = say(settled(world()), '/scoping advance force go');
    say(issue, '/scoping hold 2026-12-18 budget');
    say(issue, '/scoping undo');
    say(issue, '/scoping undo', 10);
    expect(stage(issue)).toBe('stage::technical-evaluation');
  });

  it('twice in one comment takes back two things, once', () => {
    const issue = say(settled(world()), '/scoping advance force go');
    say(issue, '/scoping hold 2026-12-18 budget');
    say(issue, '/scoping undo\n/scoping undo');
    expect(stage(issue)).toBe('stage::technical-evaluation');
    expect(replies(issue)).toEqual([]);
  });

  it.each([
    ['a move', complete, 'stage::technical-evaluation'],
    ['a pause', account, 'stage::proposal'],
  ])(
    'after a person dragged the issue away from %s leaves it, and says how',
    (_, rows, dragged) => {
      const issue = settled(world({ rows }));
      if (rows === account) say(issue, '/scoping hold 2026-12-18 budget');
      else say(issue, '/scoping undo');
      issue.label('jo-sa', { add: [dragged] });
      settled(issue);
      say(issue, '/scoping undo');
      expect(stage(issue)).toBe(dragged);
      expect(lastReply(issue)).toContain('a person has moved the issue since');
      expect(lastReply(issue)).toContain('`/scoping back STAGE REASON`');
    },
  );

  it('after a drag in the same look leaves it too', () => {
    const issue = say(settled(world()), '/scoping advance force go');
    issue.label('jo-sa', { add: ['stage::sow-approval'] });
    say(issue, '/scoping undo');
    expect(stage(issue)).toBe('stage::sow-approval');
    expect(lastReply(issue)).toContain('back STAGE REASON');
  });

  it('still takes back what was done after the drag', () => {
    const issue = say(settled(world()), '/scoping advance force go');
    issue.label('jo-sa', { add: ['stage::technical-evaluation'] });
    settled(issue);
    say(issue, '/scoping hold 2026-12-18 budget');
    say(issue, '/scoping undo');
    expect(stage(issue)).toBe('stage::technical-evaluation');
    expect(replies(issue)).toEqual([]);
  });

  it.each(['advance force go', 'hold 2026-12-18 budget'])(
    'takes back %s although we were stopped before the comment',
    (order) => {
      const issue = settled(world());
      issue.now = '2026-11-23T10:00:00.000Z';
      issue.comment('em-emea', `/scoping ${order}`);
      runAndCrash(issue);
      expect(stage(issue)).not.toBe('stage::technical-evaluation');
      say(issue, '/scoping undo');
      expect(stage(issue)).toBe('stage::technical-evaluation');
      expect(replies(issue)).toEqual([]);
    },
  );

  it('takes back our move, and not the answer that led to it, although we were stopped in between', () => {
    const { 'License tier': _, ...rows } = complete;
    const issue = settled(world({ rows }));
    issue.now = '2026-11-23T10:00:00.000Z';
    issue.comment('em-emea', '/scoping set tier Premium');
    runAndCrash(issue);
    expect(stage(issue)).toBe('stage::proposal');
    settled(issue);
    say(issue, '/scoping undo');
    expect(stage(issue)).toBe('stage::technical-evaluation');
  });

  it('does not take back an ending: closed it is not heard, opened again it is the person’s', () => {
    const issue = say(settled(world()), '/scoping lost no budget');
    say(issue, '/scoping undo');
    expect(issue.issue.state).toBe('closed');
    expect(replies(issue)).toEqual([]);
    issue.reopen();
    settled(issue);
    const before = stage(issue);
    say(issue, '/scoping undo');
    expect(stage(issue)).toBe(before);
    expect(lastReply(issue)).toContain('a person has opened it again since');
  });
});
