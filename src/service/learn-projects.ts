/** Finds the ids of the projects served, so that a hook is known as ours after its project got another path. */
import type { Parts } from './parts.ts';

/** How often is asked again for what could not be found yet, unless sweeps come oftener or seldomer. */
const againMs = 300_000;

/** Asks GitLab now, and later only for what is not known yet. Returns how to stop. */
export function learnProjects({ config, policy, served }: Parts): () => void {
  // Without a list every project is served: there is nothing to find.
  if (config.projects.length + policy.projects.length === 0) return () => undefined;
  const learn = (): void => void served.projectIds().catch(() => undefined);
  learn();
  const timer = setInterval(learn, config.sweepIntervalMs ?? againMs);
  return () => clearInterval(timer);
}
