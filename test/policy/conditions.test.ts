/**
 * Conditions: true, false or unknown, and which answers are missing for more.
 * Long, because true, false and unknown are crossed with every operator.
 */

import { describe, expect, it } from 'vitest';
import type { Condition, Scope } from '../../src/core/policy.ts';
import { ConditionCompiler } from '../../src/policy/conditions.ts';
import type { NameType } from '../../src/policy/names.ts';
import { fc } from '../support/property.ts';

const TYPES: Record<string, NameType> = {
  users: 'int',
  repos: 'int',
  ready: 'bool',
  open: 'bool',
  target: 'string',
  sources: 'list<string>',
  version: 'string',
  start: 'google.protobuf.Timestamp',
  service_types: 'list<string>',
};
const BUILT_IN: Record<string, NameType> = {
  rows: 'list<string>',
  answered: 'list<string>',
  states: 'map<string, string>',
  today: 'google.protobuf.Timestamp',
};

function compiler(): ConditionCompiler {
  return new ConditionCompiler({
    variables: new Map(Object.entries({ ...TYPES, ...BUILT_IN })),
    fields: new Set(Object.keys(TYPES)),
    lists: new Map([['git_scm', ['github', 'gitea']]]),
    limits: { small: { users: 500, share: 0.5 }, big: 1000 },
    elsewhere: new Map(),
  });
}

function compiled(source: string, by = compiler()): Condition {
  const result = by.compile(source);
  if ('wrong' in result) throw new Error(result.wrong.join(' '));
  return result.condition;
}

function wrong(source: string): string {
  const result = compiler().compile(source);
  return 'wrong' in result ? result.wrong.join(' ') : 'nothing is wrong';
}

function judge(source: string, known: Record<string, unknown> = {}) {
  return compiled(source).evaluate(new Map(Object.entries(known)));
}

const yes = { is: true };
const no = { is: false };
const unknown = (...missing: string[]) => ({ is: 'unknown', missing });

describe('a condition', () => {
  it.each<[string, Record<string, unknown>, object]>([
    ['users > 500', { users: 501n }, yes],
    ['users > 500', { users: 500n }, no],
    ['users > 500', {}, unknown('users')],
    ['false && users > 500', {}, no],
    ['users > 500 && false', {}, no],
    ['true || users > 500', {}, yes],
    ['users > 500 || true', {}, yes],
    ['true && users > 500', {}, unknown('users')],
    ['users > 500 && repos > 5', {}, unknown('users', 'repos')],
    ['users > 500 && repos > 5', { users: 1n }, no],
    ['users > 500 && repos > 5', { repos: 9n }, unknown('users')],
    ['users > 500 || repos > 5', { repos: 1n }, unknown('users')],
    ['!(users > 500)', {}, unknown('users')],
    ['!ready', { ready: false }, yes],
    ['ready', {}, unknown('ready')],
    ['(ready && false) || users > 5', {}, unknown('users')],
    ['(ready || open) && (users + repos) * 2 > 10', { users: 3n, repos: 3n, open: true }, yes],
    ['ready ? users > 5 : repos > 5', { ready: true, users: 6n }, yes],
    ['ready ? users > 5 : repos > 5', { ready: false, users: 6n }, unknown('repos')],
    ['ready ? users > 5 : repos > 5', { users: 6n }, unknown('ready')],
    ['(ready ? users : repos) > 5', { ready: true, users: 6n }, yes],
    ["target == 'none' || target in ['a', 'b']", { target: 'b' }, yes],
    ['sources.exists(s, s in git_scm)', { sources: ['svn', 'gitea'] }, yes],
    ['sources.exists(s, s in git_scm)', { sources: [] }, no],
    ['sources.exists(s, s in git_scm)', {}, unknown('sources')],
    ['sources.exists(s, s == target)', { sources: ['svn'] }, unknown('target')],
    ['sources.exists(s, s == target)', { sources: [] }, no],
    ["'training' in service_types", {}, unknown('service_types')],
    ["'users' in answered", { answered: new Set(['users']) }, yes],
    ["'users' in states && states['users'] == 'none'", { states: new Map() }, no],
    [
      "'users' in states && states['users'] == 'none'",
      { states: new Map([['users', 'none']]) },
      yes,
    ],
    ['users <= limits.small.users', { users: 500n }, yes],
    ['double(users) * limits.small.share >= 250.0', { users: 500n }, yes],
    ['users > limits.big', { users: 500n }, no],
    ["start < timestamp('2026-06-01T00:00:00Z')", { start: new Date('2026-01-01') }, yes],
    [
      "start - today < duration('672h')",
      { start: new Date('2026-01-20'), today: new Date('2026-01-01') },
      yes,
    ],
  ])('%s with %o is %o', (source, known, truth) => {
    expect(judge(source, known)).toEqual(truth);
  });

  it.each<[string, Record<string, unknown>]>([
    ['an answer of the wrong kind', { users: 'many' }],
    ['a plain number where a whole one is due', { users: 7 }],
    ['null', { users: null }],
  ])('that meets %s is unknown, and names the answer', (_, known) => {
    expect(judge('users > 5', known)).toEqual(unknown('users'));
  });

  it('whose answer cannot be used is unknown, and names the answer', () => {
    expect(judge("minor_gap(version, '17.0') > 2", { version: '16.x' })).toEqual(
      unknown('version'),
    );
    expect(judge("sources[3] == 'svn'", { sources: ['svn'] })).toEqual(unknown('sources'));
    expect(judge('users / repos > 2', { users: 4n, repos: 0n })).toEqual(unknown('users', 'repos'));
  });

  it('keeps its source and names the fields it reads, also those it asks the state of', () => {
    const condition = compiled(
      "users > 5 && ('target' in answered || sources.exists(ready, ready == ''))",
    );
    expect(condition.source).toContain('users > 5');
    expect(condition.fields).toEqual(['users', 'sources', 'target']);
  });
});

describe('a fact', () => {
  const by = compiler();
  by.addFact('many', compiled('users > 500', by));
  by.addFact('heavy', compiled('many || repos > 5', by));
  const heavy = compiled('heavy && ready', by);

  it('stands for the fields behind it, through other facts', () => {
    expect(heavy.fields).toEqual(['users', 'repos', 'ready']);
    expect(heavy.evaluate(new Map([['ready', true]]))).toEqual(unknown('users', 'repos'));
    expect(
      heavy.evaluate(
        new Map<string, unknown>([
          ['ready', true],
          ['repos', 1n],
        ]),
      ),
    ).toEqual(unknown('users'));
  });

  it('is worked out when the scope does not hold it, and believed when it does', () => {
    expect(
      heavy.evaluate(
        new Map<string, unknown>([
          ['ready', true],
          ['users', 900n],
        ]),
      ),
    ).toEqual(yes);
    expect(
      heavy.evaluate(
        new Map([
          ['ready', true],
          ['heavy', false],
        ]),
      ),
    ).toEqual(no);
  });

  it('compared with a value names the fields behind it too', () => {
    expect(compiled('many == ready', by).evaluate(new Map([['ready', true]]))).toEqual(
      unknown('users'),
    );
  });
});

describe('versions', () => {
  it.each<[string, object]>([
    ["older('16.11', '17.0')", yes],
    ["older('17.2', '17.10')", yes],
    ["older('17.10.3', '17.10.9')", no],
    ["older('16', '17.0')", yes],
    ["minor_gap('16.11', '17.0') == 1", yes],
    ["minor_gap('19.6', '17.0') == 30", yes],
    ["minor_gap('17.0', '19.6') == 30", yes],
    ["minor_gap('13.12', '14.0') == 1", yes],
  ])('%s is %o', (source, truth) => {
    expect(judge(source)).toEqual(truth);
  });
});

describe('what is no condition', () => {
  it.each<[string, RegExp]>([
    ['users >', /not a CEL expression: Unexpected token: EOF/],
    ['', /not a CEL expression/],
    ['users + 1', /gives int, but must be true or false/],
    ['usres > 1 && reposs > 2', /no "usres".*Did you mean "users"\?.*no "reposs".*"repos"/],
    ["users > 'many'", /types do not fit: no such overload: int > string \(users is int\)/],
    ['users > 5 || 3', /types do not fit/],
    ['users > limits.small.usres', /no limits\.small\.usres.*"small\.users"/],
    ['users > limits.small', /types do not fit/],
    ['nosuch(users)', /types do not fit/],
    ["target.matches('(')", /"\(" is not a regular expression/],
    ["start < timestamp('2026-13-01')", /timestamp\("2026-13-01"\) has no value/],
    ['has(users)', /types do not fit: has\(\) invalid argument/],
    [Array(3000).fill('ready').join(' && '), /Exceeded maxAstNodes/],
    ['('.repeat(5000), /not a CEL expression/],
  ])('%s is refused with a reason', (source, reason) => {
    expect(wrong(source)).toMatch(reason);
  });
});

describe('any condition', () => {
  const leaf = fc.constantFrom('ready', 'open', 'users > 5', 'repos > 5', "target == 'a'", 'true');
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      leaf,
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}) && (${b})`),
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}) || ${b}`),
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `((${a}) == (${b}))`),
      tie('expression').map((a) => `!(${a})`),
      fc
        .tuple(tie('expression'), tie('expression'), tie('expression'))
        .map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
    ),
  }));
  const scope = fc.record(
    {
      ready: fc.boolean(),
      open: fc.boolean(),
      users: fc.constantFrom(1n, 9n),
      repos: fc.constantFrom(1n, 9n),
      target: fc.constantFrom('a', 'b'),
    },
    { requiredKeys: [] },
  );
  const complete = { ready: true, open: false, users: 9n, repos: 1n, target: 'b' };

  it('that is decided stays so, whatever else is answered; all answers decide it', () => {
    fc.assert(
      fc.property(expression, scope, scope, (source, known, more) => {
        const condition = compiled(source);
        const now = condition.evaluate(new Map(Object.entries(known)));
        const later = condition.evaluate(
          new Map(Object.entries({ ...complete, ...more, ...known })),
        );
        expect(later.is).not.toBe('unknown');
        if (now.is !== 'unknown') expect(later).toEqual(now);
      }),
      { numRuns: 150 },
    );
  });

  it('that is unknown names only absent fields that it reads, and at least one', () => {
    fc.assert(
      fc.property(expression, scope, (source, known) => {
        const condition = compiled(source);
        const truth = condition.evaluate(new Map(Object.entries(known)));
        if (truth.is !== 'unknown') return;
        expect(truth.missing.length).toBeGreaterThan(0);
        for (const field of truth.missing) {
          expect(condition.fields).toContain(field);
          expect(known).not.toHaveProperty(field);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never throws, whatever the scope holds', () => {
    const sources = [
      "users > 5 && sources.exists(s, s in git_scm && s != target) || older(version, '17.0')",
      "states['users'] == 'none' ? start < today : size(sources) > repos",
      "minor_gap(version, target) > 2 || target.matches('^a') || 'x' in rows",
    ].map((source) => compiled(source));
    const names = Object.keys({ ...TYPES, ...BUILT_IN });
    const anything = fc.dictionary(
      fc.constantFrom(...names),
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withNullPrototype: true,
      }),
    );
    fc.assert(
      fc.property(anything, (known) => {
        const scopeOfAnything: Scope = new Map(Object.entries(known));
        for (const condition of sources) {
          expect([true, false, 'unknown']).toContain(condition.evaluate(scopeOfAnything).is);
        }
      }),
      { numRuns: 300 },
    );
  });
});
