/** Loading a policy: what the core gets, how a user's file layers over the shipped one, what `policy show` prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { policyJsonSchema } from '../../src/policy/json-schema.ts';
import { loadPolicy, readPolicyDocument } from '../../src/policy/load.ts';
import { showPolicy } from '../../src/policy/show.ts';
import { folderWith, over, SMALL } from './policy-files.ts';

const small = loadPolicy({ shipped: SMALL });
const layered = (text: string) => loadPolicy(over(`extends: default\n${text}\n`));
const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

describe('a loaded policy', () => {
  it('has defaults where the file says nothing', () => {
    expect(small.questionById.get('goals')).toMatchObject({
      also: [],
      example: '',
      required: false,
      vocabulary: null,
      impliedBy: [],
    });
    expect(small.questionById.get('goals')?.when.evaluate(new Map())).toEqual({ is: true });
    expect(small.projects).toEqual([]);
    expect(small.assignment).toMatchObject({ match: ['territory'], fallback: '', skipBusy: true });
  });

  it('knows vocabularies by id, with titles made of ids, and numbers as ids in text', () => {
    const scm = small.vocabularies.get('scm');
    expect(scm?.values.map(({ title }) => title)).toEqual(['GitHub.com', 'github server', 'svn']);
    expect(small.vocabularies.get('crm')?.values[0]?.id).toBe('3');
    expect(small.labelAnswers[0]?.set.get('sales_stage')).toBe('3');
  });

  it('knows what the groups of questions are called, none when nobody says so', () => {
    expect(small.groups.size).toBe(0);
    const named = layered('groups: [{ id: B, also: [Basics, what for] }]');
    expect(named.groups.get('B')).toEqual(['Basics', 'what for']);
  });

  it('types answers in conditions by their questions', () => {
    const holds = (when: string) => () =>
      layered(`checks: [{ id: C1, when: ${JSON.stringify(when)} }]`);
    expect(holds('users > 1 && size > 1 && budget > 1 && sales_stage >= 3')).not.toThrow();
    expect(
      holds("ready && 'svn' in sources && 'a' in wishes && main_source == 'svn'"),
    ).not.toThrow();
    expect(
      holds("start > today && goals != '' && version != '' && solutions_architect != ''"),
    ).not.toThrow();
  });

  it('makes service labels by the pattern and stage labels by the stages', () => {
    expect(small.services.map(({ label }) => label)).toEqual([
      'service:migration',
      'service:training',
      'service:set-up',
    ]);
    const family = (id: string) => small.labels.find((one) => one.id === id)?.names;
    expect(family('stage')?.get('proposal')).toBe('stage::proposal');
    expect(family('service')?.get('set_up')).toBe('service:set-up');
    expect(family('lead')?.get('sa')).toBe('lead::sa');
  });

  it('gives every stage its gates, and people by role', () => {
    expect(small.stages.map(({ enterWhen }) => ids(enterWhen))).toEqual([[], ['done']]);
    expect(small.stages[1]).toMatchObject({ asks: ['proposal'], auto: true });
    expect(small.people.byRole.get('sa')).toEqual(['sa-one']);
    expect(small.people.byRole.get('em')).toEqual(['em-emea', 'em-rest']);
    expect(small.people.approvers.get('ps')).toEqual(['director']);
    expect(small.people.approvers.get('ta')).toEqual([]);
  });

  it('has its limits by path and the lead rules that are in force', () => {
    expect(small.limits.get('small.projects')).toBe(500);
    expect(small.limits.get('budget')).toBe(50000);
    expect(ids(small.leadRules)).toEqual(['L1']);
    expect(ids(layered('assignment: { lead: em_led }').leadRules)).toEqual(['L8']);
  });

  it('decides by its rules: facts behind a rule tell which answers it waits for', () => {
    const when = small.offeringRules[0]?.when;
    expect(when?.fields).toEqual(['sources', 'users']);
    expect(when?.evaluate(new Map([['users', 9n]]))).toEqual({
      is: 'unknown',
      missing: ['sources'],
    });
    const scope = new Map<string, unknown>([
      ['users', 9n],
      ['sources', ['github_cloud']],
    ]);
    expect(when?.evaluate(scope)).toEqual({ is: true });
    expect(small.offeringRules[1]?.when).toBeNull();
  });

  it('waits for the service types when a fact reads them', () => {
    const { when } = small.questionById.get('ready') ?? {};
    expect(when?.evaluate(new Map())).toEqual({
      is: 'unknown',
      missing: ['service_types', 'users'],
    });
  });
});

describe("a user's file that extends the default", () => {
  it('changes what it names and leaves the rest', () => {
    const own = layered(
      'questions:\n  - { id: users, ask: How many heads }\ncomment: { most_questions: 3 }',
    );
    expect(own.questionById.get('users')).toMatchObject({
      ask: 'How many heads',
      also: ['headcount'],
      type: 'count',
    });
    expect(ids(own.questions)).toEqual(ids(small.questions));
    expect(own.comment.mostQuestions).toBe(3);
    expect(own.deferral).toEqual(small.deferral);
  });

  it('adds items at the end and drops those it removes', () => {
    const own = layered(
      `facts:\n  - { id: few, is: "!many" }\nservices:\n  - { id: set_up, remove: true }\npeople:\n  engagement_managers:\n    - { username: em-emea, remove: true }\n    - { username: em-new }`,
    );
    expect(ids(own.facts)).toEqual(['many', 'technical', 'git_only', 'easy', 'few']);
    expect(ids(own.services)).toEqual(['migration', 'training']);
    expect(own.people.byRole.get('em')).toEqual(['em-rest', 'em-new']);
  });

  it('merges items of items: a value more in a vocabulary', () => {
    const own = layered(
      'vocabularies:\n  - id: scm\n    values:\n      - { id: svn, also: [subversion] }\n      - { id: cvs }',
    );
    expect(own.vocabularies.get('scm')?.values).toEqual([
      { id: 'github_cloud', title: 'GitHub.com', also: ['github'] },
      { id: 'github_server', title: 'github server', also: ['ghes'] },
      { id: 'svn', title: 'svn', also: ['subversion'] },
      { id: 'cvs', title: 'cvs', also: [] },
    ]);
    expect(own.vocabularies.get('scm')?.ambiguous).toHaveLength(1);
  });

  it('merges templates by name and label answers by label', () => {
    const own = layered(
      'templates:\n  - { name: Small, form: table }\nlabel_answers:\n  - { label: "Segment::EMEA", set: { territory: apac } }\n  - { label: Other, set: { users: 3 } }',
    );
    expect(own.templates).toEqual([{ ...small.templates[0], form: 'table' }]);
    expect(own.labelAnswers.map(({ label, set }) => [label, [...set]])).toEqual([
      [
        'Segment::EMEA',
        [
          ['territory', 'apac'],
          ['sales_stage', '3'],
        ],
      ],
      ['Other', [['users', '3']]],
    ]);
  });

  it('replaces lists of plain words, and any list by an empty one', () => {
    const own = layered(
      'recognise: { title: ["Scope *"] }\nquestions: [{ id: users, also: [heads] }]\nchecks: []',
    );
    expect(own.recognise).toEqual({ labels: ['Scoping'], title: ['Scope *'], template: true });
    expect(own.questionById.get('users')?.also).toEqual(['heads']);
    expect(own.checks).toEqual([]);
  });

  it('sees its own changes in the conditions of the default', () => {
    const rule = layered('limits: { small: { projects: 5 } }').offeringRules[0];
    const scope = new Map<string, unknown>([
      ['users', 9n],
      ['sources', ['github_cloud']],
    ]);
    expect(rule?.when?.evaluate(scope)).toEqual({ is: false });
  });
});

describe('a policy folder', () => {
  it('is layered in the order of the file names', () => {
    const whole = readFileSync(join(SMALL, 'small.yaml'), 'utf8');
    const shipped = folderWith({ 'a.yaml': whole, 'b.yaml': 'comment: { most_questions: 5 }\n' });
    expect(loadPolicy({ shipped }).comment.mostQuestions).toBe(5);
  });

  it("is left alone by a user's file that does not extend it", () => {
    const whole = readFileSync(join(SMALL, 'small.yaml'), 'utf8');
    const { file } = over(whole);
    expect(loadPolicy({ file, shipped: '/nowhere' }).hash).toBe(small.hash);
  });
});

describe('the hash', () => {
  it('stays when nothing but order of keys and comments changes', () => {
    expect(layered('# a comment\ncomment: { most_questions: 7 }').hash).toBe(small.hash);
  });

  it.each(['version: "2"', 'words: { yes: ["yes", ja] }', 'limits: { budget: 1 }', 'checks: []'])(
    'changes with %s',
    (text) => {
      expect(layered(text).hash).not.toBe(small.hash);
    },
  );
});

describe('what policy show prints', () => {
  it('has the shape of a policy file with everything layered in, and loads to the same policy', () => {
    const source = over('extends: default\nservices: [{ id: set_up, remove: true }]\n');
    const shown = showPolicy(source);
    expect(parse(shown)).toEqual(readPolicyDocument(source));
    expect(loadPolicy(over(shown)).hash).toBe(loadPolicy(source).hash);
    expect(shown).not.toContain('remove');
  });
});

describe('the JSON Schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(policyJsonSchema());
  const whole: unknown = parse(readFileSync(join(SMALL, 'small.yaml'), 'utf8'));

  it('accepts a whole policy and a small file that extends one', () => {
    expect(validate(whole)).toBe(true);
    expect(validate({ extends: 'default', projects: ['acme/scoping'] })).toBe(true);
    expect(validate({ extends: 'default', checks: [{ id: 'C1', remove: true }] })).toBe(true);
  });

  it.each<[string, unknown]>([
    ['half a policy on its own', { projects: [] }],
    ['an unknown key', { extends: 'default', project: [] }],
    ['an unknown base', { extends: 'defautl' }],
    ['an item without its id', { extends: 'default', checks: [{ severity: 'warn' }] }],
    ['an unknown key in an item', { extends: 'default', checks: [{ id: 'C1', wen: 'true' }] }],
    ['a removal in a whole policy', { ...(whole as object), checks: [{ id: 'C1', remove: true }] }],
  ])('refuses %s', (_, document) => {
    expect(validate(document)).toBe(false);
  });
});
