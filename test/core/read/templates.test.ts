/** The templates that we hand out ourselves: empty they say nothing, filled in they say what was filled in. */
import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/core/policy.ts';
import { fold } from '../../../src/core/read/fold.ts';
import { writeTable, writeTemplate } from '../../../src/core/say/templates.ts';
import { policy, question, read, readAnswer } from './given.ts';

/** What many would answer: the very words of the policy's example where they are a value, yes or no. */
function someAnswer({ type, vocabulary, example }: Question): string {
  const values = policy.vocabularies.get(vocabulary ?? '')?.values ?? [];
  const common = values.find(({ title, also }) => {
    return [title, ...also].some((word) => fold(word) === fold(example));
  });
  const value = common ?? values.find(({ id }) => id !== 'none');
  if (common && type !== 'multi') return example;
  if (value) return value.title;
  const byType = new Map([
    ['count', '7,531'],
    ['size', '753 GB'],
    ['money', '75,310'],
    ['version', '17.7.3'],
    ['date', '2027-07-05'],
    ['yes_no', fold(example) === 'no' ? 'no' : 'yes'],
    ['user', '@zoe.vogel'],
    ['url', 'https://deals.example/753'],
  ]);
  return byType.get(type) ?? 'seven red lamps';
}

const forms = ['bullets', 'table'] as const;

const named = (field: string, from: string | undefined): boolean =>
  field === 'service_types' || from === 'service_types' || from === 'deployment_target';

describe.each(policy.templates)('the template $name', (spec) => {
  const fields = spec.sections.flatMap((section) => section.fields);

  it.each(forms)('in the form of %s says nothing untouched', (form) => {
    const { answers, rows, unplaced, copiedExamples, typedUnderExample } = read(
      writeTemplate({ ...spec, form }, policy),
    );
    const said = [...answers.values()].filter(({ state }) => state !== 'unanswered');
    // A template called like a service type answers that one question, and what follows from it.
    expect(said.filter(({ field, where }) => !named(field, where?.from))).toEqual([]);
    expect([...rows].sort()).toEqual([...new Set(fields)].sort());
    expect([unplaced, copiedExamples, [...typedUnderExample]]).toEqual([[], [], []]);
  });

  it.each(forms)('in the form of %s gives every answer back', (form) => {
    const lines = writeTemplate({ ...spec, form }, policy).split('\n');
    const filled = lines.map((line) => {
      const field = fields.find((id) => line.includes(question(id).ask));
      if (!field || field === 'service_types') return line;
      const answer = someAnswer(question(field));
      return form === 'bullets' ? `${line} ${answer}` : line.replace('| to-do |', `| ${answer} |`);
    });
    const { answers } = read(filled.join('\n'));
    const asked = fields.filter((id) => id !== 'service_types');
    const expected = asked.map((id) => [id, someAnswer(question(id))]);
    expect(asked.map((id) => [id, answers.get(id)?.raw])).toEqual(expected);
    expect(asked.filter((id) => answers.get(id)?.state !== 'answered')).toEqual([]);
  });
});

describe('every question of the policy', () => {
  const ids = policy.questions.map(({ id }) => id);

  it('is found again in the table that a comment offers', () => {
    expect([...read(writeTable(ids, policy)).rows]).toEqual(ids);
  });

  it.each(ids)('%s shows no example that is what many would answer', (id) => {
    const cells = writeTable([id], policy).split('\n').at(-1)?.split(' | ') ?? [];
    const example = fold(cells.at(-2) ?? '');
    const { values = [] } = policy.vocabularies.get(question(id).vocabulary ?? '') ?? {};
    const words = values.flatMap(({ title, also }) => [title, ...also].map(fold));
    expect([...words, 'yes', 'no']).not.toContain(example);
  });

  it('counts the choices themselves as no answer', () => {
    const row = '| GitLab tier | X | one of: Free / Premium / Ultimate / trial |';
    const table = `| Question | Answer | Example |\n|-|-|-|\n${row}`;
    const choices = 'one of: Free / Premium / Ultimate / trial';
    expect(readAnswer(table.replace('X', choices), 'tier').state).toBe('unanswered');
    expect(readAnswer(table.replace('X', 'Premium'), 'tier').value).toBe('premium');
  });

  it.each(ids)('%s understands its own example', (id) => {
    const { ask, example } = question(id);
    const answer = readAnswer(`- **${ask}**: ${example}`, id);
    expect(answer.invalid).toBeUndefined();
    expect(['unanswered', 'ambiguous', 'contradictory']).not.toContain(answer.state);
  });
});
