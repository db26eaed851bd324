/**
 * Every kind of mistake in a policy file is named with its file, its line, what was read and what is allowed.
 * Long, because there is one case for each kind of mistake.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load.ts';
import { PolicyError } from '../../src/policy/problems.ts';
import { folderWith, over, problemsOf, SMALL } from './policy-files.ts';

const QUESTION = 'ask: X, type: text, gate: none, owner: lead, why: y';

/** Title, the file below `extends: default`, the line, what the message must say. */
const MISTAKES: [string, string, number, RegExp][] = [
  [
    'an unknown key at the top',
    'questons: []',
    2,
    /questons: unknown key\. Did you mean "questions"\? Allowed: version, projects, .*templates/,
  ],
  [
    'wordings of a question that is none',
    'wordings:\n  usrs: [People]',
    3,
    /wordings\.usrs: .*usrs.* Did you mean "users"\?/,
  ],
  [
    'an unknown key in an item',
    'questions:\n  - id: users\n    wen: "true"',
    4,
    /questions\.users\.wen: unknown key\. Did you mean "when"\? Allowed: id, group, ask/,
  ],
  [
    'an unknown key with nothing near it',
    'comment: { most_questions: 7, colour: red }',
    2,
    /comment\.colour: unknown key\. Allowed: most_questions\./,
  ],
  [
    'a wrong type',
    'skip: 1\nassignment:\n  skip_busy: often',
    4,
    /assignment\.skip_busy: read "often"\. Allowed: true or false\./,
  ],
  [
    'a number where text is due',
    'version: 2',
    2,
    /version: read 2 \(a number\)\. Allowed: text\. Put it in quotes\./,
  ],
  [
    'a list where a map is due',
    'comment: []',
    2,
    /comment: read a list\. Allowed: a map with most_questions\./,
  ],
  [
    'text where a list is due',
    'projects: acme/scoping',
    2,
    /projects: read "acme\/scoping"\. Allowed: a list\./,
  ],
  [
    'nothing where a map is due',
    'deferral:',
    2,
    /deferral: read nothing\. Allowed: a map with most, within_days\./,
  ],
  [
    'a number that is too small',
    'comment:\n  most_questions: 0',
    3,
    /comment\.most_questions: read 0 \(a number\)\. Allowed: a whole number, at least 1\./,
  ],
  [
    'a word that is none of the choices',
    'questions:\n  - id: users\n    type: cuont',
    4,
    /questions\.users\.type: read "cuont"\. Allowed: text, list, count, .* Did you mean "count"\?/,
  ],
  [
    'a missing key',
    `questions:\n  - { id: extra, ${QUESTION.replace('ask: X, ', '')}, group: A }`,
    3,
    /questions\.extra\.ask is missing\. Allowed: text\./,
  ],
  [
    'a misspelt id, which looks like a new question',
    'questions:\n  - id: soucres\n    why: decides the way in',
    3,
    /questions\.soucres: "soucres" is new here, and so needs every key without a default\. Did you mean "sources"\?/,
  ],
  [
    'a misspelt id of a gate',
    'gates:\n  - { id: dnoe, when: "true" }',
    3,
    /gates\.dnoe: "dnoe" is new here, .* Did you mean "done"\?/,
  ],
  [
    'a misspelt list of lead rules',
    'lead_rules:\n  em_lde:\n    - { id: L1, lead: sa }',
    4,
    /lead_rules\.em_lde: "em_lde" is new here, .* Did you mean "em_led"\?/,
  ],
  [
    'a pool of no role',
    'people:\n  pools: { ema: acme/managers }',
    3,
    /people\.pools\.ema: unknown key\. Did you mean "em"\? Allowed: sa, csm, ae, em,/,
  ],
  [
    'an id with a capital',
    `questions:\n  - { id: Extra, group: A, ${QUESTION} }`,
    3,
    /questions\.Extra\.id: read "Extra"\. Allowed: a name of small letters/,
  ],
  [
    'a username with @',
    'people:\n  coordinators:\n    - username: "@anna"',
    4,
    /people\.coordinators\.@anna\.username: read "@anna"\. Allowed: a GitLab username without @\./,
  ],
  [
    'a colour without its sign',
    'labels:\n  families:\n    - { id: lead, colour: 1f75cb }',
    4,
    /labels\.families\.lead\.colour: read "1f75cb"\. Allowed: a colour such as/,
  ],
  [
    'a description of a label that is not there',
    'labels:\n  families:\n    - { id: lead, descriptions: { se: x } }',
    4,
    /labels\.families\.lead\.descriptions\.se: there is no label "se"\. .*Known: sa\./,
  ],
  [
    'a reason that is neither text nor map',
    'offering_rules:\n  - id: K19\n    reasons: [3]',
    4,
    /offering_rules\.K19\.reasons\[1\]: read 3 .*Allowed: text or a map with when, say/,
  ],
  [
    'a reason with a misspelt key',
    'offering_rules:\n  - id: K19\n    reasons:\n      - { when: "true", sya: "x" }',
    5,
    /reasons\[1\]\.sya: unknown key\. Did you mean "say"\?/,
  ],
  [
    'a limit that is no number',
    'limits:\n  small: { projects: many }',
    3,
    /limits\.small\.projects: read "many"\. Allowed: a number\./,
  ],
  [
    'a key that is no name',
    'lists:\n  "git scm": []',
    3,
    /lists\.git scm: .*a name of small letters/,
  ],
  [
    'a template with a path',
    'templates:\n  - { name: ../Other, form: table, sections: [] }',
    3,
    /Allowed: a file name without path/,
  ],
  [
    'an unknown vocabulary',
    `questions:\n  - { id: sources, vocabulary: smc }`,
    3,
    /questions\.sources\.vocabulary: there is no vocabulary "smc"\. Did you mean "scm"\? Known: scm, crm, territory\./,
  ],
  [
    'an enum without vocabulary',
    `questions:\n  - { id: goals, type: enum }`,
    3,
    /questions\.goals\.type: type enum needs a vocabulary/,
  ],
  [
    'a vocabulary that is of no use',
    `questions:\n  - { id: goals, vocabulary: scm }`,
    3,
    /type text takes no vocabulary/,
  ],
  [
    'a numeric vocabulary for several values',
    `questions:\n  - { id: sources, vocabulary: crm }`,
    3,
    /a numeric vocabulary is for type enum only/,
  ],
  [
    'an unknown field that implies',
    `questions:\n  - id: users\n    implied_by:\n      - field: goal`,
    5,
    /implied_by\[1\]\.field: there is no question "goal"\. Did you mean "goals"\?/,
  ],
  [
    'a question that implies itself',
    `questions:\n  - id: users\n    implied_by: [{ field: users }]`,
    4,
    /implies itself/,
  ],
  [
    'an unknown gate',
    'stages:\n  - id: proposal\n    enter_when: [done, dnoe]',
    4,
    /stages\.proposal\.enter_when\[2\]: there is no gate "dnoe"\. Did you mean "done"\? Known: done\./,
  ],
  [
    'an unknown offering',
    'offering_rules:\n  - { id: K6, offering: pakc }',
    3,
    /offering_rules\.K6\.offering: there is no offering "pakc"\. Did you mean "pack"\?/,
  ],
  [
    'an unknown field in a check',
    'checks:\n  - id: C1\n    fields: [users, suers]',
    4,
    /checks\.C1\.fields\[2\]: there is no question "suers"\. Did you mean "users"\?/,
  ],
  [
    'an unknown field in a template',
    'templates:\n  - name: Small\n    sections:\n      - { title: A, fields: [gaols] }',
    5,
    /templates\.Small\.sections\[1\]\.fields\[1\]: there is no question "gaols"/,
  ],
  [
    'an unknown field behind a label',
    'label_answers:\n  - label: "Segment::EMEA"\n    set: { teritory: emea }',
    4,
    /label_answers\.Segment::EMEA\.set\.teritory: there is no question "teritory"/,
  ],
  [
    'an unknown field of a role',
    'roles:\n  - { id: em, field: engagement_manager }',
    3,
    /roles\.em\.field: there is no question "engagement_manager"/,
  ],
  [
    'an unknown group of questions',
    'groups:\n  - { id: B, also: [Basics] }\n  - { id: BB, also: [Basics] }',
    4,
    /groups\.BB\.id: there is no group of questions "BB"\. Did you mean "B"\? Known: .*B/,
  ],
  [
    'an unknown set of lead rules',
    'assignment: { lead: em_lde }',
    2,
    /assignment\.lead: there is no list of lead rules "em_lde"\. Did you mean "em_led"\?/,
  ],
  [
    'an unknown territory of a manager',
    'people:\n  engagement_managers:\n    - { username: em-rest, territories: [apca] }',
    4,
    /territories\[1\]: there is no value of territories "apca"\. Did you mean "apac"\?/,
  ],
  [
    'a leave that ends before it begins',
    'people:\n  leave:\n    - { username: em-rest, from: "2026-12-24", until: "2026-12-04" }',
    4,
    /until: 2026-12-04 lies before 2026-12-24\./,
  ],
  [
    'a choice that is no value',
    'vocabularies:\n  - id: scm\n    ambiguous: [{ words: [x], choices: [svn, cvs], remark: "?" }]',
    4,
    /choices\[2\]: there is no value "cvs"\. .*Known: github_cloud, github_server, svn\./,
  ],
  [
    'a word with two meanings',
    'vocabularies:\n  - id: scm\n    values:\n      - { id: svn, also: [GHES] }',
    5,
    /"GHES" already means "github_server"; put words with two meanings under ambiguous/,
  ],
  [
    'a numeric value that is none',
    'vocabularies:\n  - id: crm\n    values: [{ id: late }]',
    4,
    /"late" is no whole number/,
  ],
  [
    'an id that stands twice',
    'checks:\n  - { id: C1, severity: info }\n  - { id: C1, severity: block }',
    4,
    /The id "C1" stands twice in this list, first on line 3/,
  ],
  ['an item without an id', 'checks:\n  - severity: info\n  - id: C1', 3, /This item has no "id"/],
  [
    'a removal of what is not there',
    'checks:\n  - { id: C11, remove: true }',
    3,
    /There is no "C11" to remove here\. Did you mean "C1"\?/,
  ],
  [
    'a fact named like a question',
    'facts:\n  - { id: users, is: "true" }',
    3,
    /facts\.users\.id: "users" is already a question/,
  ],
  [
    'a list named like a type',
    'lists: { string: [a] }',
    2,
    /"string" is already a word of the condition language/,
  ],
  [
    'a question named like a count',
    `questions:\n  - { id: blocking, group: A, ${QUESTION} }`,
    3,
    /"blocking" is already a name that every policy has/,
  ],
  [
    'two stages with one label',
    'stages:\n  - { id: proposal, label: "stage::evaluation" }',
    3,
    /stages\.proposal\.label: stage evaluation has the same label/,
  ],
  [
    'one label in two families',
    'labels:\n  families:\n    - { id: risk, scoped: false, colour: "#000000", description: x, names: { a: "lead::sa" } }',
    4,
    /family lead has the same label/,
  ],
  [
    'two stages whose labels are read alike',
    'stages:\n  - { id: proposal, label: "Stage:Evaluation" }',
    3,
    /stages\.proposal\.label: "Stage:Evaluation" is read as "stage::evaluation", which stage evaluation has: case, /,
  ],
  [
    'a further spelling that is read as the label anyway',
    'stages:\n  - id: proposal\n    also:\n      - "stage::Pro-Posal"',
    5,
    /stages\.proposal\.also\[1\]: "stage::Pro-Posal" is read as "stage::proposal", which stage proposal has/,
  ],
  [
    'a further spelling that belongs to another label',
    'stages:\n  - { id: proposal, also: ["LEAD: SA"] }',
    3,
    /stages\.proposal\.also\[1\]: "LEAD: SA" is read as "lead::sa", which family lead has/,
  ],
  [
    'a service type whose label is read like another one',
    'services:\n  - { id: migra_tion, title: Another one }',
    3,
    /services\.migra_tion\.id: "service:migra-tion" is read as "service:migration", which service migration has/,
  ],
  [
    'a label to keep off that is read like one of ours',
    'labels:\n  ignore: "Lead::S_A"',
    3,
    /labels\.ignore: "Lead::S_A" is read as "lead::sa", which family lead has/,
  ],
  [
    'a label to recognise by that is read like one of ours',
    'recognise:\n  labels: ["Stage Proposal", "stage::Proposal"]',
    3,
    /recognise\.labels\[2\]: "stage::Proposal" is read as "stage::proposal", which stage proposal has/,
  ],
  [
    'a pattern without {id}',
    'labels:\n  families:\n    - { id: service, pattern: "service" }',
    4,
    /Allowed: a label with \{id\} in it/,
  ],
  [
    'no family for the services',
    'labels:\n  families:\n    - { id: service, remove: true }',
    4,
    /services need the family "service"/,
  ],

  [
    'a condition that does not parse',
    'checks:\n  - id: C1\n    when: "users >"',
    4,
    /checks\.C1\.when: condition "users >": It is not a CEL expression/,
  ],
  [
    'a condition that names no field',
    'checks:\n  - id: C1\n    when: "usres > 5"',
    4,
    /There is no "usres" to name here\. Did you mean "users"\?/,
  ],
  [
    'a condition of the wrong types',
    'facts:\n  - { id: many, is: "users > \'5\'" }',
    3,
    /facts\.many\.is: condition .*The types do not fit: .*int > string \(users is int\)/,
  ],
  [
    'a condition that is no truth',
    'services:\n  - { id: migration, infer: "users" }',
    3,
    /services\.migration\.infer: .*gives int, but must be true or false/,
  ],
  [
    'a fact that uses a later one',
    'facts:\n  - { id: many, is: "easy" }',
    3,
    /"easy" cannot be named here: a fact may use only the facts above it/,
  ],
  [
    'a question that names a count',
    'questions:\n  - { id: goals, when: "open_intake > 0" }',
    3,
    /"open_intake" cannot be named here: only checks and gates know it/,
  ],
  [
    'a check that counts checks',
    'checks:\n  - { id: C1, when: "blocking > 0" }',
    3,
    /"blocking" cannot be named here: only gates know it/,
  ],
  [
    'a value that a field never has',
    'facts:\n  - { id: many, is: "\'svm\' in sources" }',
    3,
    /sources is never "svm"\. Did you mean "svn"\? Known: github_cloud, github_server, svn, none\./,
  ],
  [
    'the same within exists',
    "facts:\n  - { id: many, is: \"sources.exists(s, s in ['svn', 'cvs'])\" }",
    3,
    /sources is never "cvs"/,
  ],
  [
    'a list with a value that the field never has',
    'lists:\n  git_scm: [github_clud]',
    3,
    /lists\.git_scm\[1\]: sources is never "github_clud"\. Did you mean "github_cloud"\?/,
  ],
  [
    'a field that is never answered',
    'facts:\n  - { id: many, is: "\'suers\' in answered" }',
    3,
    /answered is never "suers"\. Did you mean "users"\?/,
  ],
  [
    'a state that does not exist',
    `facts:\n  - { id: many, is: "states['users'] == 'noen'" }`,
    3,
    /states\[\] is never "noen"\. Did you mean "none"\?/,
  ],
  [
    'a stage that does not exist',
    'gates:\n  - id: done\n    when: "stage == \'propsal\'"',
    4,
    /stage is never "propsal"\. Did you mean "proposal"\? Known: evaluation, proposal\./,
  ],
  [
    'a service that does not exist',
    'checks:\n  - id: C1\n    when: "\'traning\' in service_types"',
    4,
    /service_types is never "traning"\. Did you mean "training"\?/,
  ],
  [
    'a limit that does not exist',
    'checks:\n  - id: C1\n    when: "users > limits.small.project"',
    4,
    /There is no limits\.small\.project\. Did you mean "small\.projects"\?/,
  ],
  [
    'a placeholder that names nothing',
    'checks:\n  - id: C1\n    message: "{suers} is too much."',
    4,
    /checks\.C1\.message: \{suers\} is neither a field nor a limit of this policy\. Did you mean "users"\?/,
  ],
  [
    'a placeholder for the number of nothing',
    'checks:\n  - id: C1\n    message: "{suers.number} is too much."',
    4,
    /\{suers\.number\} is neither a field nor a limit of this policy\. Did you mean "users"\?/,
  ],
  [
    'a field that is never said, behind a dot',
    'facts:\n  - { id: many, is: "has(said.suers)" }',
    3,
    /said is never "suers"\. Did you mean "users"\?/,
  ],
  [
    'a placeholder of no limit',
    'offering_rules:\n  - id: K6\n    would_change: ["More than {limits.small.repos}."]',
    4,
    /would_change\[1\]: \{limits\.small\.repos\} is neither/,
  ],
  [
    'a brace left open',
    'gates:\n  - id: done\n    open: "{open_discovery are open"',
    4,
    /gates\.done\.open: A brace/,
  ],
  [
    'a count in a check sentence',
    'checks:\n  - id: C1\n    message: "{open_discovery} open"',
    4,
    /\{open_discovery\} is neither/,
  ],
];

describe('a policy file with', () => {
  it.each(MISTAKES)('%s is refused at its line', (_, text, line, says) => {
    const source = over(`extends: default\n${text}\n`);
    const problems = problemsOf(source);
    const found = problems.filter(({ message }) => says.test(message));
    expect(problems.map(({ message }) => message).join('\n')).toMatch(says);
    expect(found.map((problem) => [problem.file, problem.line])).toEqual([[source.file, line]]);
  });

  it('several mistakes has them all named at once, in the order of the lines', () => {
    const source = over(
      'extends: default\nchecks:\n  - { id: C1, when: "usres > 1 || suers > 2", message: "{uesrs}" }\nassignment: { lead: nobody }\nfacts:\n  - { id: many, is: "users" }\n',
    );
    expect(problemsOf(source).map(({ line }) => line)).toEqual([3, 3, 3, 4, 6]);
    const message = expect.stringMatching(
      new RegExp(`^${source.file}:3: .*\n.*:3: .*\n.*:3: .*\n.*:4: .*\n.*:6: .*$`),
    );
    expect(() => loadPolicy(source)).toThrow(
      expect.objectContaining({ name: 'PolicyError', message }),
    );
  });

  it('a new item that lacks keys and is near nothing is taken for new', () => {
    const problems = problemsOf(over('extends: default\nquestions:\n  - { id: data_residency }\n'));
    expect(problems.length).toBeGreaterThan(3);
    for (const { message } of problems) expect(message).toMatch(/ is missing\. Allowed: [^?]+$/);
  });

  it('a wrong word in a list of words does not hide the mistakes in conditions', () => {
    const assignment = 'assignment:\n  em: { match: [teritory] }';
    const found = problemsOf(
      over(`extends: default\n${assignment}\nfacts:\n  - { id: many, is: "suers > 1" }\n`),
    );
    expect(
      found.map(({ line, message }) => [line, /Did you mean "\w+"/.exec(message)?.[0]]),
    ).toEqual([
      [3, 'Did you mean "territory"'],
      [5, 'Did you mean "users"'],
    ]);
  });

  it('a mistake used through an alias has the line where its words stand', () => {
    const people =
      'people:\n  coordinators: &all\n    - username: "@x"\n  account_executives: *all\n';
    const found = problemsOf(over(`extends: default\n${people}`));
    expect(found.map(({ line, message }) => [line, message.split(':')[0]])).toEqual([
      [4, 'people.account_executives.@x.username'],
      [4, 'people.coordinators.@x.username'],
    ]);
  });

  it('an unknown base says what it can extend', () => {
    expect(problemsOf(over('# mine\nextends: defautl\n'))[0]).toMatchObject({
      line: 2,
      message: 'extends: read "defautl". Allowed: default (or leave it out).',
    });
  });
});

describe('a file that is no policy', () => {
  it.each<[string, string | Uint8Array, number, RegExp]>([
    ['is empty', '', 1, /The file is empty/],
    ['holds only comments', '# nothing\n', 1, /The file is empty/],
    ['holds a list', '- a\n- b\n', 1, /A policy is a YAML map; this file holds a list/],
    ['holds one word', 'hello\n', 1, /this file holds a single value/],
    ['holds two documents', 'extends: default\n---\nversion: "2"\n', 2, /Only one YAML document/],
    [
      'has a key twice',
      'extends: default\nprojects: []\nprojects: []\n',
      3,
      /same key stands twice/,
    ],
    [
      'is indented by a tab',
      'extends: default\npeople:\n\tapprovers: {}\n',
      3,
      /Indent with spaces|Not valid YAML/,
    ],
    ['is cut off', 'extends: default\nprojects: [a, b\n', 3, /Not valid YAML/],
    ['has a map as a key', 'extends: default\n? { a: b }\n: c\n', 2, /Keys must be plain words/],
    [
      'sets the prototype',
      'extends: default\n__proto__: { version: "9" }\n',
      2,
      /"__proto__" is not allowed/,
    ],
    [
      'sets a constructor deep inside',
      'extends: default\nlists:\n  constructor: []\n',
      3,
      /"constructor" is not allowed/,
    ],
    [
      'has a tag of a program',
      'extends: default\nversion: !!js/function "x"\n',
      2,
      /Not valid YAML/,
    ],
    [
      'names an unknown alias',
      'extends: default\nlists: { a: *nothing }\n',
      2,
      /no anchor &nothing/,
    ],
    [
      'holds itself',
      'extends: default\nlists: &a\n  a: *a\n',
      3,
      /an alias holds itself|Not valid YAML/,
    ],
    ['is not UTF-8', new Uint8Array([0x61, 0x3a, 0x20, 0xff, 0xfe]), 1, /it is not UTF-8 text/],
  ])('because it %s is refused at the line', (_, text, line, says) => {
    const [first] = problemsOf(over(text));
    expect(first?.message).toMatch(says);
    expect(first?.line).toBe(line);
  });

  it('because its aliases unfold into billions is refused at once', () => {
    const laughs = Array.from({ length: 12 }, (_, i) => {
      const inner = i === 0 ? '"ha"' : `*l${i - 1}`;
      return `  l${i}: &l${i} [${Array(10).fill(inner).join(', ')}]`;
    });
    // Unfolded it would never end.
    const [first] = problemsOf(over(`extends: default\nlists:\n${laughs.join('\n')}\n`));
    expect(first?.message).toMatch(/Aliases make this file unfold/);
  });

  it('because it does not exist, or is a folder, is named', () => {
    const nowhere = join(SMALL, 'nowhere.yaml');
    expect(problemsOf({ file: nowhere, shipped: SMALL })).toEqual([
      { file: nowhere, line: 1, message: 'The file cannot be read: there is no such file.' },
    ]);
    expect(problemsOf({ file: SMALL, shipped: SMALL })[0]?.message).toMatch(/it is a folder/);
    const empty = folderWith({ 'readme.txt': 'no policy' });
    expect(problemsOf({ shipped: empty })[0]?.message).toMatch(/no \*\.yaml file/);
  });

  it('has mistakes of every kind: all are said at once', () => {
    const text = [
      'extends: default',
      'colour: red',
      'questions:',
      '  - id: users_planned',
      '    gate: discoveri',
      '    when: "nonsense_field > 3"',
      'stages:',
      '  - id: proposal',
      '    enter_when: [crm_stagee]',
      'people:',
      '  engagement_managers:',
      '    - { username: a }',
      '    - { username: a }',
      '',
    ].join('\n');
    const file = join(folderWith({ 'own.yaml': text }), 'own.yaml');
    const problems = problemsOf({ file });
    expect(problems.map(({ line }) => line)).toEqual([2, 5, 6, 9, 13]);
  });

  it('is never read past its mistakes: a broken shipped file is named by its own name', () => {
    const folder = folderWith({});
    writeFileSync(join(folder, 'a.yaml'), 'version: "1"\n');
    writeFileSync(join(folder, 'b.yaml'), 'projects: [\n');
    expect(() => loadPolicy({ shipped: folder })).toThrow(PolicyError);
    expect(problemsOf({ shipped: folder })[0]?.file).toMatch(/policy-\w+\/b\.yaml$/);
  });

  it('lacks its main parts: each is named, as missing from the folder', () => {
    const problems = problemsOf({ shipped: folderWith({ 'a.yaml': 'version: "1"\n' }) });
    expect(problems.map(({ message }) => message)).toContain(
      'questions is missing. Allowed: a list.',
    );
    expect(problems[0]?.file).toMatch(/^policy-\w+$/);
  });
});
