/** Which lines are code: as CommonMark has it, although most lines are never shown to the parser. */

import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { blockKinds } from '../../../src/core/read/blocks.ts';
import { fc } from '../../support/property.ts';

const markdown = new MarkdownIt('commonmark').disable(['inline', 'text_join', 'reference']);

/** The parser's own word on every line; no quotes in these texts, they are read elsewhere. */
function codeLines(lines: readonly string[]): readonly boolean[] {
  const code = new Array<boolean>(lines.length).fill(false);
  for (const { type, map } of markdown.parse(lines.join('\n'), {})) {
    if (map && (type === 'fence' || type === 'code_block')) code.fill(true, ...map);
  }
  return code;
}

const line = fc.constantFrom(
  ...['', '', ' ', 'words', 'words', 'more words', '**Key**: value', '| a | b |', '# Title'],
  ...['- item', '- item', '- other item', '* item', '  - item', '   - item', '- ', '-'],
  ...['1. item', '2. item', '10. item', '-     code', '- - item', '***', '---', '==='],
  ...['    four', '     five', '\ttab', '  two', '      six', '```', '```js', '~~~', '  ```'],
  ...['- ```', '<b>x</b>', '</div>', '- <div>', 'a ``` b', '+ item', '#hash', '1) item'],
);

describe('lines of code', () => {
  it('are those that the parser finds when it is shown everything', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const kinds = blockKinds(lines);
        const expected = codeLines(lines);
        for (const [i, text] of lines.entries()) {
          if (text.trim() !== '') expect([i, kinds[i] === 'code']).toEqual([i, expected[i]]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('stay code when thousands of them look alike', () => {
    const lines = ['```', ...new Array<string>(5000).fill('words'), '```', 'words', 'words'];
    const code = blockKinds(lines).flatMap((kind, i) => (kind === 'code' ? [i] : []));
    expect([code.length, code[0], code.at(-1)]).toEqual([5002, 0, 5001]);
  });
});
