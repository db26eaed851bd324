/** Every command accepted and refused, each planned twice with nothing left the second time (`interfaces.md` §5). Long, because there are many verbs. */
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/core/policy.ts';
import {
  account,
  assignees,
  complete,
  labels,
  memoryOf,
  pending,
  policy,
  replies,
  runAndCrash,
  settled,
  text,
  without,
  world,
} from '../core/plan/given.ts';
import type { PaperWorld } from '../support/paper-world.ts';
import { proposal } from './acting.ts';

const withApprovers: Policy = {
  ...policy,
  people: {
    ...policy.people,
    approvers: new Map([
      ['ps', ['ps-director', 'two-hats']],
      ['revenue', ['rev-ops', 'two-hats']],
      ['rdm', ['rdm-emea']],
      ['ta', ['ta-one']],
    ]),
  },
};
const others = {
  'ps-director': { id: 41, name: 'Petra Stone' },
  'rev-ops': { id: 42, name: 'Remy Vogt' },
  'rdm-emea': { id: 43, name: 'Rosa Dahl' },
  'ta-one': { id: 44, name: 'Tom Adler' },
  'two-hats': { id: 45, name: 'Tilda Hatt' },
  'dev-dana': { id: 46, name: 'Dana Dev' },
};

function open(rows = complete): PaperWorld {
  return settled(world({ rows, policy: withApprovers, people: others, author: 'jo-sa' }));
}

/** Somebody writes, a minute later; the bot looks, and a second look leaves nothing. */
function say(issue: PaperWorld, author: string, body: string): PaperWorld {
  issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
  issue.comment(author, body);
  return settled(issue);
}

function stage(issue: PaperWorld): string {
  return labels(issue, 'stage::').join(' ');
}

function lastReply(issue: PaperWorld): string {
  return replies(issue).at(-1)?.body ?? '';
}

function answerOf(issue: PaperWorld, field: string) {
  const plan = issue.plan();
  return plan.kind === 'changes' ? plan.assessment.answers.get(field) : undefined;
}

function leadOf(issue: PaperWorld): string {
  const plan = issue.plan();
  return plan.kind === 'changes' ? plan.assessment.lead.role : '';
}

describe('answers', () => {
  it('take: the answer in a comment is offered, and taken', () => {
    const issue = open(without(complete, 'Planned users'));
    say(issue, 'cleo-csm', 'They told me:\n\nNumber of planned users: 1,150');
    expect(issue.statusComment()).toContain('`/scoping take users_planned`');
    expect(answerOf(issue, 'users_planned')?.state).toBe('unanswered');
    say(issue, 'jo-sa', '/scoping take users_planned');
    expect(answerOf(issue, 'users_planned')).toMatchObject({ state: 'answered', value: 1150 });
    expect(replies(issue)).toEqual([]);
  });

  it('take: nothing to take is said', () => {
    const issue = say(open(account), 'jo-sa', '/scoping take goals');
    expect(lastReply(issue)).toContain('no answer to `goals`');
  });

  it('take: counts at once where the policy says so', () => {
    const issue = settled(
      world({ policy: { ...withApprovers, commentAnswers: 'at_once' }, people: others }),
    );
    say(issue, 'cleo-csm', 'Number of planned users: 1,150');
    expect(answerOf(issue, 'users_planned')?.value).toBe(1150);
  });

  it('na: with and without a reason', () => {
    const issue = say(
      open(account),
      'jo-sa',
      '/scoping na m_lfs no large files\n/scoping na ma_edition',
    );
    expect(answerOf(issue, 'm_lfs')?.state).toBe('not_applicable');
    expect(replies(issue)).toEqual([]);
  });

  it('assume: counts and is shown as an assumption', () => {
    const issue = say(open(account), 'jo-sa', '/scoping assume m_network open on 443');
    expect(answerOf(issue, 'm_network')).toMatchObject({ state: 'answered', assumed: true });
    expect(issue.statusComment()).toContain('(assumed)');
  });

  it.each(['TBD', 'to-do', '?', 'n/a', '-', '…', 'not known yet', 'TBD by 2026-12-01 @jo-sa'])(
    'assume: %s is no assumption, and the reply says what is',
    (words) => {
      const issue = say(open(account), 'jo-sa', `/scoping assume goals ${words}`);
      expect(answerOf(issue, 'goals')?.state).toBe('unanswered');
      expect(lastReply(issue)).toContain('/scoping assume goals …');
      expect(lastReply(issue)).toContain('/scoping defer goals DATE @NAME');
      expect(replies(issue)).toHaveLength(1);
    },
  );

  it('assume: words that no reading of the question takes are kept as they are', () => {
    const issue = say(open(account), 'jo-sa', '/scoping assume users_planned as in the old tool');
    expect(answerOf(issue, 'users_planned')).toMatchObject({ state: 'answered', assumed: true });
    say(issue, 'jo-sa', '/scoping assume m_total_size 500 GB, to be confirmed');
    expect(answerOf(issue, 'm_total_size')).toMatchObject({ value: 500e9, assumed: true });
  });

  it.each(['TBD', 'to-do', '?', '-'])('set: %s takes no answer away', (words) => {
    const issue = say(open(), 'jo-sa', `/scoping set goals ${words}`);
    expect(answerOf(issue, 'goals')?.state).toBe('answered');
    expect(lastReply(issue)).toContain('/scoping defer goals DATE @NAME');
  });

  it('set: a promise with a day and a name counts as one', () => {
    const issue = say(open(account), 'jo-sa', '/scoping set goals TBD by 2026-12-01 @jo-sa');
    expect(answerOf(issue, 'goals')).toMatchObject({ state: 'deferred', owner: 'jo-sa' });
    expect(replies(issue)).toEqual([]);
  });

  it('defer: with an owner, and with the author as owner', () => {
    const issue = say(open(account), 'jo-sa', '/scoping defer m_lfs 2026-12-01 @cleo-csm');
    expect(answerOf(issue, 'm_lfs')).toMatchObject({
      state: 'deferred',
      by: '2026-12-01',
      owner: 'cleo-csm',
    });
    say(issue, 'planner-pia', '/scoping defer m_network Friday 27 November 2026');
    expect(answerOf(issue, 'm_network')).toMatchObject({ state: 'deferred', owner: 'planner-pia' });
  });

  it('defer: a date that is none, or has passed, gets the nearest form', () => {
    const issue = say(open(account), 'jo-sa', '/scoping defer m_lfs soon');
    expect(lastReply(issue)).toContain('could not read `soon` as one date');
    say(issue, 'jo-sa', '/scoping defer m_lfs 2020-01-01');
    expect(lastReply(issue)).toContain('has passed');
  });
});

describe('service types', () => {
  it('are added and removed by name or title', () => {
    const issue = say(open(), 'em-emea', '/scoping type add training');
    expect(labels(issue, 'service:')).toContain('service:training');
    say(issue, 'jo-sa', '/scoping type remove Training');
    expect(labels(issue, 'service:')).not.toContain('service:training');
  });

  it('are added to what the text tells, and taken from it alone', () => {
    const issue = say(open(), 'em-emea', '/scoping type add training');
    expect(labels(issue, 'service:')).toEqual(['service:migration-scm', 'service:training']);
    expect(issue.statusComment()).toContain(
      'I read this as **SCM migration**; **Training** was added by a command.',
    );
    say(issue, 'jo-sa', '/scoping type remove migration_scm');
    expect(labels(issue, 'service:')).toEqual(['service:training']);
  });

  it('that a command added are asked for no more, whatever the text tells', () => {
    const issue = open(without(account, 'Source SCM System(s)'));
    expect(issue.statusComment()).toContain('What is asked for (service types)');
    say(issue, 'em-emea', '/scoping type add training');
    expect(issue.statusComment()).not.toContain('**What is asked for (service types).**');
    expect(issue.statusComment()).toContain('| What is asked for (service types) | training |');
  });

  it('named in the issue stay the ones, with what is added', () => {
    const issue = say(open(), 'jo-sa', '/scoping set service_types health check');
    expect(labels(issue, 'service:')).toEqual(['service:health-check']);
    say(issue, 'em-emea', '/scoping type add training');
    expect(labels(issue, 'service:')).toEqual(['service:health-check', 'service:training']);
  });

  it('an unknown one gets the nearest', () => {
    const issue = say(open(account), 'jo-sa', '/scoping type add trainng');
    expect(lastReply(issue)).toContain('Did you mean `training`?');
  });
});

describe('people', () => {
  it('lead: says who leads and names them', () => {
    const issue = say(open(account), 'em-emea', '/scoping lead csm @cleo-csm');
    expect(leadOf(issue)).toBe('csm');
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(assignees(issue)).toContain('cleo-csm');
  });

  it('assign: another engagement manager', () => {
    const issue = say(open(account), 'em-emea', '/scoping assign em @em-emea');
    expect(assignees(issue)).toContain('em-emea');
  });

  it('whoever is named internally is not named where everybody reads', () => {
    const issue = open(account);
    issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
    issue.comment('jo-sa', '/scoping assign csm @cleo-csm', { internal: true });
    settled(issue);
    expect(issue.statusComment()).not.toContain('cleo-csm');
    expect(issue.statusComment()).not.toContain('Cleo Marin');
  });

  it('a person GitLab does not know gets the nearest known one', () => {
    const issue = say(open(account), 'jo-sa', '/scoping assign csm @cleo-cms');
    expect(lastReply(issue)).toContain('Did you mean `@cleo-csm`?');
  });
});

describe('moves', () => {
  it('advance: not while gates are open; the reply says which', () => {
    const issue = say(open(account), 'em-emea', '/scoping advance');
    expect(stage(issue)).toBe('stage::technical-evaluation');
    expect(lastReply(issue)).toMatch(
      /Not yet: Proposal[\s\S]*Still missing: Link to the Professional Services opportunity\./,
    );
  });

  it('advance force: moves, and the gaps and the reason stay visible', () => {
    const issue = say(open(account), 'em-emea', '/scoping advance force the customer insists');
    expect(stage(issue)).toBe('stage::proposal');
    expect(memoryOf(issue).history.at(-1)).toMatchObject({
      by: 'em-emea',
      gaps: expect.arrayContaining(['discovery_complete']),
    });
    expect(issue.statusComment()).toContain('`the customer insists`');
    expect(issue.statusComment()).toContain('Passed over when a person moved the issue on');
    expect(replies(issue)).toEqual([]);
  });

  it('advance force: wants a reason', () => {
    const issue = say(open(account), 'em-emea', '/scoping advance force');
    expect(lastReply(issue)).toContain('reason is missing');
    expect(stage(issue)).toBe('stage::technical-evaluation');
  });

  it('back: moves, keeps the history and stays there', () => {
    const issue = say(
      open(),
      'em-emea',
      '/scoping back Technical Evaluation new sources turned up',
    );
    expect(stage(issue)).toBe('stage::technical-evaluation');
    expect(memoryOf(issue).history.map(({ stage: id }) => id)).toEqual([
      'technical_evaluation',
      'proposal',
      'technical_evaluation',
    ]);
    say(issue, 'cleo-csm', 'Thanks.');
    expect(stage(issue)).toBe('stage::technical-evaluation');
  });

  it('back: a later stage, the same stage and an unknown one are refused', () => {
    const issue = say(open(account), 'em-emea', '/scoping back proposal because');
    expect(lastReply(issue)).toContain('comes later');
    say(issue, 'em-emea', '/scoping back technical-evaluation because');
    expect(lastReply(issue)).toContain('in that stage already');
    say(issue, 'em-emea', '/scoping back proposl because');
    expect(lastReply(issue)).toContain('Did you mean `proposal`?');
  });

  it('hold and resume: pauses until a day, asks nobody, goes on where it was', () => {
    const issue = say(open(), 'em-emea', '/scoping hold 2027-01-11 budget comes in January');
    expect(stage(issue)).toBe('stage::on-hold');
    expect(labels(issue, 'needs:')).toEqual([]);
    expect(issue.statusComment()).toContain('until 2027-01-11');
    expect(issue.statusComment()).toContain('`budget comes in January`');
    const plan = issue.plan();
    expect(plan.kind === 'changes' && plan.lookAgainAt).toBe('2027-01-11T00:00:00.000Z');
    say(issue, 'em-emea', '/scoping resume');
    expect(stage(issue)).toBe('stage::proposal');
  });

  it('hold: says when the day has come', () => {
    const issue = say(open(), 'em-emea', '/scoping hold 2027-01-11 budget');
    issue.now = '2027-01-11T07:00:00.000Z';
    settled(issue);
    expect(issue.statusComment()).toContain('and that day has come');
  });

  it('hold: taking the label off ends the pause', () => {
    const issue = say(open(), 'em-emea', '/scoping hold 2027-01-11 budget');
    issue.label('em-emea', { remove: ['stage::on-hold'] });
    settled(issue);
    expect(memoryOf(issue).hold).toBeNull();
    expect(stage(issue)).toBe('');
  });

  it('hold: keeps its date when we were stopped before the comment', () => {
    const issue = open();
    issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
    issue.comment('em-emea', '/scoping hold 2027-01-11 budget');
    runAndCrash(issue);
    settled(issue);
    expect(memoryOf(issue).hold).toMatchObject({ until: '2027-01-11' });
    expect(replies(issue)).toEqual([]);
  });

  it('hold: wants a date and a reason; resume: wants a pause', () => {
    const issue = say(open(), 'em-emea', '/scoping hold 2027-01-11');
    expect(lastReply(issue)).toContain('reason is missing');
    say(issue, 'em-emea', '/scoping hold whenever they like');
    expect(lastReply(issue)).toContain('as one date');
    say(issue, 'em-emea', '/scoping resume');
    expect(lastReply(issue)).toContain('not on hold');
  });

  it('a hold label that a person drags on pauses too, without a date', () => {
    const issue = open();
    issue.label('em-emea', { add: ['stage::on-hold'] });
    settled(issue);
    expect(stage(issue)).toBe('stage::on-hold');
    expect(issue.statusComment()).toContain('without a date');
    issue.label('em-emea', { add: ['stage::proposal'] });
    settled(issue);
    expect(stage(issue)).toBe('stage::proposal');
    expect(memoryOf(issue).hold).toBeNull();
  });

  it('snooze: nobody is called until then', () => {
    const issue = say(open(account), 'em-emea', '/scoping snooze 3');
    expect(issue.statusComment()).toContain('call nobody before 2026-11-26');
    say(issue, 'em-emea', '/scoping snooze forever');
    expect(lastReply(issue)).toContain('1 to 60 days');
  });
});

describe('the way to SOW approved', () => {
  function estimated(amount = '48,000 USD'): PaperWorld {
    return say(open(proposal), 'em-emea', `/scoping estimate https://docs.example/e/1 ${amount}`);
  }

  function accepted(): PaperWorld {
    const issue = estimated();
    say(issue, 'axel-ae', '/scoping accept scope\n/scoping accept price');
    return say(issue, 'em-emea', '/scoping sow https://docs.example/sow/1');
  }

  it('price and scope accepted and the statement of work linked: SOW approval', () => {
    const issue = accepted();
    expect(replies(issue)).toEqual([]);
    expect(stage(issue)).toBe('stage::sow-approval');
  });

  it.each([
    ['price', '/scoping accept scope'],
    ['scope', '/scoping accept price'],
  ])('without the %s accepted it does not move', (_, body) => {
    const issue = estimated();
    say(issue, 'axel-ae', body);
    say(issue, 'em-emea', '/scoping sow https://docs.example/sow/1');
    expect(stage(issue)).toBe('stage::proposal');
  });

  it('who said that the customer accepts, and when, stands in the comment', () => {
    const issue = say(open(proposal), 'em-emea', '/scoping accept scope');
    expect(issue.statusComment()).toContain(
      'The customer accepts the scope (said by `@em-emea` on 2026-11-23).',
    );
    say(issue, 'em-emea', '/scoping estimate https://docs.example/e/1 40k');
    say(issue, 'em-emea', '/scoping accept scope\n/scoping accept price');
    say(issue, 'jo-sa', '/scoping sow https://docs.example/s/1');
    expect(stage(issue)).toBe('stage::sow-approval');
    expect(issue.statusComment()).toContain('comment by `em-emea`, 2026-11-23');
  });

  it('a row of the description counts, and the comment says that it is one', () => {
    const rows = { ...proposal, 'Customer agrees to the scope': 'agreed, 2026-11-20' };
    const issue = open(rows);
    expect(issue.statusComment()).toMatch(
      /customer accepts the scope \(from the description, line \d+\)/,
    );
    expect(issue.statusComment()).toContain('The customer has not accepted the price yet');
  });

  it('an acceptance in an internal note is not ascribed to anybody', () => {
    const issue = open(proposal);
    issue.now = '2026-11-24T09:00:00.000Z';
    issue.comment('em-emea', '/scoping accept scope', { internal: true });
    settled(issue);
    expect(issue.statusComment()).toContain('accepts the scope (said in an internal note)');
  });

  it('a new estimate starts the acceptances anew', () => {
    const issue = estimated();
    say(issue, 'axel-ae', '/scoping accept scope\n/scoping accept price');
    say(issue, 'em-emea', '/scoping estimate https://docs.example/e/2 49,000 USD');
    say(issue, 'em-emea', '/scoping sow https://docs.example/sow/1');
    expect(stage(issue)).toBe('stage::proposal');
  });

  it('above the limit the Technical Architect has to approve', () => {
    const issue = estimated('51,000 USD');
    say(issue, 'axel-ae', '/scoping accept scope\n/scoping accept price');
    say(issue, 'em-emea', '/scoping sow https://docs.example/sow/1');
    expect(stage(issue)).toBe('stage::proposal');
    expect(issue.statusComment()).toContain('`/scoping approve ta`');
    say(issue, 'ta-one', '/scoping approve ta');
    expect(stage(issue)).toBe('stage::sow-approval');
  });

  it('all approvals: SOW approved, with the hand-off', () => {
    const issue = accepted();
    say(issue, 'ps-director', '/scoping approve ps');
    say(issue, 'rev-ops', '/scoping approve revenue');
    expect(stage(issue)).toBe('stage::sow-approval');
    say(issue, 'rdm-emea', '/scoping approve rdm');
    expect(stage(issue)).toBe('stage::sow-approved');
    expect(issue.statusComment()).toContain('Hand-off to the delivery team');
    expect(issue.statusComment()).toContain('pipeline conversion');
  });

  it('approvals count only from those named, from unedited comments, and one a person', () => {
    const issue = accepted();
    say(issue, 'em-emea', '/scoping approve ps');
    expect(lastReply(issue)).toContain('`@ps-director`');
    say(issue, 'two-hats', '/scoping approve ps');
    say(issue, 'two-hats', '/scoping approve revenue');
    expect(lastReply(issue)).toContain("one person's approval counts for one role");
    issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
    const note = issue.comment('rdm-emea', 'looks fine');
    issue.editNote(note.id, '/scoping approve rdm');
    settled(issue);
    expect(lastReply(issue)).toContain('was not edited');
    expect(Object.keys(memoryOf(issue).approvals)).toEqual(['ps']);
  });

  it.each(['edited', 'deleted'])(
    'an approval whose comment is %s later is withdrawn, and said',
    (how) => {
      const issue = accepted();
      issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
      const note = issue.comment('ps-director', '/scoping approve ps');
      settled(issue);
      if (how === 'edited') issue.editNote(note.id, 'not yet');
      else issue.deleteNote(note.id);
      settled(issue);
      expect(memoryOf(issue).approvals).toEqual({});
      expect(issue.statusComment()).toMatch(
        /approval for PS leadership by `@ps-director` does not count/,
      );
      say(issue, 'ps-director', '/scoping approve ps');
      expect(issue.statusComment()).not.toContain('does not count any more');
    },
  );

  it('a word in the description is no approval', () => {
    const issue = accepted();
    issue.describe(
      text({
        ...proposal,
        'PS approval': 'approved',
        'Revenue approval': 'approved',
        'RDM approval': 'approved',
      }),
    );
    settled(issue);
    expect(stage(issue)).toBe('stage::sow-approval');
  });

  it.each([
    [
      'a new source',
      { 'Source SCM System(s)': 'Bitbucket Data Center 8.19, SVN' },
      'a new source system',
    ],
    ['a quarter more users', { 'Planned users': '1,130' }, 'another number of users'],
    ['a quarter fewer users', { 'Planned users': '670' }, 'another number of users'],
  ])('%s after the acceptance makes the estimate stale', (_, change, why) => {
    const issue = accepted();
    issue.describe(text({ ...proposal, ...change }));
    settled(issue);
    expect(issue.statusComment()).toContain(why);
    expect(issue.statusComment()).toContain('Held before, and does not hold any more');
  });

  it('another amount after the acceptance does too', () => {
    const issue = accepted();
    issue.describe(text({ ...proposal, 'Estimate total': '90,000 USD' }));
    settled(issue);
    expect(issue.statusComment()).not.toContain('Estimate**: The estimate is linked');
  });

  it('a new estimate needs a new look of the Technical Architect', () => {
    const issue = estimated('51,000 USD');
    say(issue, 'ta-one', '/scoping approve ta');
    say(issue, 'em-emea', '/scoping estimate https://docs.example/e/2 500,000 USD');
    expect(memoryOf(issue).approvals).toEqual({});
  });

  it('a few more users do not', () => {
    const issue = accepted();
    issue.describe(text({ ...proposal, 'Planned users': '1,100' }));
    settled(issue);
    expect(issue.statusComment()).not.toContain('may be stale');
  });

  it.each([
    ['/scoping estimate https://docs.example/e/1', 'one amount'],
    ['/scoping estimate 50k', 'a link'],
    ['/scoping sow later', 'a link'],
    ['/scoping accept everything', 'scope, price'],
    ['/scoping approve boss', 'ps, revenue, rdm, ta'],
  ])('%s gets the form that works', (body, hint) => {
    const issue = say(open(proposal), 'em-emea', body);
    expect(lastReply(issue).toLowerCase()).toContain(hint);
    expect(lastReply(issue)).toContain('The form is');
  });
});

describe('endings', () => {
  it.each(['won', 'lost', 'sku', 'partner'])('%s: labels, closes, and asks nobody', (verb) => {
    const issue = say(open(), 'em-emea', `/scoping ${verb} as agreed with the customer`);
    expect(issue.issue.state).toBe('closed');
    expect(labels(issue, 'outcome::')).toEqual([`outcome::${verb}`]);
    expect(labels(issue, 'needs:')).toEqual([]);
    expect(issue.statusComment()).toContain('`as agreed with the customer`');
    expect(issue.statusComment().includes('Hand-off')).toBe(verb === 'won');
  });

  it('wants a reason', () => {
    const issue = say(open(), 'em-emea', '/scoping lost');
    expect(issue.issue.state).toBe('opened');
    expect(lastReply(issue)).toContain('reason is missing');
  });

  it('a closed issue answers help and explain, and nothing else', () => {
    const issue = say(open(), 'em-emea', '/scoping lost no budget');
    say(issue, 'em-emea', '/scoping help');
    expect(issue.statusComment()).toContain('#### Commands');
    say(issue, 'em-emea', '/scoping explain');
    expect(issue.statusComment()).toContain('How I came to this');
    const before = issue.issue.labels;
    say(issue, 'em-emea', '/scoping back technical_evaluation try again');
    expect(issue.issue.labels).toEqual(before);
    expect(replies(issue)).toEqual([]);
  });

  it('opened again it goes on; what was ordered while it was closed is not done', () => {
    const issue = say(open(), 'em-emea', '/scoping lost no budget');
    say(issue, 'em-emea', '/scoping advance force now');
    issue.reopen();
    issue.now = '2027-03-23T09:00:00.000Z';
    settled(issue);
    expect(labels(issue, 'outcome::')).toEqual([]);
    expect(stage(issue)).toBe('stage::proposal');
    expect(issue.statusComment()).toMatch(/opened again on 2027-03-23.*older than three months/);
  });

  it('a person’s outcome label ends the asking, and the bot does not close', () => {
    const issue = open();
    issue.label('em-emea', { add: ['outcome::won'] });
    settled(issue);
    expect(issue.issue.state).toBe('opened');
    expect(issue.statusComment()).toContain('Hand-off to the delivery team');
  });
});

describe('rights', () => {
  it.each([
    ['planner-pia', '/scoping advance force because', 'role Developer'],
    ['guest-gus', '/scoping set goals x', 'role Planner'],
    ['passer-by', '/scoping help', 'role Planner'],
    ['dev-dana', '/scoping approve ps', 'PS leadership'],
  ])('%s may not write %s; the missing right is named', (author, body, right) => {
    const issue = say(open(account), author, body);
    expect(lastReply(issue)).toContain(right);
  });

  it('the lead moves the issue from the role Planner up', () => {
    const people = { ...others, 'jo-sa': { id: 11, name: 'Jo Pike', accessLevel: 15 } };
    const issue = settled(world({ policy: withApprovers, people, author: 'planner-pia' }));
    say(issue, 'jo-sa', '/scoping advance force the customer insists');
    expect(stage(issue)).toBe('stage::proposal');
  });
});

describe('nobody gets round the table of rights', () => {
  it('a guest who is named as lead moves nothing', () => {
    const issue = settled(world({ rows: { ...account, SA: '@guest-gus' }, policy: withApprovers }));
    say(issue, 'guest-gus', '/scoping won done');
    expect(issue.issue.state).toBe('opened');
    expect(lastReply(issue)).toContain('role Developer');
  });

  it.each([
    ['customer_accepts_scope accepted', '`/scoping accept scope`'],
    ['estimate_total 49,900 USD', '`/scoping estimate URL AMOUNT`'],
    ['ps_approval approved', '`/scoping approve ps`'],
  ])('set %s is sent to the command of its own', (words, own) => {
    const issue = say(open(proposal), 'planner-pia', `/scoping set ${words}`);
    expect(lastReply(issue)).toContain(own);
  });

  it('thousands of commands in one comment cost one reply and little memory', () => {
    const issue = open(account);
    say(issue, 'guest-gus', '/scoping dance\n'.repeat(10_000));
    expect(replies(issue)).toHaveLength(1);
    expect(Object.keys(memoryOf(issue).verdicts).length).toBeLessThan(50);
  });
});

describe('once', () => {
  it('a line put above a command that was carried out does not repeat it', () => {
    const issue = open(account);
    issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
    const note = issue.comment('em-emea', '/scoping advance force go');
    settled(issue);
    issue.editNote(note.id, 'Hi all,\n\n/scoping advance force go');
    settled(issue);
    expect(stage(issue)).toBe('stage::proposal');
    issue.editNote(note.id, '/scoping advance force go on');
    settled(issue);
    expect(stage(issue)).toBe('stage::proposal');
  });

  it('what is ordered after we were stopped is done', () => {
    const issue = open(account);
    issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
    issue.comment('em-emea', '/scoping advance force go');
    runAndCrash(issue);
    say(issue, 'em-emea', '/scoping back technical_evaluation new sources');
    expect(stage(issue)).toBe('stage::technical-evaluation');
  });

  it('the same command twice within a minute counts once', () => {
    const issue = open(account);
    issue.comment('em-emea', '/scoping advance force go');
    issue.comment('em-emea', '/scoping advance force go');
    settled(issue);
    expect(stage(issue)).toBe('stage::proposal');
    expect(replies(issue)).toEqual([]);
  });

  it('a move is not made again when we were stopped before the comment', () => {
    const issue = open(account);
    issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
    issue.comment('em-emea', '/scoping advance force go');
    runAndCrash(issue);
    settled(issue);
    expect(stage(issue)).toBe('stage::proposal');
    expect(replies(issue)).toEqual([]);
  });

  it('without memory moves are not made again, answers and approvals count', () => {
    const issue = open();
    say(issue, 'em-emea', '/scoping back technical_evaluation again');
    say(issue, 'em-emea', '/scoping advance');
    expect(stage(issue)).toBe('stage::proposal');
    say(issue, 'jo-sa', '/scoping set users_planned 950');
    say(issue, 'ta-one', '/scoping approve ta');
    issue.issue = {
      ...issue.issue,
      notes: issue.issue.notes.filter(({ body }) => !body.includes('<!-- scoping-bot:')),
    };
    settled(issue);
    expect(stage(issue)).toBe('stage::proposal');
    expect(answerOf(issue, 'users_planned')?.value).toBe(950);
    expect(Object.keys(memoryOf(issue).approvals)).toEqual(['ta']);
    expect(replies(issue)).toEqual([]);
  });

  it('beyond the limit of an hour one reply says so, and no more', () => {
    const issue = settled(
      world({ policy: { ...withApprovers, commandsPerHour: 2 }, people: others }),
    );
    for (const n of [1, 2, 3, 4]) say(issue, 'jo-sa', `/scoping set m_users ${n}`);
    expect(answerOf(issue, 'm_users')?.value).toBe(2);
    expect(replies(issue)).toHaveLength(1);
    expect(lastReply(issue)).toContain('2 commands within an hour');
  });
});

describe('undo', () => {
  it('takes back the last thing: a move', () => {
    const issue = open();
    expect(stage(issue)).toBe('stage::proposal');
    const acts = memoryOf(issue).acts.map(({ kind }) => kind);
    expect(acts).toEqual(['move', 'assign']);
    say(issue, 'em-emea', '/scoping undo');
    expect(assignees(issue)).toEqual([]);
    say(issue, 'em-emea', '/scoping undo');
    expect(stage(issue)).toBe('stage::technical-evaluation');
  });

  it('takes back a command', () => {
    const issue = open(account);
    say(issue, 'jo-sa', '/scoping set m_users 77');
    say(issue, 'em-emea', '/scoping undo');
    expect(answerOf(issue, 'm_users')?.state).toBe('unanswered');
    expect(pending(issue)).toEqual([]);
  });

  it('in the same comment takes back what stands above it', () => {
    const issue = open(account);
    say(issue, 'em-emea', '/scoping set m_users 77\n/scoping undo');
    expect(answerOf(issue, 'm_users')?.state).toBe('unanswered');
    expect(assignees(issue)).not.toEqual([]);
  });

  it('says when there is nothing', () => {
    const issue = settled(world({ rows: {}, policy: withApprovers, people: others }));
    say(issue, 'em-emea', '/scoping undo');
    expect(lastReply(issue)).toContain('nothing of mine');
  });
});

describe('a closed issue', () => {
  it('that is looked at and opened again goes on as if nobody had looked', () => {
    const issue = open(account);
    issue.close();
    issue.describe(text(complete));
    say(issue, 'em-emea', '/scoping help');
    issue.reopen();
    settled(issue);
    expect(stage(issue)).toBe('stage::proposal');
    expect(issue.statusComment()).not.toContain('A person chose this stage');
  });
});

describe('help and explain', () => {
  it('stand in the comment until the issue moves on', () => {
    const issue = say(open(account), 'planner-pia', '/scoping help\n/scoping explain');
    expect(issue.statusComment()).toContain('`/scoping defer FIELD DATE [@OWNER]`');
    expect(issue.statusComment()).toMatch(/Lead \*\*Solutions Architect\*\* \(L1\)/);
    expect(replies(issue)).toEqual([]);
    issue.now = '2026-11-24T09:00:00.000Z';
    issue.describe(text(complete));
    settled(issue);
    expect(issue.statusComment()).not.toContain('#### Commands');
  });

  it('recheck is heard', () => {
    const issue = say(open(account), 'planner-pia', '/scoping recheck');
    expect(replies(issue)).toEqual([]);
  });
});
