/** `node scripts/run.mjs COMMAND …`: prepares the checkout, then runs scoping-bot from it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

prepare();
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const bot = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the bot from the terminal itself; a second SIGINT would end it at once.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => bot.kill('SIGTERM'));
bot.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
