/**
 * Commands in comments: who may, judged once, answered once (`rulings.md` 26, 27; `interfaces.md` §5, §8).
 * Long, because every command has a case that is accepted and one that is refused.
 */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/model.ts';
import { account, mentions, pending, replies, settled, text, without, world } from './given.ts';

type Issue = ReturnType<typeof world>;

function answer(issue: Issue, field: string): Answer | undefined {
  const plan = issue.plan();
  if (plan.kind !== 'changes') throw new Error(plan.reason);
  return plan.assessment.answers.get(field);
}

/** Changes what a person's note says, as its author can. */
function edit(issue: Issue, id: number, body: string): void {
  const notes = issue.issue.notes.map((note) => (note.id === id ? { ...note, body } : note));
  issue.issue = { ...issue.issue, notes };
}

/** The same issue with somebody's role in the project changed. */
function withRole(issue: Issue, username: string, id: number, accessLevel: number | null): Issue {
  const other = world({ people: { [username]: { id, name: 'The same', accessLevel } } });
  other.issue = issue.issue;
  other.events.push(...issue.events.slice(other.events.length));
  return other;
}

describe('set', () => {
  it.each([
    ['by field id', '/scoping set users_planned 1200'],
    ['by field id with an equals sign', '/scoping set users_planned = 1200'],
    ['in the words of the question', '/scoping set Planned users = 1200'],
    ['addressed to the bot', '@scoping-bot set users_planned 1200'],
    ['addressed to the bot, politely', '@scoping-bot: set users_planned 1200'],
    ['among other lines', 'Hello,\n\n/scoping set users_planned 1200\nthanks!'],
    ['from a mail program', 'Hello\r\n/scoping set users_planned 1200\r\n'],
  ])('%s answers the question', (_, body) => {
    const issue = settled(world());
    const note = issue.comment('planner-pia', body);
    settled(issue);
    expect(answer(issue, 'users_planned')).toMatchObject({
      state: 'answered',
      value: 1200,
      where: { kind: 'command', note: { id: note.id, author: 'planner-pia' } },
    });
    expect(replies(issue)).toEqual([]);
  });

  it('several times in one comment answers several questions', () => {
    const issue = settled(world());
    issue.comment('planner-pia', '/scoping set users_planned 1200\n/scoping set m_users 900');
    settled(issue);
    expect(answer(issue, 'users_planned')?.value).toBe(1200);
    expect(answer(issue, 'm_users')?.value).toBe(900);
  });

  it('the last one counts', () => {
    const issue = settled(world());
    issue.comment('planner-pia', '/scoping set m_users 900');
    issue.comment('jo-sa', '/scoping set m_users 950');
    settled(issue);
    expect(answer(issue, 'm_users')?.value).toBe(950);
  });

  it('inside code or a quote is no command', () => {
    const issue = settled(world());
    issue.comment(
      'planner-pia',
      '```\n/scoping set m_users 900\n```\n\n> /scoping set m_users 900',
    );
    expect(pending(issue)).toEqual([]);
  });

  it('counts for a Planner and not for a Guest or somebody from outside', () => {
    const issue = settled(world());
    issue.comment('guest-gus', '/scoping set m_users 1');
    issue.comment('passer-by', '/scoping set m_users 2');
    settled(issue);
    expect(answer(issue, 'm_users')?.state).toBe('unanswered');
    issue.comment('planner-pia', '/scoping set m_users 3');
    settled(issue);
    expect(answer(issue, 'm_users')?.value).toBe(3);
  });
});

describe('the verdict on a command', () => {
  it('stands when its author loses the role', () => {
    const issue = settled(world());
    issue.comment('planner-pia', '/scoping set m_users 3');
    settled(issue);
    const later = withRole(issue, 'planner-pia', 33, null);
    expect(pending(later)).toEqual([]);
    expect(answer(later, 'm_users')?.value).toBe(3);
    expect(later.lookups).toEqual([]);
  });

  it('stands when its author gets the role', () => {
    const issue = settled(world());
    issue.comment('guest-gus', '/scoping set m_users 3');
    settled(issue);
    const later = withRole(issue, 'guest-gus', 31, 40);
    expect(pending(later)).toEqual([]);
    expect(answer(later, 'm_users')?.state).toBe('unanswered');
  });

  it('is made anew when the command was edited', () => {
    const issue = settled(world());
    const note = issue.comment('guest-gus', '/scoping set m_users 3');
    settled(issue);
    const later = withRole(issue, 'guest-gus', 31, 40);
    edit(later, note.id, '/scoping set m_users 4');
    settled(later);
    expect(answer(later, 'm_users')?.value).toBe(4);
    const again = withRole(later, 'guest-gus', 31, 10);
    edit(again, note.id, '/scoping set m_users 5');
    settled(again);
    expect(answer(again, 'm_users')?.state).toBe('unanswered');
  });

  it('goes with the note', () => {
    const issue = settled(world());
    issue.comment('planner-pia', '/scoping set m_users 3');
    settled(issue);
    issue.issue = { ...issue.issue, notes: issue.issue.notes.slice(0, 1) };
    settled(issue);
    expect(answer(issue, 'm_users')?.state).toBe('unanswered');
  });

  it('is made anew when nothing is remembered: what was set counts again', () => {
    const issue = settled(world());
    const note = issue.comment('planner-pia', '/scoping set m_users 3');
    settled(issue);
    issue.issue = { ...issue.issue, notes: [note] };
    settled(issue);
    expect(answer(issue, 'm_users')?.value).toBe(3);
  });
});

describe('a command and the description', () => {
  const rows = { ...account, 'Total number of Users': '820' };

  it('the command beats what stood there', () => {
    const issue = settled(world({ rows }));
    issue.comment('planner-pia', '/scoping set m_users 830');
    settled(issue);
    expect(answer(issue, 'm_users')?.value).toBe(830);
    issue.describe(text({ ...rows, Goals: 'one platform' }));
    settled(issue);
    expect(answer(issue, 'm_users')?.value).toBe(830);
  });

  it('a row edited afterwards to something else contradicts it', () => {
    const issue = settled(world({ rows }));
    issue.comment('planner-pia', '/scoping set m_users 830');
    settled(issue);
    issue.describe(text({ ...rows, 'Total number of Users': '900' }));
    settled(issue);
    expect(answer(issue, 'm_users')?.state).toBe('contradictory');
  });

  it('a row that was empty and is filled in with something else contradicts it', () => {
    const issue = settled(world());
    issue.comment('planner-pia', '/scoping set m_users 830');
    settled(issue);
    issue.describe(text({ ...account, 'Total number of Users': '900' }));
    settled(issue);
    expect(answer(issue, 'm_users')?.state).toBe('contradictory');
  });

  it('a row that is taken out afterwards leaves the command’s answer', () => {
    const issue = settled(world({ rows }));
    issue.comment('planner-pia', '/scoping set m_users 830');
    settled(issue);
    issue.describe(text(account));
    settled(issue);
    expect(answer(issue, 'm_users')?.value).toBe(830);
  });
});

describe('a command that is refused', () => {
  it.each([
    ['without the role', 'guest-gus', '/scoping set m_users 3', 'Planner'],
    [
      'for an unknown field',
      'jo-sa',
      '/scoping set shoe_size 44',
      'do not know the field `shoe_size`. Each open question in my comment shows its name in its reply form.',
    ],
    ['without a value', 'jo-sa', '/scoping set m_users', 'value for `m_users` is missing'],
    [
      'with an equals sign and no value',
      'jo-sa',
      '/scoping set m_users =',
      'value for `m_users` is missing',
    ],
    ['without anything', 'jo-sa', '/scoping set', 'I need a field'],
    ['with an unknown verb', 'jo-sa', '/scoping aprove ps', 'Did you mean `/scoping approve ps`?'],
    ['with it alone', 'jo-sa', '/scoping aprove', 'mean `/scoping approve ps¦revenue¦rdm¦ta`?'],
    ['with a word that is not allowed', 'jo-sa', '/scoping approve everything', 'ps, revenue'],
    ['with no verb at all', 'jo-sa', '/scoping', '`/scoping help`'],
  ])('%s gets one short reply that says why', (_, author, body, reason) => {
    const issue = settled(world());
    const note = issue.comment(author, body);
    const [first, ...others] = issue.run();
    expect(first).toMatchObject({ kind: 'create_note', internal: false });
    expect(others.map(({ kind }) => kind)).toEqual(['update_note']);
    const [reply] = replies(issue);
    expect(reply?.body).toContain(reason);
    expect(reply?.body).toContain(`note=${note.id} `);
    expect(pending(issue)).toEqual([]);
  });

  it('with several bad lines gets one reply, and the good line counts', () => {
    const issue = settled(world());
    issue.comment('jo-sa', '/scoping dance\n/scoping set m_users 3\n/scoping set shoe_size 44');
    settled(issue);
    expect(replies(issue)).toHaveLength(1);
    expect(replies(issue)[0]?.body).toMatch(/dance[\s\S]*do not know the field/);
    expect(answer(issue, 'm_users')?.value).toBe(3);
  });

  it('in an internal note is answered internally', () => {
    const issue = settled(world());
    issue.comment('guest-gus', '/scoping set m_users 3', { internal: true });
    issue.run();
    expect(replies(issue)).toMatchObject([{ internal: true }]);
  });

  it('on a Service Desk issue is answered internally', () => {
    const issue = settled(world({ serviceDesk: true }));
    issue.comment('guest-gus', '/scoping set m_users 3');
    issue.run();
    expect(replies(issue)).toMatchObject([{ internal: true }]);
  });

  it('is not answered again when it is edited to something else that is refused', () => {
    const issue = settled(world());
    const note = issue.comment('jo-sa', '/scoping dance');
    settled(issue);
    edit(issue, note.id, '/scoping sing');
    settled(issue);
    expect(replies(issue)).toHaveLength(1);
  });

  it('is not answered again when somebody deleted the reply', () => {
    const issue = settled(world());
    issue.comment('jo-sa', '/scoping dance');
    settled(issue);
    const notes = issue.issue.notes.filter(({ body }) => !body.includes('<!-- scoping-bot:reply'));
    issue.issue = { ...issue.issue, notes };
    expect(pending(issue)).toEqual([]);
  });

  it('is not answered again when we were stopped after the reply', () => {
    const issue = settled(world());
    const [status] = issue.issue.notes;
    issue.comment('jo-sa', '/scoping dance');
    issue.run();
    const notes = issue.issue.notes.map((note) => (note.id === status?.id ? status : note));
    issue.issue = { ...issue.issue, notes };
    settled(issue);
    expect(replies(issue)).toHaveLength(1);
  });

  it('is answered when it came by an edit of a comment whose command had counted', () => {
    const issue = settled(world());
    const note = issue.comment('jo-sa', '/scoping set m_users 3');
    settled(issue);
    edit(issue, note.id, '/scoping set m_users 3\n/scoping dance');
    settled(issue);
    expect(replies(issue)).toHaveLength(1);
  });

  it.each([
    '/scoping @em-east',
    '/scoping @all',
    '/scoping aprove @all <img/src=x> ~"needs:em"',
    '/scoping <img/src=x>',
    '/scoping ~"needs:em"',
    '/scoping `@em-east',
    '/scoping [x](https://example.com)',
    `/scoping ${'x'.repeat(5000)}`,
  ])('%s is repeated without calling, linking or formatting anything', (body) => {
    const issue = settled(world());
    issue.comment('passer-by', body);
    settled(issue);
    const [reply] = replies(issue);
    expect(mentions(reply?.body ?? '')).toEqual([]);
    expect(reply?.body).not.toMatch(/^\s*\//m);
    const visible = (reply?.body ?? '').replace(/`[^`\n]*`/g, '').replace(/<!--.*-->/g, '');
    expect(visible).not.toMatch(/[<>[\]@~]/);
    expect(visible.length).toBeLessThan(400);
  });
});

describe('an answer given in an internal note', () => {
  it('counts, and is not repeated where everybody reads', () => {
    const issue = settled(world({ rows: without(account, 'SA') }));
    issue.comment('jo-sa', '/scoping set goals beat our competitor Zebra', { internal: true });
    settled(issue);
    expect(answer(issue, 'goals')?.state).toBe('answered');
    expect(issue.statusComment()).toContain('answered internally');
    expect(issue.statusComment()).not.toContain('Zebra');
  });
});
