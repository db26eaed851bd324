/** A start that fails, in a process that then does nothing: it ends by itself only when nothing was left open. */
import { processEnvironment, readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { startService } from '../../src/service.ts';

const config = readConfig(processEnvironment(), ['gitlab', 'hook']);
const policy = loadPolicy({ file: config.policyFile ?? undefined });
try {
  await startService({ config, policy, log: createLog('warn') });
  process.stdout.write('started\n');
} catch (error) {
  process.stdout.write(`failed: ${error instanceof Error ? error.name : ''} ${error}\n`);
}
