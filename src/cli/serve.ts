/** `serve`: the service, until SIGTERM or SIGINT. */
import { describeAddress, listSecrets } from '../config/describe.ts';
import { type Config, ConfigError, processEnvironment, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { loadPolicy } from '../policy/load.ts';
import { type Role, takesHooks } from '../service/role.ts';
import { AdminAddressError } from '../service/web.ts';
import { startService } from '../service.ts';
import { within } from '../webhook/within.ts';
import { exitCodes, leave } from './failure.ts';
import { readListenTrouble } from './listening.ts';

/** From the wish to end to the end, where the start was still going on. */
const unwindMs = 9_000;

/** `stopped`: the wish that it ends, also while it starts. Resolves with the exit code once everything is closed. */
export async function serve(
  { role }: { readonly role: Role },
  stopped: Promise<NodeJS.Signals>,
): Promise<number> {
  const config = readConfig(
    processEnvironment(),
    takesHooks(role) ? ['gitlab', 'hook'] : ['gitlab'],
  );
  if (role !== 'all' && config.queueUrl === null) throw describeUnshared(role);
  const policy = loadPolicy({ file: config.policyFile ?? undefined });
  const log = createLog(config.logLevel, process.stdout, listSecrets(config));
  const stopping = new AbortController();
  const wish = stopped.then((): null => {
    stopping.abort();
    return null;
  });
  const starting = startService({ config, policy, log, role, stopping: stopping.signal });
  const service = await Promise.race([starting, wish]).catch((error: unknown) => {
    throw asConfigError(error, config);
  });
  log.info({ signal: await stopped }, 'closing');
  if (service) await service.close();
  else {
    const unwound = starting.then(
      (late) => late.close(),
      () => undefined,
    );
    await within(unwindMs, unwound).catch(() => log.warn({}, 'closed in the middle of the start'));
  }
  // A look that was given up may still wait for GitLab; it is no reason to stay.
  return await leave(exitCodes.fine);
}

/** Two processes cannot share what lives in one of them. */
function describeUnshared(role: Role): ConfigError {
  return new ConfigError([
    `QUEUE_URL: read embedded, but that queue belongs to one process and serve --role ${role} shares it with others: ` +
      'name a Redis (redis://…) or a PostgreSQL (postgres://…), or leave --role away',
  ]);
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
