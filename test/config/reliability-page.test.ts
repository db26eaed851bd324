/** `docs/reliability.md` names tests that exist: file, and the beginning of the title. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const page = readFileSync(at('docs/reliability.md'), 'utf8');

/** `file`: "title", "title" … */
const references = [
  ...page.matchAll(/`(test\/[\w./-]+\.ts)`(?:: ((?:"[^"]+"(?:, )?)+))?/g),
].flatMap(([, file = '', titles = '']) =>
  [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']): [string, string] => [file, title]),
);

it('names more than thirty tests', () => {
  expect(references.length).toBeGreaterThan(30);
});

it.each(references)('%s: "%s" is there', (file, title) => {
  // Anything stands in a file somewhere when it is short enough.
  expect(title.length).toBeGreaterThanOrEqual(10);
  expect(existsSync(at(file))).toBe(true);
  expect(readFileSync(at(file), 'utf8')).toContain(title);
});
