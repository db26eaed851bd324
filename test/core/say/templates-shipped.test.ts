/** The shipped templates: every kind of work has one, and an untouched one says nothing that nobody said. */
import { describe, expect, test } from 'vitest';
import { matchLabel } from '../../../src/core/read/match.ts';
import { writeTemplate } from '../../../src/core/say/templates.ts';
import { policy, read, saidIn } from '../read/given.ts';
import { render } from './gitlab-reads.ts';

/** Templates for one service type, by file name. */
const ofOneType: Readonly<Record<string, string>> = {
  'SCM migration': 'migration_scm',
  'CI-CD migration': 'migration_ci',
  'Artifact migration': 'migration_artifacts',
  'GitLab.com set-up': 'setup_saas',
  'GitLab Dedicated': 'dedicated',
  'Health check': 'health_check',
  Integration: 'integration',
  Training: 'training',
  'Advisory hours': 'advisory',
};
const ofSeveral = [
  'Custom scoping',
  'Services calculator',
  'Self-managed installation, upgrade or Geo',
  'CI-CD and DevSecOps transformation',
];

const anchors = (text: string): string[] =>
  Array.from(text.matchAll(/<!-- field:(\w+) -->/g), ([, id = '']) => id);

test('every kind of work has a template', () => {
  const names = policy.templates.map(({ name }) => name);
  expect(names.toSorted()).toEqual([...Object.keys(ofOneType), ...ofSeveral].toSorted());
});

describe.each(policy.templates.map((spec) => [spec.name, spec] as const))('%s', (name, spec) => {
  const text = writeTemplate(spec, policy);
  const asked = spec.sections.flatMap(({ fields }) => fields);

  test('untouched, answers what its name says and nothing else', () => {
    const states = [...read(text).answers].filter(([, { where }]) => where?.kind !== 'implied');
    const answered = states.filter(([, { state }]) => state !== 'unanswered');
    const type = ofOneType[name];
    expect(answered.map(([field, { value }]) => [field, value])).toEqual(
      type === undefined ? [] : [['service_types', [type]]],
    );
  });

  test('has one anchor for every question, which nobody sees', () => {
    expect(anchors(text)).toEqual(asked);
    expect(new Set(asked).size).toBe(asked.length);
    const { html, text: seen } = render(text);
    expect(html.filter((piece) => !/^<!--(?:(?!-->)[\s\S])*-->\s*$/.test(piece))).toEqual([]);
    expect(seen).not.toContain('field:');
  });

  test('has headings that are nobody’s question', () => {
    const taken = spec.sections.filter(({ title }) => matchLabel(title, policy)?.exact);
    expect(taken.map(({ title }) => title)).toEqual([]);
  });

  const texts = asked.filter((id) => policy.questionById.get(id)?.type === 'text');
  const expected = Object.fromEntries(texts.map((id) => [id, answerFor(id)]));

  test('is read when every question was reworded', () => {
    expect(saidIn(filledIn(text, texts, 'Tell us, will you?'))).toMatchObject(expected);
  });

  test('is read when an editor dropped what is hidden', () => {
    const bare = filledIn(text, texts).replaceAll(/<!--(?:(?!-->)[\s\S])*-->/g, '');
    expect(saidIn(bare)).toMatchObject(expected);
  });
});

function answerFor(id: string): string {
  return `Ours in ${id.length} lines and ${id.replaceAll('_', ' ')} words`;
}

/** The template with answers to these questions, and their wording replaced if wanted. */
function filledIn(text: string, fields: readonly string[], wording?: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [id = ''] = anchors(line);
      if (!fields.includes(id)) return line;
      const anchor = `<!-- field:${id} -->`;
      const words = wording ?? policy.questionById.get(id)?.ask;
      return line.startsWith('|')
        ? `| ${words} ${anchor} | ${answerFor(id)} | | |`
        : `- **${words}**${anchor}: ${answerFor(id)}`;
    })
    .join('\n');
}
