/** `npm run verify`: everything that must hold before a change lands, each step named, first failure ends it. */
import { prepare, run } from './prepare.mjs';

prepare();
for (const step of ['lint', 'types', 'layers', 'unused', 'fresh', 'test:only']) {
  process.stdout.write(`\n— ${step}\n`);
  run('npm', ['run', '--silent', step]);
}
process.stdout.write('\nAll of it holds.\n');
