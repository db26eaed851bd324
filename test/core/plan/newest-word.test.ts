/**
 * The newest person's word wins, whether it came as a command, a label or an assignment (`rulings.md` 23, 30).
 * Long, because each meets each in both orders, within one look and over two.
 */
import { describe, expect, it } from 'vitest';
import type { PaperWorld } from '../../support/paper-world.ts';
import {
  account,
  assignees,
  complete,
  labels,
  memoryOf,
  pending,
  replies,
  runAndCrash,
  settled,
  text,
  withManagers,
  world,
} from './given.ts';

function later(issue: PaperWorld): PaperWorld {
  issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
  return issue;
}

/** Written, not yet looked at. */
function write(issue: PaperWorld, body: string, author = 'em-emea'): PaperWorld {
  later(issue).comment(author, body);
  return issue;
}

function say(issue: PaperWorld, body: string, author = 'em-emea'): PaperWorld {
  return settled(write(issue, body, author));
}

function assign(issue: PaperWorld, ...usernames: readonly string[]): PaperWorld {
  later(issue).assign(usernames);
  return settled(issue);
}

function manager(issue: PaperWorld): string {
  return /^\| Engagement Manager.*$/m.exec(issue.statusComment())?.[0] ?? '';
}

function leadOf(issue: PaperWorld): string {
  const plan = issue.plan();
  return plan.kind === 'changes' ? plan.assessment.lead.role : plan.kind;
}

describe('an engagement manager named by a command', () => {
  it('takes the place of the one we had put on', () => {
    const issue = say(settled(world()), '/scoping assign em @em-emea');
    expect(assignees(issue)).toEqual(['em-emea', 'jo-sa']);
    expect(manager(issue)).toContain('`@em-emea` | assigned by a command');
  });

  it('stands beside the one whom a person had assigned, and is the manager', () => {
    const issue = settled(world({ assignees: ['em-east'] }));
    say(issue, '/scoping assign em @em-emea');
    expect(assignees(issue).toSorted()).toEqual(['em-east', 'em-emea', 'jo-sa']);
    expect(manager(issue)).toContain('`@em-emea`');
    expect(issue.statusComment()).not.toContain('one assignee only');
    issue.describe(text(complete));
    expect(assignees(settled(issue)).toSorted()).toEqual(['em-east', 'em-emea', 'jo-sa']);
    expect(manager(issue)).toContain('`@em-emea`');
  });

  it('gives way to the one whom a person assigns later, and is not put back', () => {
    const issue = say(settled(world()), '/scoping assign em @em-emea');
    assign(issue, 'em-east', 'jo-sa');
    expect(assignees(issue)).toEqual(['em-east', 'jo-sa']);
    expect(manager(issue)).toContain(
      '`@em-east` | assigned to this issue after a command had named another',
    );
    issue.describe(text(complete));
    expect(assignees(settled(issue))).toEqual(['em-east', 'jo-sa']);
    expect(manager(issue)).toContain('`@em-east`');
  });

  it('gives way as well to one whom a person assigns beside, and nobody is taken off', () => {
    const issue = say(settled(world()), '/scoping assign em @em-emea');
    assign(issue, 'em-emea', 'jo-sa', 'em-east');
    expect(assignees(issue)).toEqual(['em-emea', 'jo-sa', 'em-east']);
    expect(manager(issue)).toContain('`@em-east`');
  });

  it('gives way to the one who is left when a person takes it off', () => {
    const issue = settled(world({ assignees: ['em-east'] }));
    say(issue, '/scoping assign em @em-emea');
    assign(issue, 'em-east', 'jo-sa');
    expect(manager(issue)).toContain('`@em-east`');
    expect(assignees(issue)).toEqual(['em-east', 'jo-sa']);
  });

  it('stays the manager, unassigned, when a person takes it off and nobody else is there', () => {
    const issue = say(settled(world()), '/scoping assign em @em-emea');
    assign(issue, 'jo-sa');
    expect(assignees(issue)).toEqual(['jo-sa']);
    expect(manager(issue)).toContain('`@em-emea`');
  });

  it('again, after a person chose otherwise, is the manager again', () => {
    const issue = say(settled(world()), '/scoping assign em @em-emea');
    assign(issue, 'em-east', 'jo-sa');
    say(issue, '/scoping assign em @em-emea');
    expect(manager(issue)).toContain('`@em-emea`');
    expect(assignees(issue).toSorted()).toEqual(['em-east', 'em-emea', 'jo-sa']);
  });

  it('there and back again ends with the first one, assigned', () => {
    const issue = say(settled(world()), '/scoping assign em @em-emea');
    say(issue, '/scoping assign em @em-emea-two');
    expect(assignees(issue).toSorted()).toEqual(['em-emea-two', 'jo-sa']);
  });

  it('is assigned although a person had taken them off before', () => {
    const issue = settled(world());
    assign(issue, 'jo-sa');
    say(issue, '/scoping assign em @em-emea-two');
    expect(assignees(issue)).toEqual(['em-emea-two', 'jo-sa']);
  });

  it('need not be listed; the comment says so', () => {
    const issue = say(settled(world()), '/scoping assign em @planner-pia');
    expect(assignees(issue)).toEqual(['planner-pia', 'jo-sa']);
    expect(manager(issue)).toContain('the policy does not list them');
    expect(replies(issue)).toEqual([]);
    const nobody = say(
      settled(world({ policy: withManagers([]) })),
      '/scoping assign em @planner-pia',
    );
    expect(manager(nobody)).not.toContain('does not list');
  });

  it('does not come back with a lost memory when a person assigned another one since', () => {
    const issue = say(settled(world()), '/scoping assign em @em-emea');
    assign(issue, 'em-east', 'jo-sa');
    issue.issue = {
      ...issue.issue,
      notes: issue.issue.notes.filter(({ body }) => !body.includes('scoping-bot:status')),
    };
    settled(issue);
    expect(manager(issue)).toContain('`@em-east`');
    expect(assignees(issue)).toEqual(['em-east', 'jo-sa']);
  });

  it('whom somebody named internally is not given away by the one who came later', () => {
    const issue = settled(world());
    later(issue).comment('em-emea', '/scoping assign em @em-emea', { internal: true });
    settled(issue);
    assign(issue, 'em-east', 'jo-sa');
    expect(issue.statusComment()).not.toContain('em-emea`');
    expect(manager(issue)).toContain('em-east');
  });

  it('is taken back with undo: the one before is back, assigned', () => {
    const issue = say(settled(world()), '/scoping assign em @em-emea');
    say(issue, '/scoping undo');
    expect(manager(issue)).toContain('`@em-emea-two` | covers EMEA');
    expect(assignees(issue).toSorted()).toEqual(['em-emea-two', 'jo-sa']);
  });

  it('is taken back with undo, and whom a person had assigned is the manager as before', () => {
    const issue = settled(world({ assignees: ['em-east'] }));
    say(issue, '/scoping assign em @em-emea');
    say(issue, '/scoping undo');
    expect(assignees(issue)).toEqual(['em-east', 'jo-sa']);
    expect(manager(issue)).toContain('`@em-east` | assigned to this issue');
  });
});

describe('where GitLab takes one assignee only', () => {
  it('a command swaps the one we had put on', () => {
    const issue = settled(world({ free: true }));
    expect(assignees(issue)).toEqual(['em-emea-two']);
    say(issue, '/scoping assign em @em-emea');
    expect(assignees(issue)).toEqual(['em-emea']);
    expect(manager(issue)).toContain('`@em-emea` | assigned by a command');
    say(issue, '/scoping assign em @em-emea-two');
    expect(assignees(issue)).toEqual(['em-emea-two']);
  });

  it('a command that is newer than a person’s choice of manager wins, and the comment says so', () => {
    const issue = settled(world({ free: true, assignees: ['em-east'] }));
    say(issue, '/scoping assign em @em-emea');
    expect(assignees(issue)).toEqual(['em-emea']);
    expect(issue.statusComment()).toMatch(
      /^Note: .*one assignee only.*named by a command, which is newer, so Elena East is not/m,
    );
    issue.describe(text(complete));
    settled(issue);
    expect(issue.statusComment()).toContain('Elena East is not assigned any more');
    expect(assignees(issue)).toEqual(['em-emea']);
  });

  it('a person’s choice that is newer than the command stands', () => {
    const issue = settled(world({ free: true }));
    say(issue, '/scoping assign em @em-emea');
    assign(issue, 'em-east');
    expect(assignees(issue)).toEqual(['em-east']);
    expect(manager(issue)).toContain('`@em-east`');
    issue.describe(text(complete));
    expect(assignees(settled(issue))).toEqual(['em-east']);
  });

  it('somebody whom a person assigned in no role keeps the place, and it is said', () => {
    const issue = settled(world({ free: true, assignees: ['planner-pia'] }));
    say(issue, '/scoping assign em @em-emea');
    expect(assignees(issue)).toEqual(['planner-pia']);
    expect(manager(issue)).toContain('`@em-emea`');
    expect(issue.statusComment()).toMatch(/^Note: GitLab did not take Emma Varga/m);
  });

  it('the lead whom we put on makes way for the manager whom a command names', () => {
    const issue = settled(world({ free: true, policy: withManagers([]) }));
    expect(assignees(issue)).toEqual(['jo-sa']);
    say(issue, '/scoping assign em @em-emea');
    expect(assignees(issue)).toEqual(['em-emea']);
    expect(issue.statusComment()).toContain('GitLab did not take Jo Pike');
  });

  it('undo takes our assignment back and puts nobody in the place', () => {
    const issue = settled(world({ free: true }));
    say(issue, '/scoping undo');
    expect(assignees(issue)).toEqual([]);
    expect(manager(issue)).toContain('em-emea-two');
    issue.describe(text(complete));
    expect(assignees(settled(issue))).toEqual([]);
  });

  it('undo of a swap brings the one before back, whoever had assigned them', () => {
    const ours = say(settled(world({ free: true })), '/scoping assign em @em-emea');
    say(ours, '/scoping undo');
    expect(assignees(ours)).toEqual(['em-emea-two']);
    const theirs = settled(world({ free: true, assignees: ['em-east'] }));
    say(theirs, '/scoping assign em @em-emea');
    say(theirs, '/scoping undo');
    expect(assignees(theirs)).toEqual(['em-east']);
    expect(manager(theirs)).toContain('`@em-east` | assigned to this issue');
    expect(theirs.statusComment()).not.toContain('one assignee only');
  });
});

describe('undo of an assignment', () => {
  it('goes on to what was before, and a swap that was taken back is no act', () => {
    const issue = say(settled(world()), '/scoping assign em @em-emea');
    say(issue, '/scoping undo');
    say(issue, '/scoping undo');
    expect(assignees(issue)).toEqual([]);
    say(issue, '/scoping undo');
    expect(replies(issue).at(-1)?.body).toContain('nothing of mine');
  });

  it.each([
    ['where several are assigned', false, ['em-emea', 'jo-sa']],
    ['where one is', true, ['em-emea']],
  ])('a swap in which we were stopped is not made twice, %s', (_, free, after) => {
    const issue = write(settled(world({ free })), '/scoping assign em @em-emea');
    runAndCrash(issue);
    settled(issue);
    expect(assignees(issue)).toEqual(after);
    expect(manager(issue)).toContain('`@em-emea` | assigned by a command');
    say(issue, '/scoping undo');
    expect(manager(issue)).toContain('`@em-emea-two`');
  });

  it('does not take off somebody whom a person put on again', () => {
    const issue = settled(world());
    assign(issue);
    assign(issue, 'em-emea-two');
    say(issue, '/scoping undo');
    expect(assignees(issue)).toEqual(['em-emea-two']);
  });

  it('takes off whoever was assigned with the command that is taken back', () => {
    const issue = say(settled(world()), '/scoping lead csm @cleo-csm');
    expect(assignees(issue)).toContain('cleo-csm');
    say(issue, '/scoping undo');
    expect(leadOf(issue)).toBe('sa');
    expect(assignees(issue)).toEqual(['em-emea-two', 'jo-sa']);
  });
});

describe.each(['assign sa', 'assign csm', 'assign em', 'lead ae'])(
  '`%s @USER` for somebody who cannot be',
  (verb) => {
    const gone = { 'jo-gone': { id: 15, name: 'Jo Gone', active: false } };

    it.each([
      ['unknown to GitLab', '@nobody-here', 'GitLab knows nobody called `@nobody-here`'],
      ['blocked', '@jo-gone', '`@jo-gone` is blocked, so I gave them no role here.'],
      ['not a member', '@passer-by', '`@passer-by` is not a member of this project'],
      ['me', '@scoping-bot', 'I cannot take a role on an issue myself.'],
    ])('is refused in one short reply: %s', (_, name, why) => {
      const issue = settled(world({ people: gone }));
      const before = assignees(issue);
      say(issue, `/scoping ${verb} ${name}`);
      expect(replies(issue)).toHaveLength(1);
      expect(replies(issue)[0]?.body).toContain(why);
      expect(replies(issue)[0]?.body).toContain(`The form is: \`/scoping ${verb.split(' ')[0]} `);
      expect(assignees(issue)).toEqual(before);
      expect(issue.statusComment()).not.toContain('jo-gone');
      expect(issue.lookups).toEqual([]);
      issue.describe(text(complete));
      settled(issue);
      expect(replies(issue)).toHaveLength(1);
    });
  },
);

describe('a command that names somebody', () => {
  it('gives the nearest one listed for the role', () => {
    const people = { 'em-emae': { id: 29, name: 'Not Emma', accessLevel: null } };
    const issue = say(settled(world({ people })), '/scoping assign em @em-emae');
    expect(replies(issue)[0]?.body).toContain('Did you mean `/scoping assign em @em-emea`?');
  });

  it('looks a person up once, and still counts when they leave later', () => {
    const issue = settled(world());
    write(issue, '/scoping assign csm @cleo-csm');
    pending(issue);
    expect(issue.lookups.filter((kind) => kind === 'person')).toHaveLength(1);
    settled(issue);
    issue.change('cleo-csm', { active: false });
    issue.describe(text(complete));
    settled(issue);
    expect(issue.statusComment()).toContain('`@cleo-csm`');
    expect(replies(issue)).toEqual([]);
  });
});

describe.each([
  ['with exclusive labels', false],
  ['on Free', true],
])('who leads, %s', (_, free) => {
  it('a label later than the command wins', () => {
    const issue = say(settled(world({ free })), '/scoping lead csm');
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    later(issue).label('em-east', { add: ['lead::ae'] });
    settled(issue);
    expect(leadOf(issue)).toBe('ae');
    expect(labels(issue, 'lead::')).toEqual(['lead::ae']);
    issue.describe(text(complete));
    settled(issue);
    expect(leadOf(issue)).toBe('ae');
    expect(issue.statusComment()).not.toContain('said that the Customer Success Manager');
  });

  it('a label that goes back to what the rules say wins as well', () => {
    const issue = say(settled(world({ free })), '/scoping lead csm');
    later(issue).label('em-east', { add: ['lead::sa'] });
    settled(issue);
    expect(leadOf(issue)).toBe('sa');
    expect(labels(issue, 'lead::')).toEqual(['lead::sa']);
  });

  it('the command that is taken off as a label does not count any more', () => {
    const issue = say(settled(world({ free })), '/scoping lead csm');
    later(issue).label('em-east', { remove: ['lead::csm'] });
    settled(issue);
    expect(leadOf(issue)).toBe('sa');
    expect(labels(issue, 'lead::')).toEqual([]);
  });

  it('a command later than the label wins', () => {
    const issue = settled(world({ free }));
    later(issue).label('em-east', { add: ['lead::ae'] });
    settled(issue);
    say(issue, '/scoping lead csm');
    expect(leadOf(issue)).toBe('csm');
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(issue.statusComment()).not.toContain('set by a person');
  });

  it('a command later than the label wins where the rules say the same as the command', () => {
    const issue = settled(world({ free }));
    later(issue).label('em-east', { add: ['lead::ae'] });
    settled(issue);
    say(issue, '/scoping lead sa');
    expect(leadOf(issue)).toBe('sa');
    expect(labels(issue, 'lead::')).toEqual(['lead::sa']);
  });

  it('of two between two looks the later one wins, by the time of each', () => {
    const command = settled(world({ free }));
    later(command).label('em-east', { add: ['lead::ae'] });
    say(command, '/scoping lead csm');
    expect(labels(command, 'lead::')).toEqual(['lead::csm']);
    const label = write(settled(world({ free })), '/scoping lead csm @cleo-csm');
    later(label).label('em-east', { add: ['lead::ae'] });
    settled(label);
    expect(leadOf(label)).toBe('ae');
    expect(labels(label, 'lead::')).toEqual(['lead::ae']);
    expect(label.statusComment()).toContain('`@cleo-csm`');
  });

  it('words that an edit brings in later than the label win', () => {
    const issue = settled(world({ free }));
    const note = later(issue).comment('em-emea', 'Cleo knows them.');
    later(issue).comment('em-emea', '/scoping set m_users 5');
    const old = later(issue).comment('em-emea', '/scoping lead ae');
    settled(issue);
    later(issue).label('em-east', { add: ['lead::em'] });
    settled(issue);
    expect(leadOf(issue)).toBe('em');
    later(issue).editNote(old.id, '/scoping lead csm');
    settled(issue);
    expect(leadOf(issue)).toBe('csm');
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(note.id).toBeLessThan(old.id);
  });

  it('is the newest of three: command, label, command', () => {
    const issue = say(settled(world({ free })), '/scoping lead csm');
    later(issue).label('em-east', { add: ['lead::ae'] });
    settled(issue);
    say(issue, '/scoping lead csm');
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(leadOf(issue)).toBe('csm');
  });

  it('a lost memory changes nothing about it', () => {
    const issue = say(settled(world({ free })), '/scoping lead csm');
    later(issue).label('em-east', { add: ['lead::ae'] });
    settled(issue);
    issue.issue = {
      ...issue.issue,
      notes: issue.issue.notes.filter(({ body }) => !body.includes('scoping-bot:status')),
    };
    settled(issue);
    expect(leadOf(issue)).toBe('ae');
  });
});

describe('a service type', () => {
  const training = 'service:training';
  const types = (issue: PaperWorld): readonly string[] => labels(issue, 'service:');

  it('that a command added goes when a person takes its label off later', () => {
    const issue = say(settled(world()), '/scoping type add training');
    expect(types(issue)).toContain(training);
    later(issue).label('jo-sa', { remove: [training] });
    settled(issue);
    expect(types(issue)).not.toContain(training);
    expect(issue.statusComment()).not.toContain(`took ${training} off`);
    issue.describe(text(complete));
    expect(types(settled(issue))).not.toContain(training);
  });

  it('that a command removed is back when a person puts its label on later', () => {
    const issue = say(settled(world()), '/scoping type remove migration_scm');
    expect(types(issue)).toEqual([]);
    later(issue).label('jo-sa', { add: ['service:migration-scm'] });
    settled(issue);
    expect(types(issue)).toEqual(['service:migration-scm']);
    issue.describe(text({ ...account, 'Total number of git repositories': '40' }));
    expect(types(settled(issue))).toEqual(['service:migration-scm']);
  });

  it('whose label a person took off is back when a command adds it later', () => {
    const issue = settled(world());
    later(issue).label('jo-sa', { remove: ['service:migration-scm'] });
    settled(issue);
    say(issue, '/scoping type add migration_scm');
    expect(types(issue)).toEqual(['service:migration-scm']);
    expect(memoryOf(issue).removedServices).toEqual([]);
  });

  it('whose label a person put on goes when a command removes it later', () => {
    const issue = settled(world());
    later(issue).label('jo-sa', { add: [training] });
    settled(issue);
    expect(types(issue)).toEqual([training]);
    say(issue, '/scoping type remove training');
    expect(types(issue)).toEqual(['service:migration-scm']);
  });

  it('between two looks is what was said last', () => {
    const command = settled(world());
    later(command).label('jo-sa', { add: [training] });
    say(command, '/scoping type remove training');
    expect(types(command)).toEqual(['service:migration-scm']);
    const label = write(settled(world()), '/scoping type remove migration_scm');
    later(label).label('jo-sa', { add: [training] });
    settled(label);
    expect(types(label)).toEqual([training]);
    const off = say(settled(world()), '/scoping type add training');
    write(off, '/scoping type add training', 'jo-sa');
    later(off).label('jo-sa', { remove: [training] });
    settled(off);
    expect(types(off)).not.toContain(training);
  });

  it('decides for itself alone', () => {
    const issue = say(settled(world()), '/scoping type add training');
    say(issue, '/scoping type add migration_scm');
    later(issue).label('jo-sa', { remove: [training] });
    settled(issue);
    expect(types(issue)).toEqual(['service:migration-scm']);
  });
});

describe('what is to be sold', () => {
  const fits = (issue: PaperWorld): readonly string[] => labels(issue, 'fit::');

  it('is what the ending says, which is newer than the label', () => {
    const issue = settled(world({ rows: complete, labels: ['fit::sow'] }));
    say(issue, '/scoping sku the package is enough');
    expect(fits(issue)).toEqual(['fit::sku']);
    expect(labels(issue, 'outcome::')).toEqual(['outcome::sku']);
    expect(issue.issue.state).toBe('closed');
  });

  it('is what a label says that is put on after that', () => {
    const issue = settled(world({ rows: complete }));
    say(issue, '/scoping sku the package is enough');
    later(issue).reopen();
    issue.label('em-emea', { add: ['fit::partner'] });
    settled(issue);
    expect(fits(issue)).toEqual(['fit::partner']);
    issue.describe(text(account));
    expect(fits(settled(issue))).toEqual(['fit::partner']);
  });

  it('an ending beats the outcome label that was put on before it, between two looks as well', () => {
    const issue = settled(world({ rows: complete }));
    later(issue).label('em-emea', { add: ['outcome::lost'] });
    say(issue, '/scoping won signed after all');
    expect(labels(issue, 'outcome::')).toEqual(['outcome::won']);
  });
});

describe('a move between two looks', () => {
  const stages = (issue: PaperWorld): readonly string[] => labels(issue, 'stage::');

  it('by label, later than the command, is where the issue stays', () => {
    const issue = write(settled(world()), '/scoping advance force they start on Monday');
    later(issue).label('jo-sa', { add: ['stage::proposal'] });
    settled(issue);
    expect(stages(issue)).toEqual(['stage::proposal']);
    expect(replies(issue)).toEqual([]);
  });

  it('by command, later than the label, goes on from there', () => {
    const issue = settled(world());
    later(issue).label('jo-sa', { add: ['stage::proposal'] });
    say(issue, '/scoping advance force they start on Monday');
    expect(stages(issue)).toEqual(['stage::sow-approval']);
  });
});
