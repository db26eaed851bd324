/** Labels in other spellings than the policy's are read as what they mean and left as they are while they are right (`domain.md` §2.4). */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { foldLabel } from '../../../src/core/label-spelling.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { fc } from '../../support/property.ts';
import { account, complete, labels, pending, policy, settled, text, world } from './given.ts';

const file = new URL('../../scenarios/proposal-board.yaml', import.meta.url);
const board = loadPolicy({ file: fileURLToPath(file) });

describe('two names are the same label', () => {
  it.each([
    ['proposal::Awaiting_Discovery', 'proposal:awaiting discovery'],
    ['proposal::Ready For Approval', 'Proposal::ReadyForApproval'],
    ['scoping-bot::ignore', 'Scoping Bot :: Ignore'],
    ['service:migration-scm', 'SERVICE:Migration_SCM'],
    ['lead::sa', 'lead：​sa'],
  ])('%s and %s', (one, other) => {
    expect(foldLabel(one)).toBe(foldLabel(other));
  });

  it.each([
    ['lead::sa', 'leadsa'],
    ['lead::sa', 'lead::s/a'],
    ['stage::proposal', 'stage::proposals'],
  ])('but not %s and %s', (one, other) => {
    expect(foldLabel(one)).not.toBe(foldLabel(other));
  });
});

describe('a label in another spelling', () => {
  it('makes an issue a scoping issue', () => {
    const issue = settled(world({ title: 'Help for Tarnfield', labels: ['services_calculator'] }));
    expect(issue.statusComment()).not.toBe('');
  });

  it('keeps the bot off', () => {
    const issue = world({ labels: ['Scoping Bot: Ignore'] });
    expect(issue.plan().kind).toBe('hands_off');
  });

  it('stays as it is while it says what the bot would say', () => {
    const issue = settled(
      world({ labels: ['Stage:Technical_Evaluation', 'Lead: SA', 'Service: Migration SCM'] }),
    );
    expect(labels(issue, '').filter((label) => /stage|lead|service:/i.test(label))).toEqual([
      'Lead: SA',
      'Service: Migration SCM',
      'Stage:Technical_Evaluation',
    ]);
    expect(issue.statusComment()).not.toContain('by a person');
  });

  it('is the stage the issue is in, and goes by its own name when the stage ends', () => {
    const issue = settled(world({ labels: ['STAGE: technical evaluation'] }));
    issue.describe(text(complete));
    expect(issue.run()[0]).toMatchObject({
      kind: 'issue',
      addLabels: expect.arrayContaining(['stage::proposal']),
      removeLabels: expect.arrayContaining(['STAGE: technical evaluation']),
    });
    settled(issue);
    expect(labels(issue, 'stage::')).toEqual(['stage::proposal']);
  });

  it('of a person stands against ours and is named as it stands', () => {
    const issue = settled(world());
    issue.label('em-emea', { add: ['Lead: CSM'] });
    settled(issue);
    expect(labels(issue, '').filter((label) => /lead/i.test(label))).toEqual(['Lead: CSM']);
    expect(issue.statusComment()).toContain('Lead: CSM was set by a person');
    issue.describe(text({ ...account, 'Opportunity type': 'none' }));
    settled(issue);
    expect(labels(issue, '').filter((label) => /lead/i.test(label))).toEqual(['lead::ae']);
  });

  it('that names a service type counts as a person’s word', () => {
    const issue = settled(world({ labels: ['Service: Health Check'] }));
    expect(labels(issue, '').filter((label) => /service:/i.test(label))).toEqual([
      'Service: Health Check',
    ]);
  });

  it('beside the exact one is no second label: both stay while they are right and go together', () => {
    const issue = settled(world({ labels: ['needs:sa', 'Needs: SA'], free: true }));
    expect(issue.issue.labels).toEqual(expect.arrayContaining(['needs:sa', 'Needs: SA']));
    issue.label('jo-sa', { add: ['LEAD::sa'] });
    settled(issue);
    expect(issue.issue.labels).toEqual(expect.arrayContaining(['lead::sa', 'LEAD::sa']));
    issue.describe(text({ ...account, 'Opportunity type': 'none' }));
    settled(issue);
    expect(labels(issue, '').filter((label) => /lead/i.test(label))).toEqual(['lead::ae']);
  });
});

describe('labels of one scope in spellings that GitLab lets stand together', () => {
  it('tell by the newest one only, at the first look as at the second', () => {
    const issue = world({ labels: ['TA:NeedsReview', 'TA:Approved'], free: true, policy: board });
    issue.run();
    expect(labels(issue, 'TA')).toEqual(['TA:Approved']);
    expect(issue.statusComment()).not.toContain('Technical Architect was asked for');
    expect(pending(issue)).toEqual([]);
  });
});

describe('labels in any spelling', () => {
  const spelled = fc
    .tuple(
      fc.constantFrom(
        ...[policy, board].flatMap(({ labels: families, stages }) => [
          ...families.flatMap(({ names }) => [...names.values()]),
          ...stages.flatMap(({ also }) => also),
        ]),
      ),
      fc.constantFrom('', '_', ' ', '-'),
      fc.constantFrom(':', '::'),
      fc.boolean(),
    )
    .map(([name, gap, colons, loud]) => {
      const other = name.replace(/[-_ ]/g, gap).replace(/:+/, colons);
      return loud ? other.toUpperCase() : other;
    });
  const someLabels = fc.uniqueArray(spelled, { maxLength: 8 });
  const texts = [text({}), text(account), text(complete)];

  it.each([
    ['with exclusive labels', false, policy],
    ['on Free', true, policy],
    ['on the proposal board', false, board],
    ['on the proposal board on Free', true, board],
  ])('leave nothing to do after a look, whatever a person does, %s', (_, free, own) => {
    fc.assert(
      fc.property(someLabels, someLabels, fc.constantFrom(...texts), (before, after, edited) => {
        const issue = world({ labels: before, free, policy: own });
        issue.run();
        expect(pending(issue)).toEqual([]);
        issue.label('em-emea', { add: after, remove: before.slice(0, 2) });
        issue.describe(edited);
        issue.run();
        expect(pending(issue)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
