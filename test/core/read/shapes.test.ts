/** Bullets, keys, headings, checkboxes and quotes: where an answer begins and ends. */
import { describe, expect, it } from 'vitest';
import { read, readAnswer, saidIn } from './given.ts';

describe('a key with its value', () => {
  it.each([
    'GitLab tier: Premium',
    'GitLab tier:Premium',
    'GitLab tier： Premium',
    'GitLab tier = Premium',
    'GitLab tier - Premium',
    'GitLab tier – Premium',
    'GitLab tier? Premium',
    'tier: Premium',
    '- GitLab tier: Premium',
    '* **GitLab tier**: Premium',
    '+ **GitLab tier:** Premium',
    '- **GitLab tier** – Premium',
    '- **GitLab tier.** Premium',
    '- **GitLab tier** = Premium',
    '- __GitLab tier__: Premium',
    '1. GitLab tier: Premium',
    '2) GitLab tier: Premium',
    '-\tGitLab tier:\tPremium',
    '• GitLab tier: Premium',
    '  - GitLab tier: Premium',
    '`GitLab tier`: Premium',
    '🎯 GitLab tier*: Premium',
    ':dart: **GitLab tier**: Premium',
    'GitLab\u00a0tier:\u00a0Premium\u200b',
    'ＧｉｔＬａｂ tier：Premium',
    'GITLAB TIER (required): Premium',
    '- [x] GitLab tier: Premium',
    '## GitLab tier: Premium',
  ])('%s', (line) => expect(saidIn(line)).toEqual({ tier: 'Premium' }));

  it.each([
    ['on the next line', '**GitLab tier**\nPremium'],
    ['after a blank line', '**GitLab tier:**\n\nPremium'],
    ['indented below its bullet', '- GitLab tier:\n  Premium'],
    ['right below a plain key', 'GitLab tier:\nPremium\n\nBye'],
  ])('%s', (_, description) => expect(saidIn(description)).toEqual({ tier: 'Premium' }));

  it('as a nested list', () => {
    const answer = readAnswer(
      '- Integrations:\n  - Jira\n  - Slack\n- GitLab tier: Premium',
      'integrations',
    );
    expect(answer.value).toEqual(['Jira', 'Slack']);
  });

  it('goes on while it is indented', () => {
    expect(saidIn('Goals: one\n  two\n\nnot part of it')).toEqual({ goals: 'one\ntwo' });
  });

  it('is not heard in the middle of a sentence', () => {
    expect(saidIn('We want GitLab tier Premium: they said so.')).toEqual({});
  });
});

describe('a heading', () => {
  it.each([
    '# GitLab tier',
    '###### GitLab tier',
    '##GitLab tier',
    '## GitLab tier ##',
    '## **GitLab tier:**',
    '**GitLab tier**',
    '## 3. GitLab tier',
    '### GitLab tier?',
    'GitLab tier\n===',
    'GitLab tier\n---',
  ])('%j opens an answer, with or without a blank line', (heading) => {
    expect(saidIn(`${heading}\nPremium`)).toEqual({ tier: 'Premium' });
    expect(saidIn(`text\n\n${heading}\n\nPremium`)).toEqual({ tier: 'Premium' });
  });

  it('nobody knows belongs to the answer around it', () => {
    expect(saidIn('## Goals\nfaster\n### Odds and ends\nbecause\n## GitLab tier\nPremium')).toEqual(
      {
        goals: 'faster\nOdds and ends\nbecause',
        tier: 'Premium',
      },
    );
  });

  it('of a section of the templates ends the answer', () => {
    expect(saidIn('## Goals\nfaster\n\n## Account\n\nsomething else')).toEqual({ goals: 'faster' });
  });
});

describe('checkboxes', () => {
  const group = (...boxes: string[]) =>
    `**GitLab tier**\n\n${boxes.map((box) => `- ${box}`).join('\n')}`;

  it.each([
    [['[ ] Free', '[x] Premium'], 'answered', 'premium'],
    [['[X] Premium (signed)', '[ ] Free'], 'answered', 'premium'],
    [['[✓] Ultimate'], 'answered', 'ultimate'],
    [['[ ] Free', '[ ] Premium'], 'unanswered', null],
    [['[~] Free', '[~] Premium'], 'not_applicable', null],
    [['[~] Free', '[x] Premium'], 'answered', 'premium'],
    [['[x] Premium', '[x] Ultimate'], 'ambiguous', null],
  ])('%j', (boxes, state, value) => {
    expect(readAnswer(group(...boxes), 'tier')).toMatchObject({ state, value });
  });

  it('may be several where several fit', () => {
    const answer = readAnswer(
      '### Cloud provider\n* [X] Azure\n* [x] AWS\n* [ ] GCP',
      'cloud_provider',
    );
    expect(answer).toMatchObject({
      state: 'answered',
      value: ['aws', 'azure'],
      where: { kind: 'checkbox', line: 1 },
    });
  });

  it('keep the text of "Other"', () => {
    const answer = readAnswer(
      '**Cloud provider**\n- [ ] AWS\n- [x] Other: Hetzner',
      'cloud_provider',
    );
    expect(answer).toMatchObject({ raw: 'Hetzner', value: ['other'] });
  });

  it('are read inside details, up to their end', () => {
    const description =
      '<details>\n<summary>GitLab tier</summary>\n\n- [x] Premium\n\n</details>\n- [x] Ultimate';
    expect(saidIn(description)).toEqual({ tier: 'Premium' });
  });

  it('may be the question themselves', () => {
    const { answers } = read('- [x] US Public Sector\n- [ ] Already a paying GitLab customer');
    expect(answers.get('pubsec_us')?.value).toBe(true);
    expect(answers.get('existing_customer')?.state).toBe('unanswered');
  });

  it('of a plain task list answer nothing', () => {
    expect(saidIn('### Tasks\n- [x] call\n- [ ] write mail')).toEqual({});
  });
});

describe('a quoted question', () => {
  it.each([
    '> GitLab tier?\n\nPremium',
    '> GitLab tier\nPremium',
    '> > **GitLab tier**\n\nPremium',
    'Anna wrote:\n> GitLab tier:\nPremium',
  ])('%j names the answer below', (description) =>
    expect(saidIn(description)).toEqual({ tier: 'Premium' }),
  );

  it('does not bring its own answer along', () => {
    expect(saidIn('> GitLab tier: Premium\n\nThanks')).toEqual({});
  });
});

describe('never read', () => {
  it.each([
    ['a fence', '```\nGitLab tier: Premium\n```'],
    ['a tilde fence', '~~~yaml\nGitLab tier: Premium\n~~~'],
    ['a fence that never ends', '```\nGitLab tier: Premium\n\nGitLab tier: Free'],
    ['indented code', 'text\n\n    GitLab tier: Premium'],
    ['a comment', '<!-- GitLab tier: Premium -->'],
    ['a comment over lines', '<!--\nGitLab tier: Premium\n\nGitLab tier: Free\n-->'],
    ['a comment that never ends', '<!--\nGitLab tier: Premium'],
    ['a quote', '> GitLab tier: Premium'],
    ["GitLab's quote", '>>>\nGitLab tier: Premium\n\n- GitLab tier: Free\n>>>'],
    ['HTML code', '<pre>\nGitLab tier: Premium\n</pre>'],
    ['what is struck out', '~~GitLab tier: Premium~~'],
    ['a struck row', '| Question | Answer |\n|-|-|\n| ~~GitLab tier~~ | ~~Premium~~ |'],
    ['commands', '/scoping set tier Premium\n/scoping set GitLab tier: Premium'],
  ])('%s', (_, hidden) => {
    expect(saidIn(`Pain points: slow\n\n${hidden}`)).toEqual({ pain_points: 'slow' });
  });

  it('the struck and hidden parts of an answer', () => {
    expect(saidIn('GitLab tier: ~~Premium~~ Ultimate')).toEqual({ tier: 'Ultimate' });
    expect(saidIn('GitLab tier: <del>Premium</del> Ultimate <!-- or so -->')).toEqual({
      tier: 'Ultimate',
    });
    expect(saidIn('# Goals\nfaster\n/assign @x\nmore')).toEqual({ goals: 'faster\nmore' });
  });

  it('a hint repeated beside its own comment', () => {
    expect(readAnswer('- **Goals**: faster builds <!-- faster builds -->', 'goals').state).toBe(
      'unanswered',
    );
    expect(readAnswer('- **Goals**: <!-- faster builds --> fewer mails', 'goals').raw).toBe(
      'fewer mails',
    );
  });

  it('but inline code inside an answer is', () => {
    expect(readAnswer('Goals: `faster`', 'goals').value).toBe('faster');
  });
});

describe('unplaced', () => {
  it('are lines that look like answers, and only they', () => {
    const description =
      'Hello Anna,\n\nFavourite colour: blue\n- **Odd key**: 12\nJust a sentence.\nhttps://x.example: y\n12:30 meeting\n```\nsome: code\n```\n> quoted: text\nEmpty:\n';
    expect(read(description).unplaced).toEqual([
      { line: 3, text: 'Favourite colour: blue' },
      { line: 4, text: 'Odd key: 12' },
    ]);
  });
});
