/** `npm run verify`: everything that must hold before a change lands, each step named, first failure ends it. */
import { prepare, run } from './prepare.mjs';

prepare();
// `--tested`: for a script that has just run `npm test` on the same files, so that nothing runs twice.
const tests = process.argv.includes('--tested') ? [] : ['test:only'];
for (const step of ['lint', 'types', 'layers', 'unused', 'fresh', ...tests]) {
  process.stdout.write(`\n— ${step}\n`);
  run('npm', ['run', '--silent', step]);
}
process.stdout.write('\nAll of it holds.\n');
