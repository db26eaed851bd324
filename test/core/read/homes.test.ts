/** Words that several questions share go where their neighbours are. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readIssue } from '../../../src/core/read/issue.ts';
import { findField } from '../../../src/core/read/match.ts';
import { loadPolicy } from '../../../src/policy/load.ts';

/** Three groups that all ask for "Widgets"; each has rows of its own. */
const questions = ['alpha', 'beta', 'gamma'].flatMap((name) => [
  `{ id: ${name}_widgets, group: ${name}, ask: "${name} widgets in all", also: [Widgets], type: count, gate: discovery, owner: lead, why: x }`,
  `{ id: ${name}_height, group: ${name}, ask: "${name} height", type: count, gate: discovery, owner: lead, why: x }`,
  `{ id: ${name}_depth, group: ${name}, ask: "${name} depth", type: count, gate: discovery, owner: lead, why: x }`,
]);
const document = `extends: default
groups:
  - { id: alpha, also: [Alphaware] }
  - { id: beta, also: [Betaware, "beta system"] }
  - { id: gamma, also: [Gammaware] }
questions:
${questions.map((each) => `  - ${each}`).join('\n')}
  - { id: gamma_colour, group: gamma, ask: Gamma ware colour palette, type: text, gate: discovery, owner: lead, why: x }
  - { id: gamma_quirk, group: gamma, ask: Gammaware quirk, type: text, gate: discovery, owner: lead, why: x }
  - { id: beta_tone, group: beta, ask: "zeppelin tone, outer hull of it", type: text, gate: discovery, owner: lead, why: x }
  - { id: gamma_tone, group: gamma, ask: "zeppelin tone, inner hull of it", type: text, gate: discovery, owner: lead, why: x }
`;
const file = join(mkdtempSync(join(tmpdir(), 'homes-')), 'own.yaml');
writeFileSync(file, document);
const policy = loadPolicy({ file });

function read(description: string): Record<string, string> {
  const writtenAt = '2026-11-23T09:00:00.000Z';
  const source = { title: '', description, labels: [], writtenAt, sets: [] };
  const { answers } = readIssue(source, policy, writtenAt);
  return Object.fromEntries([...answers].map(([field, { raw }]) => [field, raw]));
}

const table = (...rows: readonly string[]): string =>
  ['| Question | Answer |', '| --- | --- |', ...rows.map((row) => `| ${row} |`)].join('\n');

describe('a wording of several questions', () => {
  it('means the question of the group that most rows of its table belong to', () => {
    const rows = ['Alpha height | 1', 'Beta height | 2', 'Beta depth | 3', 'Widgets | 40'];
    expect(read(table(...rows))).toMatchObject({ beta_widgets: '40' });
  });

  it('means the group that the section row above it names', () => {
    const rows = [
      'Beta height | 1',
      '**Alphaware** | ',
      'Widgets | 40',
      '**Gammaware (new)** | ',
      'Widgets | 50',
    ];
    expect(read(table(...rows))).toEqual({
      beta_height: '1',
      alpha_widgets: '40',
      gamma_widgets: '50',
    });
  });

  it.each([
    ['a heading', '## Our Betaware\n\n- Widgets: 40'],
    ['a bold line', '**Betaware**\n\n- Widgets: 40'],
    ['a summary', '<details><summary>Betaware</summary>\n\n- Widgets: 40\n\n</details>'],
    ['a heading further up', '# Betaware\n\n### Figures\n\n- Widgets: 40'],
    ['the nearer of two headings', '# Alphaware\n\n### Betaware\n\n- Widgets: 40'],
  ])('means the group that %s names', (_, body) => {
    expect(read(body)).toEqual({ beta_widgets: '40' });
  });

  it('is no longer under a heading whose section has ended', () => {
    const body = '## Gammaware\n\n- Gamma height: 1\n\n## Alphaware\n\n- Widgets: 40';
    expect(read(body)).toEqual({ gamma_height: '1', alpha_widgets: '40' });
  });

  it('means the group of which most stands in the text when nothing nearer tells', () => {
    const body = '- Gamma height: 1\n- Gamma depth: 2\n\n## Anything\n\n- Widgets: 40';
    expect(read(body)).toMatchObject({ gamma_widgets: '40' });
  });

  it('means the first question of the policy when nothing tells', () => {
    expect(read('- Widgets: 40')).toEqual({ alpha_widgets: '40' });
  });

  it('leaves out a question that has a row of its own in the same table', () => {
    const rows = ['Alpha widgets in all | 7', 'Alpha height | 1', 'Widgets | 40', 'Beta depth | 3'];
    expect(read(table(...rows))).toMatchObject({ alpha_widgets: '7', beta_widgets: '40' });
  });

  it('goes by several rows rather than by one heading', () => {
    const rows = ['Beta height | 1', 'Beta depth | 2', 'Beta widgets in all | 3', 'Widgets | 40'];
    const answers = read(`## Alphaware\n\n${table(...rows)}`);
    expect(answers).toMatchObject({ beta_widgets: '3', alpha_widgets: '40' });
  });

  it('is refused in a command, because it does not point to one question', () => {
    expect(findField('Widgets', policy)).toBeNull();
    expect(findField('Beta widgets in all', policy)).toBe('beta_widgets');
  });
});

describe('words that are similar to several questions', () => {
  const alike = 'zeppelin tone hull of it';

  it('mean the one whose neighbours stand beside it', () => {
    const rows = ['Gamma height | 1', `${alike} | dark`];
    expect(read(table(...rows))).toEqual({ gamma_height: '1', gamma_tone: 'dark' });
  });

  it('mean nothing when no neighbour tells, and are said to be unplaced', () => {
    const writtenAt = '2026-11-23T09:00:00.000Z';
    const description = table(`${alike} | dark`);
    const source = { title: '', description, labels: [], writtenAt, sets: [] };
    const { answers, unplaced } = readIssue(source, policy, writtenAt);
    expect([...answers.keys()]).toEqual([]);
    expect(unplaced).toEqual([{ line: 3, text: `${alike}: dark` }]);
  });
});

describe('words that ask something only together with the title above', () => {
  it.each([
    ['a section row', table('**Gammaware** | ', 'Quirk | 1.2')],
    ['a heading', '### Gammaware\n\n- Quirk: 1.2'],
  ])('are read under %s', (_, body) => {
    expect(read(body)).toMatchObject({ gamma_quirk: '1.2' });
  });

  it('are unplaced elsewhere', () => {
    expect(read('### Alphaware\n\n- Quirk: 1.2')).toEqual({});
  });
});
