/** However long an issue lives, its comment stays below what GitLab takes, and forgetting repeats nothing. */
import { describe, expect, it } from 'vitest';
import { withinBounds } from '../../../src/core/plan/growth.ts';
import { noMemory } from '../../../src/core/plan/memory.ts';
import { account, labels, memoryOf, pending, replies, settled, text, world } from './given.ts';

type Issue = ReturnType<typeof world>;

/** What GitLab takes in a note. */
const most = 1_000_000;

function longest(issue: Issue): number {
  return Math.max(...issue.issue.notes.map(({ body }) => body.length));
}

/** So many comments of the lead, three minutes apart, all found at one look. */
function write(issue: Issue, count: number, body: (n: number) => string): void {
  const notes = [...issue.issue.notes];
  const start = Date.parse(issue.now);
  for (let n = 1; n <= count; n += 1) {
    const at = new Date(start + n * 180_000).toISOString();
    const id = 1000 + notes.length;
    const author = issue.person('jo-sa');
    notes.push({ id, body: body(n), author, createdAt: at, updatedAt: at, internal: false });
  }
  issue.now = notes.at(-1)?.createdAt ?? issue.now;
  issue.issue = { ...issue.issue, notes };
}

describe('two thousand commands over the life of an issue', () => {
  it('leave a comment below the limit, and nothing for a second look', () => {
    const issue = settled(world({ rows: {} }));
    write(issue, 2000, (n) => `/scoping set goals ${'one platform for all '.repeat(20)}${n}`);
    settled(issue);
    expect(longest(issue)).toBeLessThan(most);
    expect(Object.keys(memoryOf(issue).verdicts)).toHaveLength(2000);
  }, 60_000);
});

describe('beyond what is remembered', () => {
  it('old commands count as they stand, and none is done or answered again', () => {
    const issue = settled(world());
    issue.now = '2026-11-23T10:00:00.000Z';
    issue.comment('guest-gus', '/scoping set m_users 1');
    issue.comment('em-emea', '/scoping advance force go');
    issue.comment('jo-sa', '/scoping dance');
    issue.comment('jo-sa', '/scoping set users_planned 950');
    settled(issue);
    issue.label('em-emea', { add: ['stage::technical-evaluation'] });
    settled(issue);
    write(issue, 2600, (n) => `/scoping set m_repos ${n}`);
    settled(issue);
    const kept = memoryOf(issue);
    expect(kept.settled).toBeGreaterThan(1000);
    expect(Object.keys(kept.verdicts).length).toBeLessThan(2510);
    const noReplies = issue.issue.notes.filter(({ body }) => !body.includes('bot:reply'));
    issue.issue = { ...issue.issue, notes: noReplies };
    settled(issue);
    expect(replies(issue)).toEqual([]);
    expect(labels(issue, 'stage::')).toEqual(['stage::technical-evaluation']);
    const plan = issue.plan();
    const answers = plan.kind === 'changes' ? plan.assessment.answers : null;
    expect(answers?.get('users_planned')?.value).toBe(950);
    expect(answers?.get('m_repos')?.value).toBe(2600);
    expect(answers?.get('m_users')?.state).toBe('unanswered');
  }, 60_000);
});

describe('a card that is dragged back and forth without end', () => {
  it('leaves the newest moves', () => {
    const moves = Array.from({ length: 5000 }, (_, n) => ({
      stage: n % 2 === 0 ? 'proposal' : 'technical_evaluation',
      at: '2026-11-23T09:00:00.000Z',
      by: 'em-emea',
    }));
    const { history } = withinBounds({ ...noMemory, history: moves });
    expect(history).toHaveLength(200);
    expect(history.at(-1)).toBe(moves.at(-1));
  });
});

describe('secrets without number', () => {
  const secret = (n: number): string => `glpat-${String(n).padStart(4, '0')}aBcDeFgHiJkLmNoP`;

  it('are warned of, and what is remembered of them stays small', () => {
    const issue = settled(world());
    for (let round = 0; round < 3; round += 1) {
      const lines = Array.from({ length: 400 }, (_, n) => secret(round * 400 + n));
      issue.describe(`${text(account)}\n\n${lines.join('\n')}`);
      settled(issue);
    }
    expect(memoryOf(issue).warned.length).toBeLessThanOrEqual(500);
    expect(issue.issue.notes.filter(({ internal }) => internal)).toHaveLength(3);
    expect(longest(issue)).toBeLessThan(most);
    expect(pending(issue)).toEqual([]);
  });
});
