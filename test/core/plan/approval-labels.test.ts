/** A label is no approval; and the label that asks the Technical Architect for one (`domain.md` §2.4, §2.6, §8.9). */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../src/core/policy.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { complete, labels, policy, replies, settled, world } from './given.ts';

type Issue = ReturnType<typeof world>;

const board = loadPolicy({
  file: fileURLToPath(new URL('../../scenarios/proposal-board.yaml', import.meta.url)),
});
const approvers = new Map([
  ['ps', ['ps-director']],
  ['revenue', ['rev-ops']],
  ['rdm', ['rdm-emea']],
  ['ta', ['ta-one', 'ta-two']],
]);
const people = {
  'ps-director': { id: 51, name: 'Pat Director' },
  'ta-one': { id: 52, name: 'Tara One' },
};

function withApprovers(from: Policy): Policy {
  return { ...from, people: { ...from.people, approvers } };
}

function issueOn(from: Policy): Issue {
  return settled(world({ rows: complete, policy: withApprovers(from), people }));
}

function say(issue: Issue, by: string, body: string): Issue {
  issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
  issue.comment(by, body);
  return settled(issue);
}

const estimate = (amount: number): string => `/scoping estimate https://docs.example/e/1 ${amount}`;

describe('a label that looks like an approval', () => {
  it.each(['TA::Approved', 'ta:approved', 'TA::approved'])(
    '%s stays, and it is said once who can approve',
    (label) => {
      const issue = issueOn(policy);
      issue.label('em-emea', { add: [label] });
      settled(issue);
      expect(issue.issue.labels).toContain(label);
      const told = issue.statusComment().match(/a label is not an approval.*/g);
      expect(told).toHaveLength(1);
      expect(told?.[0]).toContain('`/scoping approve ta` by `@ta-one` or `@ta-two`');
      expect(replies(issue)).toEqual([]);
    },
  );

  it('opens no gate', () => {
    const issue = issueOn(policy);
    say(issue, 'em-emea', estimate(80_000));
    issue.label('em-emea', { add: ['TA::Approved'] });
    settled(issue);
    const plan = issue.plan();
    const gates = plan.kind === 'changes' ? plan.assessment.stage.gates : [];
    expect(gates.find(({ id }) => id === 'ta_approved')?.passed).toBe(false);
    expect(issue.statusComment()).toContain('a Technical Architect has to review it');
  });

  it('is not worth a word once the approval counts', () => {
    const issue = issueOn(policy);
    issue.label('em-emea', { add: ['TA::Approved'] });
    say(issue, 'ta-one', '/scoping approve ta');
    expect(issue.statusComment()).not.toContain('not an approval');
  });

  it('may be the stage itself, to which a person dragged the card', () => {
    const issue = issueOn(policy);
    issue.label('em-emea', { add: ['stage::sow-approved'] });
    settled(issue);
    expect(labels(issue, 'stage::')).toEqual(['stage::sow-approved']);
    expect(issue.statusComment()).toMatch(
      /not an approval.*approve ps` by `@ps-director`.*approve revenue` by `@rev-ops`.*approve rdm`/,
    );
  });

  it('says so where the policy names nobody', () => {
    const issue = settled(world({ rows: complete }));
    issue.label('em-emea', { add: ['TA::Approved'] });
    settled(issue);
    expect(issue.statusComment()).toContain('somebody whom the policy has yet to name');
  });
});

describe('the label that asks the Technical Architect', () => {
  it('is put on above the amount, and replaced when the approval counts', () => {
    const issue = issueOn(board);
    say(issue, 'em-emea', estimate(49_000));
    expect(labels(issue, 'TA::')).toEqual([]);
    say(issue, 'em-emea', estimate(51_000));
    expect(labels(issue, 'TA::')).toEqual(['TA::Needs-Review']);
    say(issue, 'ta-one', '/scoping approve ta');
    expect(labels(issue, 'TA::')).toEqual(['TA::Approved']);
    expect(issue.statusComment()).not.toContain('not an approval');
  });

  it('comes back with a new estimate, and goes with a smaller one', () => {
    const issue = issueOn(board);
    say(issue, 'em-emea', estimate(51_000));
    say(issue, 'ta-one', '/scoping approve ta');
    say(issue, 'em-emea', estimate(90_000));
    expect(labels(issue, 'TA::')).toEqual(['TA::Needs-Review']);
    say(issue, 'em-emea', estimate(20_000));
    expect(labels(issue, 'TA::')).toEqual([]);
  });

  it('is not fought over: what a person set stays, and is told to be no approval', () => {
    const issue = issueOn(board);
    say(issue, 'em-emea', estimate(51_000));
    issue.label('em-emea', { add: ['TA::Approved'] });
    settled(issue);
    expect(labels(issue, 'TA::')).toEqual(['TA::Approved']);
    expect(issue.statusComment().match(/TA::Approved/g)).toHaveLength(1);
    expect(issue.statusComment()).toContain('a label is not an approval');
  });

  it.each(['TA:Needs Review', 'ta::needs_review'])(
    '%s is read as it and left as it is',
    (label) => {
      const issue = issueOn(board);
      issue.label('em-emea', { add: [label] });
      say(issue, 'em-emea', estimate(51_000));
      expect(labels(issue, 'TA')).toEqual(label.startsWith('TA') ? [label] : []);
      expect(issue.issue.labels).toContain(label);
    },
  );

  it('belongs to that board: the shipped policy leaves TA labels alone', () => {
    const issue = issueOn(policy);
    say(issue, 'em-emea', estimate(51_000));
    expect(labels(issue, 'TA')).toEqual([]);
  });
});
