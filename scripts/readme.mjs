/** `npm run readme`: writes the table of commands into the README, from the policy. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

prepare();
const { commandTable } = await import('../dist/core/say/help.js');
const { loadPolicy } = await import('../dist/policy/load.js');
const file = fileURLToPath(new URL('../README.md', import.meta.url));
const table = commandTable(loadPolicy());
const text = readFileSync(file, 'utf8');
const written = text.replace(
  /(<!-- commands -->\n)[\s\S]*?(\n<!-- \/commands -->)/,
  (_, begin, end) => `${begin}\n${table}\n${end}`,
);
writeFileSync(file, written);
