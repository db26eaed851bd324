/** Which GitLab the world plays: what came with a version is not there before it. */
import type { World } from './world.ts';

/** Whether the world's version is below `major.minor`. */
export function isOlder({ version }: World, major: number, minor: number): boolean {
  const [ours = 0, minorOfOurs = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return ours < major || (ours === major && minorOfOurs < minor);
}
