/** The web part: hooks → queue, and what is told about the process; GitLab is never asked here. */
import type { IssueRef } from '../core/model.ts';
import type { ServerOptions } from '../webhook/ports.ts';
import { buildAdminServer, buildServer } from '../webhook/server.ts';
import type { Parts } from './parts.ts';

export interface Web {
  readonly url: string;
  readonly adminUrl: string | null;
  /** Takes no hook any more; resolves when those in the middle of their delivery have their answer. */
  closeHooks(): Promise<void>;
  closeAdmin(): Promise<void>;
}

/** `ADMIN_ADDRESS` could not be listened at; `cause` is what Node said. */
export class AdminAddressError extends Error {
  override readonly name = 'AdminAddressError';
}

/** Listens. Rejects with `AdminAddressError` or with Node's own error; nothing of it is left open then. */
export async function openWeb(parts: Parts): Promise<Web> {
  const { config } = parts;
  const options = describeTo(parts);
  const hooks = buildServer(options);
  const admin = config.adminAddress === null ? null : buildAdminServer(options);
  try {
    const adminUrl = (await admin?.listen(config.adminAddress ?? {}).catch(refuseAdmin)) ?? null;
    const url = await hooks.listen({ host: config.host, port: config.port });
    return {
      url,
      adminUrl,
      closeHooks: () => hooks.close(),
      closeAdmin: async () => admin?.close(),
    };
  } catch (error) {
    await Promise.all([hooks.close(), admin?.close()]);
    throw error;
  }
}

function refuseAdmin(cause: unknown): never {
  throw new AdminAddressError('ADMIN_ADDRESS cannot be listened at', { cause });
}

/** What the servers get to know of the rest. */
function describeTo(parts: Parts): ServerOptions {
  const { config, log, queue, identity, access, repairs, served, metrics, now } = parts;
  return {
    log,
    hookSecrets: config.hookSecrets,
    accepts: served.accepts,
    enqueue: async (ref: IssueRef) => {
      repairs.heard(ref);
      await queue.enqueue(ref).catch((error: unknown) => {
        repairs.lost(ref);
        throw error;
      });
    },
    ready: async () => {
      const reasons = [await queue.ready(), identity.why(), access.why()];
      return reasons.filter((reason) => reason !== null);
    },
    metrics: config.metrics ? metrics : null,
    bot: identity.bot,
    now: () => now().getTime(),
    adminApart: config.adminAddress !== null,
  };
}
