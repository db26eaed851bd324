/** The service: hooks → queue (`service/web.ts`), queue → look → GitLab (`service/work.ts`), or one of the two (`service/role.ts`). */
import type { Service, ServiceOptions } from './service/options.ts';
import { openParts, type Parts } from './service/parts.ts';
import { works } from './service/role.ts';
import { openWeb, type Web } from './service/web.ts';
import { startWork } from './service/work.ts';
import { within } from './webhook/within.ts';

/** From SIGTERM to the end; the part of it that hooks in the middle of their delivery may take. */
const closeMs = 9_000;
const hooksEndMs = 5_500;

/**
 * Listens, and works unless it is the web part only, once the queue is open. Rejects with `TerminalError` when
 * GitLab refuses the token, with `QueueError` when there is no queue, with `AdminAddressError` or Node's own error
 * when it cannot listen; everything is closed again then, and when `stopping` ends the start. A GitLab that cannot
 * be reached is no reason: hooks are queued and the bot keeps trying (`rulings.md` 37).
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, log } = options;
  const parts = await openParts(options);
  // Listening comes first: whoever may not listen must not have begun to work either.
  const web = await openUnlessStopping(parts).catch(async (error: unknown) => {
    parts.stop();
    await parts.queue.close(closeMs);
    await parts.tracing.close();
    throw error;
  });
  if (works(parts.role)) startWork(parts);
  const { url, adminUrl } = web;
  log.info(
    {
      url,
      ...(adminUrl !== null && { adminUrl }),
      role: parts.role,
      queue: parts.queue.kind,
      dryRun: config.dryRun,
    },
    'listening',
  );
  return { url, adminUrl, close: () => close(parts, web) };
}

async function openUnlessStopping(parts: Parts): Promise<Web> {
  parts.stopping?.throwIfAborted();
  return await openWeb(parts);
}

async function close(parts: Parts, web: Web): Promise<void> {
  parts.stop();
  web.stop();
  const begun = performance.now();
  // Hooks that are being taken in come first: the queue must still be there for them.
  await within(hooksEndMs, web.closeHooks()).catch(() =>
    parts.log.warn({}, 'closed with hooks unanswered; the sweep finds what they told'),
  );
  // Whoever watches sees the queue for as long as it is there.
  await parts.queue.close(closeMs - (performance.now() - begun));
  await web.closeAdmin();
  await parts.tracing.close();
}
