/** `npm test`: prepares the checkout, then runs every suite; arguments are handed on to vitest. */
import { prepare, run } from './prepare.mjs';

prepare();
run('npx', ['vitest', 'run', ...process.argv.slice(2)]);
