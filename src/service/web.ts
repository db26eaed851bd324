/** The web part: hooks → queue, and what is told about the process; a process that only works tells, and takes no hooks. */
import type { IssueRef } from '../core/model.ts';
import { boardPath } from '../webhook/board.ts';
import type { ServerOptions } from '../webhook/ports.ts';
import { buildAdminServer, buildServer } from '../webhook/server.ts';
import { learnProjects } from './learn-projects.ts';
import type { Parts } from './parts.ts';
import { takesHooks, works } from './role.ts';

export interface Web {
  readonly url: string;
  readonly adminUrl: string | null;
  /** Takes no hook any more; resolves when those in the middle of their delivery have their answer. */
  closeHooks(): Promise<void>;
  closeAdmin(): Promise<void>;
  /** No timer of this part starts anything from here on. */
  stop(): void;
}

/** `ADMIN_ADDRESS` could not be listened at; `cause` is what Node said. */
export class AdminAddressError extends Error {
  override readonly name = 'AdminAddressError';
}

/** Listens. Rejects with `AdminAddressError` or with Node's own error; nothing of it is left open then. */
export async function openWeb(parts: Parts): Promise<Web> {
  const { config, role } = parts;
  const options = await describeTo(parts);
  const hooks = takesHooks(role) ? buildServer(options) : buildProbeServer(options);
  const admin = config.adminAddress === null ? null : buildAdminServer(options);
  try {
    const adminUrl = (await admin?.listen(config.adminAddress ?? {}).catch(refuseAdmin)) ?? null;
    const url = await hooks.listen({ host: config.host, port: config.port });
    return {
      url,
      adminUrl,
      closeHooks: () => hooks.close(),
      closeAdmin: async () => admin?.close(),
      // Where the sweep runs too, it learns them.
      stop: works(role) ? () => undefined : learnProjects(parts),
    };
  } catch (error) {
    await Promise.all([hooks.close(), admin?.close()]);
    throw error;
  }
}

function refuseAdmin(cause: unknown): never {
  throw new AdminAddressError('ADMIN_ADDRESS cannot be listened at', { cause });
}

/** What a process without hooks shows at `HOST` and `PORT`, so that whoever runs it can ask how it is. */
function buildProbeServer(options: ServerOptions): ReturnType<typeof buildAdminServer> {
  return buildAdminServer(options.adminApart === true ? { ...options, metrics: null } : options);
}

/** What the servers get to know of the rest. */
async function describeTo(parts: Parts): Promise<ServerOptions> {
  const { config, role, log, queue, identity, access, repairs, served, metrics, now } = parts;
  const { tracing } = parts;
  const token = config.queueBoardToken;
  return {
    log,
    hookSecrets: config.hookSecrets,
    accepts: served.accepts,
    enqueue: async (ref: IssueRef) => {
      // Kept until a look of this process takes it, which never comes where nothing is worked.
      if (works(role)) repairs.heard(ref);
      await queue.enqueue(ref, false, now().getTime()).catch((error: unknown) => {
        repairs.lost(ref);
        throw error;
      });
    },
    ready: async () => {
      const reasons = [await queue.ready()];
      // Hooks are taken in whatever GitLab says: a proxy must not keep them from a process that can queue them.
      if (works(role)) reasons.push(identity.why(), access.why());
      return reasons.filter((reason) => reason !== null);
    },
    metrics: config.metrics ? metrics : null,
    bot: identity.bot,
    now: () => now().getTime(),
    adminApart: config.adminAddress !== null,
    // Both are loaded only where they are wanted.
    ...(token !== null && { board: { token, plugin: await queue.board(boardPath) } }),
    ...(tracing.on && { instrument: (await import('../webhook/tracing.ts')).traceServers() }),
  };
}
