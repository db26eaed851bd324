/** Whose text is it: told by the check sum in the first line. */
import { expect, test } from 'vitest';
import { originOf, stampTemplate } from '../../../src/core/say/template-stamp.ts';

const text = stampTemplate('Training', '\n## Goals\n\n- **Why**:\n');

test.each([
  ['as we wrote it', text, 'ours'],
  ['with other line ends', text.replaceAll('\n', '\r\n'), 'ours'],
  ['without its last line end', text.trimEnd(), 'ours'],
  ['with a line more', `${text}\nMore\n`, 'changed'],
  ['with a letter less', text.replace('Goals', 'Goal'), 'changed'],
  ['under another name', text.replace('Training', 'Course'), 'changed'],
  ['without a check sum', text.replace(/ sha256:\w+/, ''), 'foreign'],
  ['with something before the marker', `Hello\n${text}`, 'foreign'],
  ['nothing', '', 'foreign'],
])('%s', (_what, given, expected) => {
  expect(originOf(given)).toBe(expected);
});
