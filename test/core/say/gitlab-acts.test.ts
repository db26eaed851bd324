/** The description of GitLab sees what it is there to see: otherwise the tests that lean on it would pass by blindness. */
import { describe, expect, test } from 'vitest';
import { quickActions, whatGitLabDoes } from './gitlab-acts.ts';

describe('a line that GitLab would carry out', () => {
  test.each([
    '/close',
    'words\n/label ~x',
    'words\r/close',
    'words\u2028/close',
    '```\n/close\n```',
    '   /close',
    'words\n  /close',
    '> quoted\n\n /close',
    '／close',
  ])('is found in %j', (note) => {
    expect(quickActions(note)).not.toEqual([]);
  });

  test.each([
    '`/close`',
    '> /close',
    '- /close',
    '    /close',
    'a/close',
    '  ```\n  /close\n  ```',
    'or /close',
  ])('is not seen in %j', (note) => {
    expect(quickActions(note)).toEqual([]);
  });
});

describe('what comes alive', () => {
  test.each([
    ['mention', 'for @all'],
    ['mention', 'for @group/sub'],
    ['mention', 'for &#64;all'],
    ['mention', '> for @anna'],
    ['mention', '<summary>@anna</summary>'],
    ['mention', '| a |\n| - |\n| @anna |'],
    ['issue', 'group/project#1'],
    ['merge request', '!1'],
    ['epic', 'group&1'],
    ['snippet', '$1'],
    ['label', '~label'],
    ['label', '~"two words"'],
    ['milestone', '%1.0'],
    ['milestone', '%"next one"'],
    ['iteration or cadence', '*iteration:1'],
    ['bracketed reference', '[vulnerability:1]'],
    ['wiki page or contents', '[[Home]]'],
    ['project', 'group/project>'],
    ['commit', 'in 0123abcd'],
    ['address', 'ftp://a.example/x'],
    ['address', 'www.a.example'],
    ['mail address', 'a@example.com'],
    ['emoji', ':smile:'],
    ['mathematics', '$`a`$ $x$'],
    ['inline diff', '{+ new +}'],
    ['placeholder', '%{project_path}'],
    ['footnote', 'a[^1]'],
  ])('%s is found in %j', (kind, note) => {
    expect(whatGitLabDoes(note).alive.map((each) => each.kind)).toContain(kind);
  });

  test.each(['`@all #1 ~label`', '  ```\n  @all\n  ```', '    @all', '``a ` @all``'])(
    'is nothing in %j',
    (note) => {
      expect(whatGitLabDoes(note).alive).toEqual([]);
    },
  );
});

test('tags, links, images and comments are found, in Markdown and in HTML', () => {
  const note = '[a](http://x.y) ![b](c.png) <b title="t">c</b>\n\n<!-- hidden -->\n\n</details>';
  const { tags, comments, unbalanced } = whatGitLabDoes(note);
  expect(tags).toEqual(['p', 'a href="http://x.y"', 'img src="c.png" alt="b"', 'b title="t"']);
  expect(comments).toEqual([' hidden ']);
  expect(unbalanced).toEqual(['/details']);
});
