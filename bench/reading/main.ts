/** `npm run bench:reading [-- FOLDER…]`: what is found and how long it takes; figures for people, not a test. */
import { fileURLToPath } from 'node:url';
import { loadPolicy } from '../../src/policy/load.ts';
import { compareReaders } from './found.ts';
import { timePlanning } from './planning.ts';
import { timeBodies } from './timing.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const corpus = at('test/corpus');
const policy = loadPolicy({});

function print(title: string, lines: readonly string[]): void {
  console.log(`\n${title}\n\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}`);
}

console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}`);
for (const folder of [corpus, ...process.argv.slice(2)]) {
  const name = folder === corpus ? 'test/corpus' : folder;
  print(`Answers found: ${name}`, compareReaders(folder, policy));
}
print(
  'A typical issue, read and planned (best of several runs)',
  timePlanning(at('test/scenarios'), at('demo')),
);
print(
  'Read and assessed, by size of the description (best of several runs)',
  timeBodies(corpus, policy),
);
