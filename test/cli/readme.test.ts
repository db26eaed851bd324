/** What the README says of commands is what the policy says. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commandTable } from '../../src/core/say/help.ts';
import { loadPolicy } from '../../src/policy/load.ts';

it('lists every command; `npm run readme` brings it up to date', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(
    `<!-- commands -->\n\n${commandTable(loadPolicy())}\n\n<!-- /commands -->`,
  );
});
