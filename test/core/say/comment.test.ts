/** What every comment keeps to, whatever stands in the issue. */

import { describe, expect, test } from 'vitest';
import type { Answer, OpenQuestion, Place, Role } from '../../../src/core/model.ts';
import { writeComment } from '../../../src/core/say/comment.ts';
import { fillSentence } from '../../../src/core/say/sentence.ts';
import type { CommentView, RoleView } from '../../../src/core/say/view.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { fc } from '../../support/property.ts';
import { answer, answers, assessment, open, person, policy, view } from './build.ts';
import { alive, LONGEST_FENCE, longestTickRun, quickActionLines, render } from './gitlab-reads.ts';
import { hostile, SENTINEL } from './hostile.ts';

const OWN_HTML = /^(?:<details>\n<summary>[^<>]*<\/summary>\n|<\/details>\n?)$/;

const reasons: readonly OpenQuestion['reason'][] = [
  'unanswered',
  'deferred',
  'unknown',
  'ambiguous',
  'contradictory',
  'invalid',
];

/** A view in which everything that people can write is the given text. */
function viewOf(
  text: string,
  reason: OpenQuestion['reason'],
  outsidersCanRead: boolean,
): CommentView {
  const place: Place = { kind: 'label', label: text };
  const note: Place = { kind: 'command', line: 1, note: { id: 1, author: text, internal: false } };
  const over: Partial<Answer> = {
    state: reason === 'invalid' ? 'unanswered' : reason,
    value: null,
    invalid: reason === 'invalid',
    where: place,
    owner: text,
    by: text,
    choices: [text, 'github_cloud'],
    statements: [
      { raw: text, where: place },
      { raw: text, where: note },
    ],
  };
  const read = answers(
    answer('goals', text, over),
    answer('customer_name', text, { where: note }),
    answer('integrations', text, { value: [text, text] }),
    answer('account_exec', text, { value: text }),
    answer('deployment_target', text, { value: text }),
    answer('m_users', text, { value: 3, breakdown: { [text]: 3 } }),
    answer('target_end', text, { value: text, min: text, max: `${text}!` }),
    answer('mg_version', text, { value: text }),
  );
  const stranger: RoleView = person(text, {
    name: `${text}@`,
    known: false,
    mention: true,
    inferred: true,
  });
  const said = fillSentence('You said {goals}{integrations}, {customer_name}.', {
    policy,
    answers: read,
  });
  return view({
    assessment: assessment({
      answers: read,
      open: [
        open('goals', { reason }),
        open('pain_points', { reason: 'unanswered' }),
        open('users_planned', { reason: 'deferred', excused: true }),
      ],
      findings: [{ id: 'C1', severity: 'block', fields: [], message: said }],
      unplaced: [{ line: 1, text }],
      typedUnderExample: new Map([['pain_points', text]]),
      completeness: { answered: 1, needed: 4 },
    }),
    roles: new Map<Role, RoleView>([
      ['ae', stranger],
      ['sa', person('piet.havel', { mention: true })],
    ]),
    movers: ['sa', 'ae'],
    history: [{ stage: 'proposal', at: '2026-11-24', by: { username: text } }],
    outsidersCanRead,
  });
}

describe('what people wrote', () => {
  test('occurs in the comment only as code, calls nobody and breaks nothing', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(...reasons), fc.boolean(), (text, reason, outside) => {
        const comment = writeComment(viewOf(text, reason, outside), policy);
        const rendered = render(comment);
        expect(rendered.text).not.toContain(SENTINEL);
        expect(alive({ ...rendered, text: rendered.text.replace('@piet.havel', '') })).toEqual([]);
        expect(rendered.html.filter((html) => !OWN_HTML.test(html))).toEqual([]);
        expect(rendered.links).toBe(0);
        expect(quickActionLines(comment)).toEqual([]);
        expect(longestTickRun(comment)).toBeLessThan(LONGEST_FENCE);
        expect(comment).not.toMatch(/<!--|--!?>/);
        expect(new Set(rendered.rows)).toEqual(new Set([3, 4]));
      }),
      { numRuns: 300 },
    );
  });
});

describe('mentions', () => {
  const called = (given: CommentView): string[] =>
    [...render(writeComment(given, policy)).text.matchAll(/@[\w.-]+/g)].map(([name]) => name);
  const roles = new Map<Role, RoleView>([
    ['sa', person('piet.havel', { mention: true })],
    ['em', person('emma.quist', { mention: false })],
    ['ae', person('nobody', { mention: true, known: false })],
  ]);

  test('reach only those whose move it is, who are known and may be called', () => {
    expect(called(view({ roles, movers: ['sa', 'em', 'ae'] }))).toEqual(['@piet.havel']);
    expect(called(view({ roles, movers: ['em'] }))).toEqual([]);
  });

  test('name a person once who has two roles', () => {
    const both = new Map(roles).set('em', person('piet.havel', { mention: true }));
    expect(called(view({ roles: both, movers: ['sa', 'em'] }))).toEqual(['@piet.havel']);
  });
});

describe('an answer given in an internal note', () => {
  const note = { id: 3, author: 'emma', internal: true };
  const where: Place = { kind: 'command', line: 1, note };
  const secret = 'secret-budget';
  const given = (outsidersCanRead: boolean, reason: OpenQuestion['reason']): string =>
    writeComment(
      view({
        assessment: assessment({
          answers: answers(
            answer('goals', secret, {
              state: reason === 'invalid' ? 'unanswered' : reason,
              invalid: reason === 'invalid',
              where,
              remark: secret,
              choices: [secret],
              owner: secret,
              statements: [
                { raw: secret, where },
                { raw: 'other', where: { kind: 'table', line: 1 } },
              ],
            }),
            answer('pain_points', secret, { where: { kind: 'implied', from: 'goals' } }),
          ),
          open: [open('goals', { reason })],
        }),
        outsidersCanRead,
      }),
      policy,
    );

  test.each(reasons)('is not shown to outsiders while it is %s', (reason) => {
    expect(given(true, reason)).not.toContain(secret);
    expect(given(true, reason)).not.toContain('emma');
    expect(given(true, reason)).toContain('internal');
    expect(given(false, reason)).toContain(secret);
  });
});

describe('the shape of the comment', () => {
  const many = policy.questions.map(({ id }) => open(id));

  test('shows as many questions as the policy allows and folds the rest', () => {
    const comment = writeComment(
      view({ assessment: assessment({ answers: answers(answer('goals', 'x')), open: many }) }),
      policy,
    );
    const [visible = '', ...folded] = comment.split('<details>');
    expect(visible.match(/^- \*\*/gm)).toHaveLength(7);
    expect(folded[0]).toContain(`${many.length - 7} more questions`);
    expect(folded[0]?.match(/^- \*\*/gm)).toHaveLength(many.length - 7);
  });

  test('groups questions by who answers, most blocking first', () => {
    const comment = writeComment(
      view({ assessment: assessment({ open: [open('m_users'), open('goals'), open('m_repos')] }) }),
      policy,
    );
    const groups = comment.match(/^\*\*[A-Z][^*.]+\*\*|^- \*\*[^*]+\*\*/gm);
    expect(groups).toEqual([
      '**Customer**',
      '- **Users to migrate.**',
      '- **Total number of Git repositories.**',
      '**Solutions Architect**',
      '- **Goals and how success is measured.**',
    ]);
  });

  test.each([
    ['an open question', ['m_users', 'm_repos'], 'na m_users', 'defer m_users DATE'],
    ['one that may do without', ['customer_name', 'm_users'], 'na m_users', 'defer customer_name'],
    ['none where nothing may do without', ['customer_name'], null, 'defer customer_name'],
    [
      'one without a command of its own',
      ['account_exec', 'm_users'],
      'na m_users',
      'defer m_users',
    ],
    ['nothing when all is answered', [], null, null],
  ])('shows how to leave out and put off on %s', (_, fields, na, defer) => {
    const given = view({ assessment: assessment({ open: fields.map((id) => open(id)) }) });
    const end = writeComment(given, policy).split('How to answer').at(-1) ?? '';
    const shown = (verb: string): string | null =>
      new RegExp(`/scoping (${verb} [^\`]*)`).exec(end)?.[1] ?? null;
    if (na === null) expect(shown('na')).toBeNull();
    else expect(shown('na')).toBe(na);
    if (defer === null) expect(shown('defer')).toBeNull();
    else expect(shown('defer')).toMatch(defer);
    expect(end).toContain('`/scoping help` lists everything');
  });

  test('is the same every time', () => {
    const given = view({ assessment: assessment({ open: many }) });
    expect(writeComment(given, policy)).toBe(writeComment(given, policy));
  });

  test('stays short enough for GitLab even when every answer is a megabyte', () => {
    const long = answers(
      ...policy.questions.map(({ id }) => answer(id, 'word `|` '.repeat(100_000))),
    );
    const comment = writeComment(
      view({
        assessment: assessment({
          answers: long,
          unplaced: Array.from({ length: 5000 }, (_, line) => ({ line, text: 'x'.repeat(1000) })),
        }),
      }),
      policy,
    );
    expect(comment.length).toBeLessThan(20_000);
  });

  test('asks every question of the shipped policy without a slip of Markdown', () => {
    const shipped = loadPolicy();
    // The papers of gate sow hold nothing up and have a list of their own.
    const asked = shipped.questions.filter(({ gate }) => gate !== 'sow');
    const all = asked.map(({ id, ask, why, example, owner, gate }) =>
      open(id, { question: ask, why, example, owner, gate }),
    );
    const given = view({
      assessment: assessment({ open: all, answers: answers(answer('goals', 'x')) }),
    });
    const comment = writeComment(given, { ...shipped, comment: { mostQuestions: 999 } });
    const rendered = render(comment);
    expect(comment.match(/^- \*\*/gm)).toHaveLength(all.length);
    expect(alive(rendered)).toEqual([]);
    expect(rendered.html.filter((html) => !OWN_HTML.test(html))).toEqual([]);
    expect(rendered.text).not.toMatch(/[*`{}]|\.\.|\?\./);
  });
});
