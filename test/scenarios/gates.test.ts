/** Every condition of every gate, refused when it alone is missing and passed once it is there (`rulings.md`, stages and their gates). */
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/core/model.ts';
import {
  account,
  complete,
  labels,
  mentions,
  pending,
  policy,
  replies,
  settled,
  withManagers,
  without,
} from '../core/plan/given.ts';
import type { PaperWorld } from '../support/paper-world.ts';
import {
  assessed,
  forget,
  gateLine,
  lastReply,
  later,
  named,
  open,
  proposal,
  relabel,
  rewrite,
  say,
  stage,
} from './acting.ts';

const evaluation = 'stage::technical-evaluation';
const small = {
  ...complete,
  'Total number of git repositories': '120',
  'Total number of projects': '60',
};

/** The stage did not move: this condition alone is open, and it is said whose move it is. */
function expectOnly(
  issue: PaperWorld,
  at: string,
  gate: string,
  title: string,
  needs: string,
): void {
  expect(stage(issue)).toBe(at);
  const failed = assessed(issue).stage.gates.filter(({ passed }) => !passed);
  expect(failed.map(({ id }) => id)).toEqual([gate]);
  expect(gateLine(issue, title)).toMatch(/^- – /u);
  expect(labels(issue, 'needs:')).toContain(needs);
  expect(replies(issue)).toEqual([]);
}

describe('Technical Evaluation', () => {
  it('is entered once the issue is recognised, whatever is missing', () => {
    expect(stage(open({ rows: {} }))).toBe(evaluation);
  });

  it('is not entered by an issue that is none of ours', () => {
    const issue = open({ rows: {}, title: 'Broken build' });
    expect(issue.issue.labels).toEqual([]);
    expect(issue.issue.notes).toEqual([]);
  });
});

describe('Proposal is not entered while one condition is open', () => {
  const eastOnly = named(
    withManagers([{ username: 'em-east', territories: ['east'], segments: ['enterprise'] }]),
  );

  it.each([
    [
      'intake_complete',
      'Intake',
      'needs:ae',
      { rows: without(complete, 'Opportunity link') },
      (issue: PaperWorld) => rewrite(issue, complete),
    ],
    [
      'discovery_complete',
      'Discovery',
      'needs:sa',
      { rows: without(complete, 'Goals') },
      (issue: PaperWorld) => say(issue, 'jo-sa', '/scoping set goals one platform for all teams'),
    ],
    [
      'no_blocking_finding',
      'Nothing blocking',
      'needs:sa',
      { rows: { ...complete, 'Network access to the source': 'air gap, no way in or out' } },
      (issue: PaperWorld) => rewrite(issue, complete),
    ],
    [
      'crm_stage',
      'CRM stage 3 or later',
      'needs:ae',
      { rows: { ...complete, 'Sales stage': '2-Scoping' } },
      (issue: PaperWorld) => say(issue, 'axel-ae', '/scoping set sales_stage 3'),
    ],
    [
      'em_known',
      'Engagement Manager',
      'needs:em',
      { policy: eastOnly },
      (issue: PaperWorld) => {
        later(issue);
        issue.assign(['em-east']);
        return settled(issue);
      },
    ],
    [
      'offering_decided',
      'Offering',
      'needs:em',
      { rows: small },
      (issue: PaperWorld) => relabel(issue, 'em-emea-two', { add: ['fit::sow'] }),
    ],
  ] as const)('%s', (gate, title, needs, about, then) => {
    const issue = open(about);
    expectOnly(issue, evaluation, gate, title, needs);
    then(issue);
    expect(stage(issue)).toBe('stage::proposal');
    expect(replies(issue)).toEqual([]);
  });

  it('all six stand in the checklist with what they wait for', () => {
    const issue = open({ rows: { ...account, 'Sales stage': '2-Scoping' } });
    expect(issue.statusComment()).toMatch(/To move to Proposal: \d of 6 conditions met/u);
    for (const title of [
      'Intake',
      'Discovery',
      'Nothing blocking',
      'CRM stage 3 or later',
      'Engagement Manager',
      'Offering',
    ]) {
      gateLine(issue, title);
    }
  });
});

describe('discovery_complete', () => {
  it.each([
    ['an assumption', '/scoping assume goals one platform for all teams'],
    ['a promise with an owner and a near date', '/scoping defer goals 2026-12-01 @cleo-csm'],
    ['a promise on the last day', '/scoping defer goals 2026-12-07 @cleo-csm'],
  ])('is passed by %s', (_, body) => {
    const issue = say(open({ rows: without(complete, 'Goals') }), 'jo-sa', body);
    expect(stage(issue)).toBe('stage::proposal');
  });

  it.each([
    ['without an owner', 'TBD by 2026-12-01'],
    ['without a date', 'TBD @cleo-csm'],
    ['beyond two weeks', 'TBD by 2026-12-08 @cleo-csm'],
    ['that was not kept', 'TBD by 2026-11-20 @cleo-csm'],
  ])('is not passed by a promise %s', (_, goals) => {
    const issue = open({ rows: { ...complete, Goals: goals } });
    expectOnly(issue, evaluation, 'discovery_complete', 'Discovery', 'needs:sa');
  });

  const rows = {
    ...complete,
    Goals: 'TBD by 2026-12-01 @cleo-csm',
    'Pain points': 'TBD by 2026-12-01 @cleo-csm',
    Constraints: 'TBD by 2026-12-02 @jo-sa',
  };

  it('is passed by three promises, which are listed', () => {
    const issue = open({ rows });
    expect(stage(issue)).toBe('stage::proposal');
    expect(issue.statusComment()).toContain('3 answers are promised');
  });

  it('is not passed by four', () => {
    const issue = open({ rows: { ...rows, 'Planned users': 'TBD by 2026-12-01 @jo-sa' } });
    expect(stage(issue)).toBe(evaluation);
  });
});

describe('offering_decided', () => {
  it.each(['sow', 'partner'])('a person’s label fit::%s decides', (fit) => {
    const issue = relabel(open({ rows: small }), 'em-emea-two', { add: [`fit::${fit}`] });
    expect(labels(issue, 'fit::')).toEqual([`fit::${fit}`]);
    expect(stage(issue)).toBe('stage::proposal');
  });

  it('our own label does not; the same one put on by a person does', () => {
    const issue = open({ rows: small });
    expect(labels(issue, 'fit::')).toEqual(['fit::sku']);
    expect(stage(issue)).toBe(evaluation);
    const earlier = open({ rows: small, labels: ['fit::sku'] });
    expect(stage(earlier)).toBe('stage::proposal');
  });

  it('the outcome that fits is proposed to the Engagement Manager, and nothing is closed', () => {
    const issue = open({ rows: small });
    expect(issue.issue.state).toBe('opened');
    expect(labels(issue, 'outcome::')).toEqual([]);
    expect(issue.statusComment()).toContain(
      '`/scoping sku REASON` if that is sold, which ends this issue',
    );
    expect(mentions(issue.statusComment())).toContain('em-emea-two');
  });
});

type Step = readonly [author: string, body: string];
const estimate: Step = ['em-emea-two', '/scoping estimate https://docs.example/e/1 48,000 USD'];
const scope: Step = ['axel-ae', '/scoping accept scope'];
const price: Step = ['axel-ae', '/scoping accept price'];
const sow: Step = ['em-emea-two', '/scoping sow https://docs.example/sow/1'];

function follow(issue: PaperWorld, ...steps: readonly Step[]): PaperWorld {
  for (const [author, body] of steps) say(issue, author, body);
  return issue;
}

describe('SOW approval is not entered while one condition is open', () => {
  it.each([
    [
      'proposal_complete',
      'Proposal questions',
      'needs:em',
      { rows: without(proposal, 'Out of scope') },
      [estimate, scope, price, sow],
      ['em-emea-two', '/scoping set out_of_scope pipeline conversion'],
    ],
    ['scope_accepted', 'Scope accepted', 'needs:ae', {}, [estimate, price, sow], scope],
    ['price_accepted', 'Price accepted', 'needs:ae', {}, [estimate, scope, sow], price],
    ['sow_linked', 'Statement of work', 'needs:em', {}, [estimate, scope, price], sow],
    [
      'ta_approved',
      'Technical Architect',
      '',
      {},
      [['em-emea-two', '/scoping estimate https://docs.example/e/1 50,001 USD'], scope, price, sow],
      ['ta-one', '/scoping approve ta'],
    ],
  ] as readonly (readonly [string, string, string, object, readonly Step[], Step])[])(
    '%s',
    (gate, title, needs, about, steps, last) => {
      const issue = follow(open({ rows: proposal, ...about }), ...steps);
      expect(stage(issue)).toBe('stage::proposal');
      const failed = assessed(issue).stage.gates.filter(({ passed }) => !passed);
      expect(failed.map(({ id }) => id)).toContain(gate);
      expect(gateLine(issue, title)).toMatch(/^- – /u);
      expect(labels(issue, 'needs:').join(' ')).toBe(needs);
      expect(issue.statusComment()).toMatch(/^Next: /mu);
      follow(issue, last);
      expect(stage(issue)).toBe('stage::sow-approval');
      expect(replies(issue)).toEqual([]);
    },
  );

  it('estimate_given, and with it what hangs on it', () => {
    const issue = follow(open({ rows: proposal }), scope, price, sow);
    expect(stage(issue)).toBe('stage::proposal');
    expect(gateLine(issue, 'Estimate')).toContain('`/scoping estimate URL AMOUNT`');
    // Accepted was no estimate at all: a new one starts the acceptances anew.
    follow(issue, estimate);
    expect(stage(issue)).toBe('stage::proposal');
    follow(issue, scope, price);
    expect(stage(issue)).toBe('stage::sow-approval');
  });

  it('an amount at the limit needs no Technical Architect', () => {
    const atLimit: Step = ['em-emea-two', '/scoping estimate https://docs.example/e/1 50,000 USD'];
    const issue = follow(open({ rows: proposal }), atLimit, scope, price, sow);
    expect(stage(issue)).toBe('stage::sow-approval');
  });

  it('an estimate whose amount flips over the limit needs one', () => {
    const issue = follow(open({ rows: proposal }), estimate, scope, price);
    follow(issue, ['em-emea-two', '/scoping estimate https://docs.example/e/2 51,000 USD']);
    follow(issue, scope, price, sow);
    expect(stage(issue)).toBe('stage::proposal');
    expect(gateLine(issue, 'Technical Architect')).toMatch(/^- – /u);
  });
});

describe('SOW approved is not entered while one approval is open', () => {
  const all: Readonly<Record<string, Step>> = {
    ps_approved: ['ps-director', '/scoping approve ps'],
    revenue_approved: ['rev-ops', '/scoping approve revenue'],
    rdm_approved: ['rdm-emea', '/scoping approve rdm'],
  };

  function atApproval(): PaperWorld {
    return follow(open({ rows: proposal }), estimate, scope, price, sow);
  }

  it.each([
    ['ps_approved', 'PS leadership'],
    ['revenue_approved', 'Revenue'],
    ['rdm_approved', 'Regional Delivery Manager'],
  ])('%s', (gate, title) => {
    const others = Object.entries(all).filter(([id]) => id !== gate);
    const issue = follow(atApproval(), ...others.map(([, step]) => step));
    expectOnly(issue, 'stage::sow-approval', gate, title, 'needs:em');
    follow(issue, all[gate] as Step);
    expect(stage(issue)).toBe('stage::sow-approved');
    expect(issue.statusComment()).toContain('Hand-off to the delivery team');
  });

  it('the papers of gate sow are a checklist and hold nothing up', () => {
    const issue = atApproval();
    expect(issue.statusComment()).toMatch(/Papers on the way to signature: \d+ of \d+/u);
    follow(issue, ...Object.values(all));
    expect(stage(issue)).toBe('stage::sow-approved');
  });

  it.each([
    ['the Engagement Manager', 'em-emea-two', 'counts only from `@ps-director`'],
    ['a guest', 'guest-gus', 'counts only from `@ps-director`'],
    ['somebody named for another approval', 'rev-ops', 'counts only from `@ps-director`'],
  ])('nobody else’s word counts: %s', (_, author, words) => {
    const issue = say(atApproval(), author, '/scoping approve ps');
    expect(lastReply(issue)).toContain(words);
    expect(gateLine(issue, 'PS leadership')).toMatch(/^- – /u);
  });

  it.each(['approved', 'done', 'LGTM /scoping approve ps', '> /scoping approve ps'])(
    'words that are no command approve nothing: %s',
    (body) => {
      const issue = say(atApproval(), 'ps-director', body);
      expect(gateLine(issue, 'PS leadership')).toMatch(/^- – /u);
      expect(replies(issue)).toEqual([]);
    },
  );

  it('a label that says so approves nothing', () => {
    const issue = relabel(atApproval(), 'em-emea', { add: ['PS::Approved', 'ps:approved'] });
    expect(stage(issue)).toBe('stage::sow-approval');
    expect(issue.issue.labels).toEqual(expect.arrayContaining(['PS::Approved', 'ps:approved']));
  });
});

describe('a gate that was passed', () => {
  it('and does not hold any more is named, and the issue is not moved back', () => {
    const issue = rewrite(open(), without(complete, 'Goals'));
    expect(stage(issue)).toBe('stage::proposal');
    expect(issue.statusComment()).toContain('Held before, and does not hold any more');
    rewrite(issue, complete);
    expect(issue.statusComment()).not.toContain('does not hold any more');
  });

  it('is not asked for again by an issue whose memory is lost', () => {
    const issue = follow(open({ rows: proposal }), estimate, scope, price, sow);
    forget(issue);
    settled(issue);
    expect(stage(issue)).toBe('stage::sow-approval');
    expect(pending(issue)).toEqual([] satisfies readonly Change[]);
  });
});

describe('without memory, where a person had moved it', () => {
  it.each([
    ['back', '/scoping back technical_evaluation a second server turned up'],
    // The newest act is whom we assigned, the one before it the move.
    ['undo', '/scoping undo\n/scoping undo'],
  ])('with %s, it stays until what we conclude changes', (_, order) => {
    const issue = open();
    expect(stage(issue)).toBe('stage::proposal');
    say(issue, 'em-emea-two', order);
    expect(stage(issue)).toBe(evaluation);
    forget(issue);
    settled(issue);
    expect(stage(issue)).toBe(evaluation);
    expect(issue.statusComment()).toContain('A person chose this stage');
    rewrite(issue, without(complete, 'Goals'));
    rewrite(issue, complete);
    expect(stage(issue)).toBe('stage::proposal');
  });

  it('but not when it has gone on since', () => {
    const issue = say(open(), 'em-emea-two', '/scoping back technical_evaluation too early');
    say(issue, 'em-emea-two', '/scoping advance');
    rewrite(issue, proposal);
    forget(issue);
    follow(issue, estimate, scope, price, sow);
    expect(stage(issue)).toBe('stage::sow-approval');
  });
});

describe('skipping ahead', () => {
  it('with a reason: every condition that was passed over stays in sight until it holds', () => {
    const issue = open({ rows: without(complete, 'Goals', 'Opportunity link') });
    say(issue, 'em-emea-two', '/scoping advance force the customer insists');
    expect(stage(issue)).toBe('stage::proposal');
    expect(issue.statusComment()).toMatch(/\(open then: Intake, Discovery\)/u);
    expect(issue.statusComment()).toContain('Passed over when a person moved the issue on');
    rewrite(issue, complete);
    expect(issue.statusComment()).not.toContain('Passed over when a person moved the issue on');
    expect(issue.statusComment()).toContain('(open then: Intake, Discovery)');
  });

  it('by dragging the label: the same', () => {
    const issue = open({ rows: account });
    relabel(issue, 'em-emea-two', { add: ['stage::sow-approval'] });
    expect(stage(issue)).toBe('stage::sow-approval');
    expect(issue.statusComment()).toContain('Passed over when a person moved the issue on');
    expect(policy.stages.map(({ id }) => id)).toContain('sow_approval');
  });

  it('beyond the last stage there is nothing', () => {
    const issue = relabel(open(), 'em-emea-two', { add: ['stage::sow-approved'] });
    say(issue, 'em-emea-two', '/scoping advance force why not');
    expect(stage(issue)).toBe('stage::sow-approved');
    expect(lastReply(issue)).toContain('This is the last stage.');
  });
});
