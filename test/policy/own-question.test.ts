/** The question of one's own on the page about policies: the file as it stands there works from end to end. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load.ts';
import { complete, type Rows, world } from '../core/plan/given.ts';
import { folderWith } from './policy-files.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/policy.md', import.meta.url)), 'utf8');
const [, chapter = ''] = page.split('## A question of your own\n');
const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(chapter) ?? [];
const policy = loadPolicy({ file: join(folderWith({ 'my-policy.yaml': yaml }), 'my-policy.yaml') });
const ASK = 'Who approves changes to production, and how long that takes';

/** The comment on a new issue with these rows, as Markdown. */
function commentOn(rows: Rows): string {
  const issue = world({ rows, policy });
  issue.run();
  return issue.statusComment();
}

describe('the example on the page', () => {
  it('has every key that a new question may need, and a group of the list below', () => {
    const question = policy.questionById.get('change_board');
    expect(question).toMatchObject({ group: 'M', type: 'text', gate: 'discovery', owner: 'lead' });
    for (const key of ['also', 'when', 'why', 'example']) expect(yaml).toContain(`    ${key}:`);
    expect(chapter).toContain('\n| `M` | 21 | ');
  });

  it('is asked in the comment, in the words that the page promises', () => {
    const said = commentOn(complete);
    const [, promised = ''] = /“([^”]*It sets[^”]*)”/.exec(chapter) ?? [];
    expect(said).toContain(promised.replaceAll('\n', ' '));
    expect(said).toContain('For example “the change board on Tuesdays, five working days ahead”');
    expect(said).toContain('/scoping set change_board');
  });

  it.each([
    ['a small move', { ...complete, 'Total number of Users': '80' }],
    ['nobody said how many move', { ...complete, 'Total number of Users': '' }],
  ])('is not asked where its condition does not hold: %s', (_, rows) => {
    expect(commentOn(rows)).not.toContain(ASK);
  });

  it.each([ASK, 'Change advisory board', 'Change approval'])('is answered by a row “%s”', (row) => {
    const said = commentOn({ ...complete, [row]: 'the operations board, each Monday' });
    expect(said).toContain('the operations board, each Monday');
    expect(said).not.toContain('/scoping set change_board');
  });
});
