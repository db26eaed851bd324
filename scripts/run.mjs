/** `node scripts/run.mjs COMMAND …`: prepares the checkout, then runs scoping-bot from it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

prepare();
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const bot = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => bot.kill(signal));
bot.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
