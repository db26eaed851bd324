/**
 * `npm run readme`: writes what is made from the policy into the documents: the table of commands in the README, and
 * `docs/policy.md`. `--check` only says whether they are fresh.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

prepare();
const { commandTable } = await import('../dist/core/say/help.js');
const { loadPolicy, readPolicyDocument } = await import('../dist/policy/load.js');
const { writeReference } = await import('../dist/policy/reference.js');
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const readme = readFileSync(at('README.md'), 'utf8').replace(
  /(<!-- commands -->\n)[\s\S]*?(\n<!-- \/commands -->)/,
  (_, begin, end) => `${begin}\n${commandTable(loadPolicy())}\n${end}`,
);
const reference = writeReference(
  readPolicyDocument(),
  readPolicyDocument({ file: at('demo/policy.yaml') }),
);
for (const [path, text] of [
  ['README.md', readme],
  ['docs/policy.md', reference],
]) {
  if (readFileSync(at(path), { encoding: 'utf8', flag: 'a+' }) === text) continue;
  if (process.argv.includes('--check')) {
    process.stderr.write(`Stale: ${path}. Write it anew with: npm run readme\n`);
    process.exitCode = 1;
  } else writeFileSync(at(path), text);
}
