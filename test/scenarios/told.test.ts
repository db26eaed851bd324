/** What the comment tells of people's moves, choices and approvals, sentence by sentence. */
import { describe, expect, it } from 'vitest';
import { account, complete, settled, without, world } from '../core/plan/given.ts';
import type { PaperWorld } from '../support/paper-world.ts';
import { open, proposal, relabel, rewrite, say, stage } from './acting.ts';

const small = {
  ...complete,
  'Total number of git repositories': '120',
  'Total number of projects': '60',
};

/** Everything that the approval of the statement of work asks for, by command. */
function toApproval(issue: PaperWorld, amount = '40k'): PaperWorld {
  say(issue, 'em-emea-two', `/scoping estimate https://docs.example.com/e/1 ${amount}`);
  say(issue, 'axel-ae', '/scoping accept scope');
  say(issue, 'axel-ae', '/scoping accept price');
  return say(issue, 'em-emea-two', '/scoping sow https://docs.example.com/sow/1');
}

const passedOver = 'Passed over when a person moved the issue on';

describe('a gap that was passed over once', () => {
  it('is forgotten when the issue went back and came properly', () => {
    const issue = open({ rows: without(complete, 'Goals', 'Opportunity link') });
    say(issue, 'em-emea-two', '/scoping advance force the customer insists');
    expect(issue.statusComment()).toContain(passedOver);
    say(issue, 'em-emea-two', '/scoping back technical_evaluation too early');
    rewrite(issue, complete);
    expect(stage(issue)).toBe('stage::proposal');
    rewrite(issue, without(complete, 'Goals'));
    expect(issue.statusComment()).toContain('Held before, and does not hold any more');
    expect(issue.statusComment()).not.toContain(passedOver);
  });

  it('stays one in the stages after it', () => {
    const issue = open({ rows: without(proposal, 'Opportunity link') });
    say(issue, 'em-emea-two', '/scoping advance force the customer insists');
    toApproval(issue);
    expect(issue.statusComment()).toContain('### SOW approval');
    expect(issue.statusComment()).toContain(passedOver);
  });
});

describe('undo', () => {
  it('is told as what it was', () => {
    const issue = open({ rows: account });
    say(issue, 'em-emea', '/scoping advance force they insist');
    say(issue, 'em-emea', '/scoping undo');
    const comment = issue.statusComment();
    expect(comment).toContain(
      '`@em-emea` took the last move back, so this is in **Technical Evaluation** again.',
    );
    expect(comment).toMatch(
      /Technical Evaluation, by `@em-emea` \(the move before was taken back\)/u,
    );
    expect(comment).not.toContain('moved this to **Technical Evaluation**');
  });
});

describe('who can approve', () => {
  it('is named where the Technical Architect has to, without a call', () => {
    const issue = toApproval(open({ rows: proposal }), '80k');
    expect(issue.statusComment()).toContain('Next: Technical Architect (`@ta-one`)');
    expect(issue.statusComment()).toContain('approval of a Technical Architect (`@ta-one`)');
  });

  it('is named for every approval of the statement of work', () => {
    const issue = toApproval(open({ rows: proposal }));
    const comment = issue.statusComment();
    expect(comment).toContain('PS leadership (`@ps-director`) has not approved yet');
    expect(comment).toContain('Revenue (`@rev-ops`) has not approved yet');
    expect(comment).toContain('The Regional Delivery Manager (`@rdm-emea`) has not approved yet');
  });
});

describe('the offering', () => {
  const fits = 'The Engagement Manager decides';

  it('asks nobody to decide once a person has', () => {
    const sku = settled(world({ rows: small }));
    expect(sku.statusComment()).toContain(fits);
    expect(sku.statusComment()).not.toContain('A person has decided');
    relabel(sku, 'em-emea-two', { add: ['fit::sow'], remove: ['fit::sku'] });
    expect(sku.statusComment()).not.toContain(fits);
    expect(sku.statusComment()).toContain('A person has decided: the label `fit::sow` stands.');
  });

  it('that cannot be told yet is one plain sentence', () => {
    const issue = say(open({ rows: account }), 'jo-sa', '/scoping explain');
    expect(issue.statusComment()).toContain('Too early to say. What would change it: ');
  });
});

describe('a label that a person took off', () => {
  it('is not named as the one that we would have set', () => {
    const issue = open({ rows: account });
    relabel(issue, 'em-emea', { add: ['lead::csm'], remove: ['lead::sa'] });
    relabel(issue, 'em-emea', { remove: ['lead::csm'] });
    expect(issue.statusComment()).toContain(
      'A person took the lead:: label off, so I set none; I would have said lead::sa.',
    );
    expect(issue.statusComment()).not.toContain('took lead::sa off');
  });
});
