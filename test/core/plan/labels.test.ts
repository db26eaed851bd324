/**
 * Labels: ours, people's, and who wins when (`rulings.md` 30, `interfaces.md` §6 and §8).
 * Long, because who wins is decided by family, by person and by time, and each meets each.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { concludeLabels } from '../../../src/core/plan/conclusions.ts';
import { changeLabels } from '../../../src/core/plan/labels.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { bot } from '../../support/paper-world.ts';
import {
  account,
  complete,
  labels,
  memoryOf,
  pending,
  policy,
  runAndCrash,
  settled,
  text,
  without,
  world,
} from './given.ts';

const lead = (rows: Readonly<Record<string, string>>, kind: string): string =>
  text({ ...rows, 'Opportunity type': kind, 'Existing customer': 'yes', CSM: '@cleo-csm' });

describe('the labels of a new issue', () => {
  it('say where it stands, who leads, what is asked for and whose move it is', () => {
    const issue = settled(world({ labels: ['Services Calculator', 'priority::1'] }));
    expect(issue.issue.labels.toSorted()).toEqual([
      'Services Calculator',
      'discovery::incomplete',
      'lead::sa',
      'needs:ae',
      'needs:sa',
      'priority::1',
      'service:migration-scm',
      'stage::technical-evaluation',
    ]);
  });

  it('leave out what is not known', () => {
    const issue = settled(world({ rows: {} }));
    expect(labels(issue, 'lead::')).toEqual([]);
    expect(labels(issue, 'service:')).toEqual([]);
    expect(labels(issue, 'discovery::')).toEqual(['discovery::incomplete']);
  });

  it('follow the answers', () => {
    const issue = settled(world());
    issue.describe(lead(account, 'renewal'));
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    issue.describe(text(without(account, 'Source SCM System(s)', 'Opportunity type')));
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual([]);
    expect(labels(issue, 'service:')).toEqual([]);
  });

  it('say when something blocks', () => {
    const issue = settled(world({ rows: complete, title: 'TBD - Scope Issue and Write SOW' }));
    expect(labels(issue, 'discovery::')).toEqual(['discovery::blocked']);
  });
});

describe('a scoped label that a person set', () => {
  function leadByPerson(free = false) {
    const issue = settled(world({ free }));
    issue.label('em-emea', { add: ['lead::csm'] });
    return settled(issue);
  }

  it('stays, and the comment says that we differ', () => {
    const issue = leadByPerson();
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(issue.statusComment()).toMatch(/lead::csm.* set by a person.*lead::sa/);
  });

  it('stays through edits that leave our conclusion what it was', () => {
    const issue = leadByPerson();
    issue.describe(text(complete));
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
  });

  it('gives way once our conclusion becomes another', () => {
    const issue = leadByPerson();
    issue.describe(text({ ...account, 'Opportunity type': 'none' }));
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::ae']);
    expect(issue.statusComment()).not.toContain('set by a person');
    issue.describe(text(account));
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::sa']);
  });

  it('stays although the text was changed in the same moment', () => {
    const issue = settled(world());
    issue.label('em-emea', { add: ['lead::csm'] });
    issue.describe(text({ ...account, 'Opportunity type': 'none' }));
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
  });

  it('that was there before we came stays as well', () => {
    const issue = settled(world({ labels: ['lead::em'] }));
    expect(labels(issue, 'lead::')).toEqual(['lead::em']);
  });

  it('that says what we say is not worth a word', () => {
    const issue = settled(world({ labels: ['lead::sa'] }));
    expect(labels(issue, 'lead::')).toEqual(['lead::sa']);
    expect(issue.statusComment()).not.toContain('by a person');
  });

  it('makes ours go where GitLab lets both stand', () => {
    const issue = leadByPerson(true);
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(issue.statusComment()).toMatch(/lead::csm.* set by a person.*lead::sa/);
  });
});

describe('a scoped label that a person took off', () => {
  it('stays off, and the comment says so', () => {
    const issue = settled(world());
    issue.label('jo-sa', { remove: ['discovery::incomplete'] });
    settled(issue);
    expect(labels(issue, 'discovery::')).toEqual([]);
    expect(issue.statusComment()).toMatch(/took the discovery:: label off.*discovery::incomplete/);
  });

  it('comes back with another conclusion', () => {
    const issue = settled(world());
    issue.label('jo-sa', { remove: ['discovery::incomplete'] });
    settled(issue);
    issue.describe(text(complete));
    settled(issue);
    expect(labels(issue, 'discovery::')).toEqual(['discovery::complete']);
  });

  it('while we have nothing to say either is not worth a word', () => {
    const issue = settled(world({ rows: {} }));
    issue.label('jo-sa', { add: ['lead::em'] });
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::em']);
    issue.label('jo-sa', { remove: ['lead::em'] });
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual([]);
    expect(issue.statusComment()).not.toMatch(/took .* off/);
  });
});

describe('a plain label', () => {
  it('that a person took off stays off while we would still set it', () => {
    const issue = settled(world());
    issue.label('axel-ae', { remove: ['needs:ae'] });
    settled(issue);
    expect(labels(issue, 'needs:')).toEqual(['needs:sa']);
    expect(issue.statusComment()).toMatch(/took .*needs:ae.* off/);
  });

  it('that was taken off comes back when it is needed anew', () => {
    const issue = settled(world());
    issue.label('axel-ae', { remove: ['needs:sa'] });
    settled(issue);
    issue.describe(text({ ...account, 'Opportunity type': 'none' }));
    settled(issue);
    expect(labels(issue, 'needs:')).not.toContain('needs:sa');
    issue.describe(text(account));
    settled(issue);
    expect(labels(issue, 'needs:')).toContain('needs:sa');
  });

  it('that a person put on stays on, although we see no need for it', () => {
    const issue = settled(world());
    issue.label('axel-ae', { add: ['needs:csm'] });
    settled(issue);
    issue.describe(text(complete));
    settled(issue);
    expect(labels(issue, 'needs:')).toContain('needs:csm');
  });

  it('decides for itself alone, not for its family', () => {
    const issue = settled(world());
    issue.label('axel-ae', { remove: ['needs:ae'] });
    settled(issue);
    issue.describe(text({ ...account, 'Opportunity type': 'none' }));
    settled(issue);
    expect(labels(issue, 'needs:')).not.toContain('needs:sa');
  });

  it('of ours goes when its reason is gone, and that is the end of it', () => {
    const issue = settled(world({ rows: without(complete, 'Total number of Users') }));
    expect(labels(issue, 'needs:')).toEqual(['needs:customer', 'needs:sa']);
    issue.describe(text(complete));
    settled(issue);
    expect(labels(issue, 'needs:')).not.toContain('needs:customer');
  });

  it('of an outcome, which we do not set, is left to people', () => {
    const issue = settled(world({ labels: ['outcome::won'] }));
    expect(labels(issue, 'outcome::')).toEqual(['outcome::won']);
  });
});

describe('a risk label', () => {
  const airGap = { ...complete, 'Network access to the source': 'air-gapped' };

  it('comes and goes with the finding of its check', () => {
    const issue = settled(world({ rows: airGap }));
    expect(labels(issue, 'risk:')).toEqual(['risk:air-gap']);
    issue.describe(text(complete));
    settled(issue);
    expect(labels(issue, 'risk:')).toEqual([]);
  });

  it('of a person stays without a finding, and stays off when a person took it off', () => {
    const issue = settled(world({ rows: airGap, labels: ['risk:deadline'] }));
    issue.label('em-emea', { remove: ['risk:air-gap'] });
    settled(issue);
    expect(labels(issue, 'risk:')).toEqual(['risk:deadline']);
  });
});

describe('a fit label', () => {
  const small = {
    ...complete,
    'Total number of git repositories': '120',
    'Total number of projects': '60',
  };

  it('follows the recommendation once that is fairly sure', () => {
    const issue = settled(world({ rows: {} }));
    expect(labels(issue, 'fit::')).toEqual([]);
    issue.describe(text(small));
    settled(issue);
    expect(labels(issue, 'fit::')).toEqual(['fit::sku']);
    issue.describe(text(complete));
    settled(issue);
    expect(labels(issue, 'fit::')).toEqual(['fit::sow']);
  });

  it('of ours decides nothing, also when our comment is lost or we have a new user', () => {
    const issue = settled(world({ rows: small }));
    expect(labels(issue, 'stage::')).toEqual(['stage::technical-evaluation']);
    issue.issue = { ...issue.issue, notes: [] };
    settled(issue);
    expect(labels(issue, 'stage::')).toEqual(['stage::technical-evaluation']);

    const renewed = settled(
      world({ rows: small, policy: { ...policy, botUsernames: ['Em-East'] } }),
    );
    renewed.events.forEach((event, at) => {
      if (event.userId !== bot.id) return;
      renewed.events[at] = { ...event, userId: 23, username: 'em-east' };
    });
    renewed.issue = { ...renewed.issue, notes: [] };
    settled(renewed);
    expect(labels(renewed, 'stage::')).toEqual(['stage::technical-evaluation']);
  });

  it('of a person decides, and stays when we conclude something else later', () => {
    const issue = settled(world({ labels: ['fit::sow'] }));
    issue.describe(text(small));
    settled(issue);
    expect(labels(issue, 'fit::')).toEqual(['fit::sow']);
    expect(labels(issue, 'stage::')).toEqual(['stage::proposal']);
    expect(issue.statusComment()).toMatch(/fit::sow was set by a person.*fit::sku/);
  });
});

describe('a lead label of a person', () => {
  it('says who leads: that role is asked, and the reason is told', () => {
    const issue = settled(world());
    issue.label('em-emea', { add: ['lead::csm'] });
    settled(issue);
    const plan = issue.plan();
    if (plan.kind !== 'changes') throw new Error('the issue is ours');
    expect(plan.assessment.lead).toEqual({
      role: 'csm',
      rule: 'label',
      reason: "A person's label says that the Customer Success Manager leads discovery.",
      concluded: 'sa',
    });
    expect(labels(issue, 'needs:')).toContain('needs:csm');
    expect(issue.statusComment()).toContain("A person's label says that the Customer Success");
    issue.describe(text({ ...account, 'Opportunity type': 'none' }));
    settled(issue);
    expect(issue.statusComment()).not.toContain("A person's label");
  });

  it('that was put on last counts where GitLab lets two stand', () => {
    const issue = settled(world({ free: true }));
    issue.label('em-emea', { add: ['lead::csm'] });
    issue.label('em-emea', { add: ['lead::ae'] });
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::ae']);
    expect(issue.statusComment()).toContain('the Account Executive leads discovery');
  });
});

describe.each([
  ['with exclusive labels', false],
  ['on Free', true],
])('an outcome that shares its scope with the stages, %s', (_, free) => {
  const board = loadPolicy({
    file: fileURLToPath(new URL('../../scenarios/proposal-board.yaml', import.meta.url)),
  });
  const standing = (issue: ReturnType<typeof world>): readonly string[] =>
    labels(issue, 'proposal::');

  it('takes the place of the stage label, which comes back when a person puts one on', () => {
    const issue = settled(world({ free, policy: board }));
    expect(standing(issue)).toEqual(['proposal::Awaiting_Discovery']);
    issue.label('em-emea', { add: ['proposal::Closed_Lost'] });
    settled(issue);
    expect(standing(issue)).toEqual(['proposal::Closed_Lost']);
    issue.describe(text(complete));
    settled(issue);
    expect(standing(issue)).toEqual(['proposal::Closed_Lost']);
    expect(issue.statusComment()).toContain('in the place of a stage label');
    issue.label('em-emea', { add: ['proposal::SOW_WIP'] });
    settled(issue);
    expect(standing(issue)).toEqual(['proposal::SOW_WIP']);
    expect(issue.statusComment()).not.toContain('in the place of a stage label');
  });

  it('is left alone on an issue that we never saw before', () => {
    const issue = settled(world({ free, policy: board, labels: ['Proposal: closed won'] }));
    expect(labels(issue, '').filter((label) => /proposal/i.test(label))).toEqual([
      'Proposal: closed won',
    ]);
  });

  it('makes the stage label go in the same request when it is concluded', () => {
    const issue = settled(world({ free, policy: board }));
    const plan = issue.plan();
    if (plan.kind !== 'changes') throw new Error('the issue is ours');
    const memory = memoryOf(issue);
    const decisions = {
      peoples: [],
      own: memory.own,
      touched: [],
      when: new Map(),
      removedServices: [],
      overruled: [],
    };
    const conclusions = concludeLabels(plan.assessment, [], 'technical_evaluation', 'won');
    const change = changeLabels(board, issue.issue.labels, conclusions, decisions, memory);
    expect(change).toMatchObject({
      add: ['proposal::Closed_Won'],
      remove: expect.arrayContaining(['proposal::Awaiting_Discovery']),
      insteadOfStage: 'proposal::Closed_Won',
    });
  });
});

describe('a service type', () => {
  it('that a person took off is not concluded again, whatever else changes', () => {
    const issue = settled(world());
    issue.label('jo-sa', { remove: ['service:migration-scm'] });
    settled(issue);
    expect(labels(issue, 'service:')).toEqual([]);
    issue.describe(text({ ...account, 'Total number of git repositories': '40' }));
    settled(issue);
    expect(labels(issue, 'service:')).toEqual([]);
    expect(memoryOf(issue).removedServices).toEqual(['migration_scm']);
  });

  it('comes back when a person puts the label on again', () => {
    const issue = settled(world());
    issue.label('jo-sa', { remove: ['service:migration-scm'] });
    settled(issue);
    issue.label('jo-sa', { add: ['service:migration-scm'] });
    settled(issue);
    expect(labels(issue, 'service:')).toEqual(['service:migration-scm']);
    expect(memoryOf(issue).removedServices).toEqual([]);
  });

  it('comes back when the text names it', () => {
    const issue = settled(world());
    issue.label('jo-sa', { remove: ['service:migration-scm'] });
    settled(issue);
    issue.describe(text({ ...account, 'Service types': 'SCM migration' }));
    settled(issue);
    expect(labels(issue, 'service:')).toEqual(['service:migration-scm']);
  });

  it('that a person’s label names takes the place of what we inferred', () => {
    const issue = settled(world());
    issue.label('jo-sa', { add: ['service:health-check'] });
    settled(issue);
    expect(labels(issue, 'service:')).toEqual(['service:health-check']);
    issue.label('jo-sa', { remove: ['service:health-check'] });
    settled(issue);
    expect(labels(issue, 'service:')).toEqual(['service:migration-scm']);
  });

  it('that was inferred is not taken for a person’s word at the next look', () => {
    const issue = settled(world());
    issue.describe(text(without(account, 'Source SCM System(s)')));
    settled(issue);
    expect(labels(issue, 'service:')).toEqual([]);
  });
});

describe('labels that we had written when we were stopped', () => {
  it('are ours at the next look', () => {
    const issue = world();
    runAndCrash(issue);
    expect(issue.run()).toMatchObject([{ kind: 'create_note' }]);
    expect(issue.statusComment()).not.toContain('by a person');
    issue.describe(text({ ...account, 'Opportunity type': 'none' }));
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::ae']);
  });

  it('and had removed are no decision of a person', () => {
    const issue = settled(world());
    issue.describe(text({ ...account, 'Opportunity type': 'none' }));
    runAndCrash(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::ae']);
    settled(issue);
    expect(issue.statusComment()).not.toContain('by a person');
    issue.describe(text(account));
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::sa']);
    expect(labels(issue, 'needs:')).toContain('needs:sa');
  });

  it('are a person’s when a person changed them since', () => {
    const issue = world();
    runAndCrash(issue);
    issue.label('em-emea', { add: ['lead::csm'] });
    settled(issue);
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
  });
});

describe('labels of other families', () => {
  it('are never in a change', () => {
    const issue = world({
      labels: ['needs::review', 'lead', 'service:unheard-of', 'stage::custom'],
    });
    settled(issue);
    issue.describe(text(complete));
    settled(issue);
    for (const label of ['needs::review', 'lead', 'service:unheard-of']) {
      expect(issue.issue.labels).toContain(label);
    }
    expect(pending(issue)).toEqual([]);
  });
});
