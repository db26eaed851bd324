/** A start that is given up as soon as the queue's folder is taken; the process ends by itself only when nothing was left open. */
import { existsSync, readdirSync } from 'node:fs';
import { processEnvironment, readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { startService } from '../../src/service.ts';

const config = readConfig(processEnvironment(), ['gitlab', 'hook']);
const policy = loadPolicy({ file: config.policyFile ?? undefined });
const stopping = new AbortController();
const taken = (): boolean =>
  existsSync(config.dataDir) &&
  readdirSync(config.dataDir, { recursive: true }).some((name) => String(name).includes('.lock.'));
const timer = setInterval(() => {
  if (taken()) stopping.abort();
}, 5);
try {
  await startService({ config, policy, log: createLog('warn'), stopping: stopping.signal });
  process.stdout.write('started\n');
} catch (error) {
  process.stdout.write(`${error === stopping.signal.reason ? 'given up' : 'failed'}: ${error}\n`);
} finally {
  clearInterval(timer);
}
