/** `serve`: the service, until SIGTERM or SIGINT. */
import { describeAddress, listSecrets } from '../config/describe.ts';
import { type Config, ConfigError, processEnvironment, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { loadPolicy } from '../policy/load.ts';
import { AdminAddressError } from '../service/web.ts';
import { startService } from '../service.ts';
import { exitCodes, leave } from './failure.ts';
import { readListenTrouble } from './listening.ts';

/** Resolves with the exit code once everything is closed. */
export async function serve(): Promise<number> {
  const config = readConfig(processEnvironment(), ['gitlab', 'hook']);
  const policy = loadPolicy({ file: config.policyFile ?? undefined });
  const log = createLog(config.logLevel, process.stdout, listSecrets(config));
  const service = await startService({ config, policy, log }).catch((error: unknown) => {
    throw asConfigError(error, config);
  });
  const signal = await untilStopped();
  log.info({ signal }, 'closing');
  await service.close();
  // A look that was given up may still wait for GitLab; it is no reason to stay.
  return await leave(exitCodes.fine);
}

function asConfigError(error: unknown, config: Config): unknown {
  const admin = error instanceof AdminAddressError;
  const trouble = readListenTrouble(admin ? error.cause : error);
  if (!trouble) return error;
  const { host, port } = config;
  const read = admin
    ? `ADMIN_ADDRESS: read "${describeAddress(config.adminAddress)}"`
    : `${trouble.setting}: read ${trouble.setting === 'HOST' ? `"${host}"` : `${port} (at ${host})`}`;
  return new ConfigError([`${read}, but ${trouble.sentence}`]);
}

/** The first SIGINT or SIGTERM; a second one ends the process at once. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      process.once('SIGINT', () => process.exit(130));
      process.once('SIGTERM', () => process.exit(143));
      resolve(signal);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
