/** Every verb: accepted, refused by role with the missing right named, refused by argument with the form that works (`interfaces.md` §5, §8). */
import { describe, expect, it } from 'vitest';
import {
  assignees,
  complete,
  labels,
  memoryOf,
  replies,
  settled,
  without,
} from '../core/plan/given.ts';
import type { PaperWorld } from '../support/paper-world.ts';
import {
  assessed,
  forget,
  lastReply,
  later,
  open,
  proposal,
  rewrite,
  say,
  stage,
  withApprovers,
} from './acting.ts';

const forAnswers = 'members of this project from the role Planner up';
const forMoves = 'members from the role Developer up, the lead and the Engagement Manager';

interface Verb {
  readonly verb: string;
  readonly body: string;
  /** What is there before. */
  readonly start?: () => PaperWorld;
  /** What is so once it was carried out. */
  readonly done: (issue: PaperWorld) => void;
}

function answer(issue: PaperWorld, field: string) {
  return assessed(issue).answers.get(field);
}

function offered(): PaperWorld {
  const issue = open({ rows: without(complete, 'Planned users') });
  return say(issue, 'axel-ae', 'They told me:\n\nNumber of planned users: 1,150');
}

function inProposal(): PaperWorld {
  return open({ rows: proposal });
}

function onHold(): PaperWorld {
  return say(open(), 'em-emea-two', '/scoping hold 2027-01-11 budget');
}

function ends(verb: string): Verb {
  return {
    verb,
    body: `/scoping ${verb} as agreed with the customer`,
    done: (issue) => {
      expect(issue.issue.state).toBe('closed');
      expect(labels(issue, 'outcome::')).toEqual([`outcome::${verb}`]);
    },
  };
}

const answering: readonly Verb[] = [
  {
    verb: 'set',
    body: '/scoping set users_planned 950',
    done: (issue) => expect(answer(issue, 'users_planned')?.value).toBe(950),
  },
  {
    verb: 'take',
    body: '/scoping take users_planned',
    start: offered,
    done: (issue) => expect(answer(issue, 'users_planned')?.value).toBe(1150),
  },
  {
    verb: 'na',
    body: '/scoping na m_lfs no large files',
    done: (issue) => expect(answer(issue, 'm_lfs')?.state).toBe('not_applicable'),
  },
  {
    verb: 'assume',
    body: '/scoping assume m_network open on 443, through the proxy',
    done: (issue) => expect(answer(issue, 'm_network')).toMatchObject({ assumed: true }),
  },
  {
    verb: 'defer',
    body: '/scoping defer goals 2026-12-01 @cleo-csm',
    start: () => open({ rows: without(complete, 'Goals') }),
    done: (issue) => {
      expect(answer(issue, 'goals')).toMatchObject({ by: '2026-12-01', owner: 'cleo-csm' });
      expect(stage(issue)).toBe('stage::proposal');
    },
  },
  {
    verb: 'type',
    body: '/scoping type add training',
    done: (issue) => expect(labels(issue, 'service:')).toContain('service:training'),
  },
  {
    verb: 'recheck',
    body: '/scoping recheck',
    done: (issue) => expect(stage(issue)).toBe('stage::proposal'),
  },
  {
    verb: 'explain',
    body: '/scoping explain',
    done: (issue) => expect(issue.statusComment()).toContain('How I came to this'),
  },
  {
    verb: 'help',
    body: '/scoping help',
    done: (issue) => expect(issue.statusComment()).toContain('#### Commands'),
  },
];

const moving: readonly Verb[] = [
  {
    verb: 'lead',
    body: '/scoping lead csm @cleo-csm',
    done: (issue) => {
      expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
      expect(assignees(issue)).toContain('cleo-csm');
    },
  },
  {
    verb: 'assign',
    body: '/scoping assign em @em-emea',
    done: (issue) => expect(assignees(issue)).toContain('em-emea'),
  },
  {
    verb: 'advance',
    body: '/scoping advance',
    start: () => say(open(), 'em-emea-two', '/scoping back technical_evaluation once more'),
    done: (issue) => expect(stage(issue)).toBe('stage::proposal'),
  },
  {
    verb: 'advance force',
    body: '/scoping advance force the customer insists',
    done: (issue) => expect(stage(issue)).toBe('stage::sow-approval'),
  },
  {
    verb: 'back',
    body: '/scoping back technical_evaluation new sources',
    done: (issue) => expect(stage(issue)).toBe('stage::technical-evaluation'),
  },
  {
    verb: 'hold',
    body: '/scoping hold 2027-01-11 budget comes in January',
    done: (issue) => expect(stage(issue)).toBe('stage::on-hold'),
  },
  {
    verb: 'resume',
    body: '/scoping resume',
    start: onHold,
    done: (issue) => expect(stage(issue)).toBe('stage::proposal'),
  },
  {
    verb: 'estimate',
    body: '/scoping estimate https://docs.example/e/1 48,000 USD',
    start: inProposal,
    done: (issue) => expect(answer(issue, 'estimate_total')?.state).toBe('answered'),
  },
  {
    verb: 'accept',
    body: '/scoping accept scope',
    start: inProposal,
    done: (issue) => expect(answer(issue, 'customer_accepts_scope')?.state).toBe('answered'),
  },
  {
    verb: 'sow',
    body: '/scoping sow https://docs.example/sow/1',
    start: inProposal,
    done: (issue) => expect(['answered', 'reference']).toContain(answer(issue, 'sow_url')?.state),
  },
  {
    verb: 'snooze',
    body: '/scoping snooze 3',
    done: (issue) => expect(issue.statusComment()).toContain('call nobody before 2026-11-26'),
  },
  {
    verb: 'undo',
    body: '/scoping undo',
    start: () => say(open(), 'jo-sa', '/scoping set users_planned 950'),
    done: (issue) => expect(answer(issue, 'users_planned')?.value).toBe(900),
  },
  ...['won', 'lost', 'sku', 'partner'].map(ends),
];

function begin({ start }: Verb): PaperWorld {
  return start ? start() : open();
}

/** What a refused command must leave as it is. */
function asItStands({ issue }: PaperWorld): unknown {
  const { labels: all, assignees: people, state, description, title } = issue;
  return { all, people, state, description, title };
}

describe('a command that is allowed', () => {
  it.each(answering)('$verb, from the role Planner up', (verb) => {
    const issue = say(begin(verb), 'planner-pia', verb.body);
    verb.done(issue);
    expect(replies(issue)).toEqual([]);
  });

  it.each(moving)('$verb, from the role Developer up', (verb) => {
    const issue = say(begin(verb), 'dev-dana', verb.body);
    verb.done(issue);
    expect(replies(issue)).toEqual([]);
  });

  it.each(moving)(
    '$verb, by the lead and the Engagement Manager from the role Planner up',
    (verb) => {
      for (const author of ['jo-sa', 'em-emea-two']) {
        const issue = begin(verb);
        issue.change(author, { accessLevel: 15 });
        say(issue, author, verb.body);
        verb.done(issue);
        expect(replies(issue)).toEqual([]);
      }
    },
  );

  it.each([...answering, ...moving].filter(({ verb }) => ['set', 'hold'].includes(verb)))(
    '$verb, when it is written to the bot by name',
    (verb) => {
      const body = verb.body.replace('/scoping', '@scoping-bot');
      const issue = say(begin(verb), 'em-emea-two', body);
      verb.done(issue);
      expect(replies(issue)).toEqual([]);
    },
  );
});

describe('a command that is not allowed', () => {
  it.each([
    ...answering.map((verb) => ({ ...verb, right: forAnswers })),
    ...moving.map((verb) => ({ ...verb, right: forMoves })),
  ])(
    '$verb by a Guest and by an outsider: nothing is changed, and a reply names the right',
    (verb) => {
      const issue = begin(verb);
      const before = asItStands(issue);
      for (const [index, author] of ['guest-gus', 'passer-by'].entries()) {
        say(issue, author, verb.body);
        expect(replies(issue)).toHaveLength(index + 1);
        expect(lastReply(issue)).toContain(verb.right);
      }
      expect(asItStands(issue)).toEqual(before);
    },
  );

  it.each(moving)('$verb by a Planner: the same', (verb) => {
    const issue = begin(verb);
    const before = asItStands(issue);
    say(issue, 'planner-pia', verb.body);
    expect(asItStands(issue)).toEqual(before);
    expect(replies(issue)).toHaveLength(1);
    expect(lastReply(issue)).toContain(forMoves);
  });

  it.each(['ps', 'revenue', 'rdm', 'ta'])('approve %s by whoever is not named', (approval) => {
    const issue = open({ rows: proposal });
    for (const author of ['guest-gus', 'passer-by', 'planner-pia', 'dev-dana', 'em-emea-two']) {
      say(issue, author, `/scoping approve ${approval}`);
      expect(lastReply(issue)).toMatch(/An approval for .* counts only from `@/u);
      expect(memoryOf(issue).approvals).toEqual({});
    }
  });

  it('approve, where nobody is named for it', () => {
    const nobody = { ...withApprovers, people: { ...withApprovers.people, approvers: new Map() } };
    const issue = say(
      open({ rows: proposal, policy: nobody }),
      'em-emea-two',
      '/scoping approve ps',
    );
    expect(lastReply(issue)).toContain(
      'Nobody is named in the policy yet who approves for PS leadership',
    );
  });
});

const fields = 'I do not know the field';
const days = (day: string): string => `such as ${day}`;

describe('a command that is not understood', () => {
  it.each([
    ['an unknown verb', '/scoping advence', '`/scoping advance [force REASON]`'],
    ['an unknown verb like no other', '/scoping dance', '`/scoping help` shows what I understand'],
    ['no verb', '/scoping', '`/scoping help` shows what I understand'],
    ['set: an unknown field', '/scoping set user_planned 9', 'Did you mean `users_planned`?'],
    ['set: a field like no other', '/scoping set xyzzy 9', fields],
    ['set: nothing', '/scoping set', 'The form is: `/scoping set FIELD VALUE`'],
    ['set: no value', '/scoping set goals', 'The value for `goals` is missing'],
    [
      'set: no figure',
      '/scoping set users_planned many',
      'as the answer to `users_planned`. I need',
    ],
    ['set: which one', '/scoping set m_destination cloud', 'Does cloud mean GitLab.com'],
    ['set: no size', '/scoping set m_total_size big', 'For example: `/scoping set m_total_size'],
    ['take: an unknown field', '/scoping take gaols', 'Did you mean `goals`?'],
    ['take: nothing to take', '/scoping take goals', 'no answer to `goals`'],
    ['na: an unknown field', '/scoping na gaols', 'Did you mean `goals`?'],
    ['assume: an unknown field', '/scoping assume gaols x', 'Did you mean `goals`?'],
    ['assume: no text', '/scoping assume goals', 'The value for `goals` is missing'],
    ['defer: an unknown field', '/scoping defer gaols 2026-12-01', 'Did you mean `goals`?'],
    ['defer: no date', '/scoping defer goals', days('2026-11-30')],
    ['defer: a day that does not exist', '/scoping defer goals 2026-11-31', days('2026-11-30')],
    ['defer: a day that has passed', '/scoping defer goals 2026-11-20', '2026-11-20 has passed'],
    [
      'defer: an owner GitLab does not know',
      '/scoping defer goals 2026-12-01 @cleo-cms',
      'Did you mean `@cleo-csm`?',
    ],
    ['defer: too late a day', '/scoping defer goals 2026-12-08', '2026-12-07'],
    ['type: an unknown service', '/scoping type add trainng', 'Did you mean `training`?'],
    ['type: neither add nor remove', '/scoping type ad training', 'Did you mean `add`?'],
    ['type: no service', '/scoping type add', 'The service type is missing'],
    ['lead: an unknown role', '/scoping lead boss', 'Allowed: sa, csm, ae, em'],
    ['lead: an unknown person', '/scoping lead csm @cleo-cms', 'Did you mean `@cleo-csm`?'],
    ['assign: an unknown role', '/scoping assign boss @jo-sa', 'Allowed: '],
    ['assign: an unknown person', '/scoping assign sa @jo-as', 'Did you mean `@jo-sa`?'],
    ['assign: no person', '/scoping assign sa', 'The person is missing'],
    ['assign: no handle', '/scoping assign sa !', 'where a username such as `@NAME` belongs'],
    ['advance: another word', '/scoping advance forc it', 'Did you mean `force`?'],
    ['advance force: no reason', '/scoping advance force', 'The reason is missing'],
    ['back: an unknown stage', '/scoping back proposl x', 'Did you mean `proposal`?'],
    ['back: a stage that comes later', '/scoping back sow_approval x', 'comes later'],
    ['back: no stage', '/scoping back', 'The stage is missing'],
    ['back: no reason', '/scoping back technical_evaluation', 'The reason is missing'],
    ['back: the pause is no stage', '/scoping back on_hold x', 'I know no stage'],
    ['hold: nothing', '/scoping hold', 'The date and the reason are missing'],
    ['hold: no reason', '/scoping hold 2027-01-11', 'The reason is missing'],
    ['hold: a day that does not exist', '/scoping hold 2027-02-30 budget', 'as one date'],
    ['hold: a day that has passed', '/scoping hold 2026-01-11 budget', '2026-01-11 has passed'],
    ['resume: no pause', '/scoping resume', 'not on hold'],
    ['estimate: no amount', '/scoping estimate https://docs.example/e/1', 'One amount is missing'],
    ['estimate: no link', '/scoping estimate 48,000', 'as a link'],
    ['accept: something else', '/scoping accept all', 'Allowed: scope, price'],
    ['sow: no link', '/scoping sow soon', 'as a link'],
    ['approve: something else', '/scoping approve boss', 'Allowed: ps, revenue, rdm, ta'],
    ['won: no reason', '/scoping won', 'The reason is missing'],
    ['lost: no reason', '/scoping lost', 'The reason is missing'],
    ['sku: no reason', '/scoping sku', 'The reason is missing'],
    ['partner: no reason', '/scoping partner', 'The reason is missing'],
    ['snooze: no number', '/scoping snooze', 'Allowed: 1 to 60 days'],
    ['snooze: too long', '/scoping snooze 61', 'Allowed: 1 to 60 days'],
  ])('%s', (_, body, words) => {
    const issue = open({ rows: proposal });
    const before = asItStands(issue);
    say(issue, 'em-emea-two', body);
    expect(replies(issue)).toHaveLength(1);
    expect(lastReply(issue)).toContain(words);
    expect(asItStands(issue)).toEqual(before);
  });

  it('defer: no more than three, which are named', () => {
    const rows = without(complete, 'Goals', 'Pain points', 'Constraints', 'Planned users');
    const issue = open({ rows: { ...rows, Goals: 'TBD by 2026-12-01 @cleo-csm' } });
    say(
      issue,
      'jo-sa',
      '/scoping defer pain_points 2026-12-01\n/scoping defer constraints 2026-12-01',
    );
    expect(replies(issue)).toEqual([]);
    say(issue, 'jo-sa', '/scoping defer users_planned 2026-12-01');
    expect(lastReply(issue)).toContain(
      'Put off already: `goals`, `pain_points` and `constraints`.',
    );
    expect(answer(issue, 'users_planned')?.state).toBe('unanswered');
    expect(stage(issue)).toBe('stage::technical-evaluation');
    // Putting off one of the three anew is no fourth, and an answer makes room.
    say(issue, 'jo-sa', '/scoping defer constraints 2026-12-02\n/scoping set goals one platform');
    expect(replies(issue)).toHaveLength(1);
    say(issue, 'jo-sa', '/scoping defer users_planned 2026-12-01');
    expect(replies(issue)).toHaveLength(1);
    expect(answer(issue, 'users_planned')?.state).toBe('deferred');
    expect(stage(issue)).toBe('stage::proposal');
  });

  it('defer: the answer in the description ends it', () => {
    const issue = open({ rows: without(complete, 'Goals') });
    say(issue, 'jo-sa', '/scoping defer goals 2026-12-01');
    rewrite(issue, complete);
    expect(answer(issue, 'goals')?.state).toBe('answered');
  });

  it('na, defer: what has a command with rights of its own is left to that', () => {
    const issue = open({ rows: proposal });
    say(issue, 'em-emea-two', '/scoping estimate https://docs.example/e/1 48,000 USD');
    say(issue, 'planner-pia', '/scoping na estimate_total\n/scoping defer estimate_url 2026-12-01');
    expect(lastReply(issue)).toContain('`estimate_total` has a command of its own');
    expect(lastReply(issue)).toContain('`estimate_url` has a command of its own');
    expect(answer(issue, 'estimate_total')?.state).toBe('answered');
  });
});

describe('a command where none is', () => {
  const body = '/scoping advance force the customer insists';
  it.each([
    ['a fence', `\`\`\`\n${body}\n\`\`\``],
    ['a fence of tildes', `~~~\n${body}\n~~~`],
    ['a fence that is never closed', `\`\`\`\n${body}`],
    ['an indented block', `So:\n\n    ${body}`],
    ['code in the line', `\`${body}\``],
    ['a quote', `> ${body}`],
    ['a quote in a quote', `> > ${body}`],
    ['a fenced quote', `>>>\n${body}\n>>>`],
    ['an HTML comment', `<!--\n${body}\n-->`],
    ['HTML code', `<pre>\n${body}\n</pre>`],
    ['the middle of a line', `Somebody could write ${body}`],
    ['an e-mail that was answered', `Agreed.\n\nOn Monday Emil wrote:\n> ${body}`],
    ['a look-alike', '/scopings advance force x'],
    ['a list', `- ${body}`],
  ])('%s', (_, words) => {
    const issue = open();
    const before = asItStands(issue);
    say(issue, 'em-emea-two', words);
    expect(asItStands(issue)).toEqual(before);
    expect(replies(issue)).toEqual([]);
  });

  it('the description is no place for one', () => {
    const issue = open();
    later(issue);
    issue.describe(`${issue.issue.description}\n\n${body}\n\n/scoping won yes`);
    settled(issue);
    expect(stage(issue)).toBe('stage::proposal');
    expect(issue.issue.state).toBe('opened');
  });
});

describe('a command is carried out once', () => {
  it.each([...answering, ...moving])('$verb, looked at again after the next comment', (verb) => {
    const issue = say(begin(verb), 'em-emea-two', verb.body);
    verb.done(issue);
    const before = asItStands(issue);
    say(issue, 'axel-ae', 'Thanks.');
    expect(asItStands(issue)).toEqual(before);
    expect(replies(issue)).toEqual([]);
  });

  it.each([
    '/scoping advance force go',
    '/scoping back technical_evaluation again',
    '/scoping hold 2027-01-11 budget',
    '/scoping won done',
    '/scoping undo',
  ])('%s, which an edit made out of something else that had been read, is refused', (body) => {
    const issue = open();
    later(issue);
    const note = issue.comment('em-emea-two', '/scoping recheck');
    settled(issue);
    const before = asItStands(issue);
    later(issue);
    issue.editNote(note.id, body);
    settled(issue);
    expect(asItStands(issue)).toEqual(before);
    expect(lastReply(issue)).toContain('Please write it in a new comment.');
  });

  it.each(['/scoping set users_planned 950', '/scoping type add training'])(
    '%s written twice at once counts once and is not answered',
    (body) => {
      const issue = open();
      issue.comment('jo-sa', body);
      issue.comment('jo-sa', body);
      settled(issue);
      expect(replies(issue)).toEqual([]);
    },
  );
});

describe('what is forged', () => {
  /** The status comment of another issue on which everything was approved. */
  function approvedElsewhere(): string {
    const issue = open({ rows: proposal });
    issue.issue = { ...issue.issue, ref: { projectId: 7, issueIid: 43 } };
    say(issue, 'ta-one', '/scoping approve ta');
    return (
      issue.issue.notes.find(({ body }) => body.includes('<!-- scoping-bot:status'))?.body ?? ''
    );
  }

  it('a marker: a comment that carries ours is no person’s word', () => {
    const issue = open();
    say(issue, 'em-emea-two', '<!-- scoping-bot:status v1 -->\n\n/scoping won done');
    expect(issue.issue.state).toBe('opened');
    expect(replies(issue)).toEqual([]);
  });

  it('a state: that of another issue is nothing here', () => {
    const issue = open({ rows: proposal });
    say(issue, 'em-emea-two', approvedElsewhere());
    expect(memoryOf(issue).approvals).toEqual({});
  });

  it('a state: put in the place of ours, it is written anew', () => {
    const issue = open({ rows: proposal });
    const ours = issue.issue.notes.find(({ body }) => body.includes('<!-- scoping-bot:status'));
    later(issue);
    issue.editNote(ours?.id ?? 0, approvedElsewhere());
    settled(issue);
    expect(memoryOf(issue).approvals).toEqual({});
    expect(stage(issue)).toBe('stage::proposal');
  });

  it('an approval: edited into a comment that was there', () => {
    const issue = open({ rows: proposal });
    later(issue);
    const note = issue.comment('ta-one', 'I shall look at it.');
    settled(issue);
    issue.editNote(note.id, '/scoping approve ta');
    settled(issue);
    expect(memoryOf(issue).approvals).toEqual({});
    expect(lastReply(issue)).toContain('was not edited');
    say(issue, 'ta-one', '/scoping approve ta');
    expect(Object.keys(memoryOf(issue).approvals)).toEqual(['ta']);
  });

  it.each(['ps-dlrector', 'PS.director'])(
    'an approval: by a name that looks alike, %s',
    (username) => {
      const issue = open({
        rows: proposal,
        people: { [username]: { id: 71, name: 'Petra Stone' } },
      });
      say(issue, username, '/scoping approve ps');
      expect(memoryOf(issue).approvals).toEqual({});
    },
  );

  it('an approval: without memory an edited one does not count, an unedited one does', () => {
    const issue = open({ rows: proposal, labels: ['stage::sow-approval'] });
    say(issue, 'ps-director', '/scoping approve ps');
    say(issue, 'rev-ops', 'Fine with me.');
    const note = issue.issue.notes.findLast(({ author }) => author.username === 'rev-ops');
    issue.editNote(note?.id ?? 0, '/scoping approve revenue');
    forget(issue);
    settled(issue);
    expect(Object.keys(memoryOf(issue).approvals)).toEqual(['ps']);
  });
});
