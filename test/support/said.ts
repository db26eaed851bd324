/** Keeps what bots say while the suites run, so that `npm test` can search it for what must not be said. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { SAID_FOLDER: folder } = process.env;

/** The secrets and the words of people that fixtures use; `scripts/test.mjs` searches for them in the end. */
export const canaries: readonly string[] = JSON.parse(
  readFileSync(new URL('./canaries.json', import.meta.url), 'utf8'),
) as string[];

/**
 * For every process that a suite starts and every log that is written in its own; nothing
 * happens without the folder. `answers`: what a command was asked for, in which words of people may stand, and no secret.
 */
export function keepSaid(text: string, as: 'said' | 'answers' = 'said'): void {
  if (folder) appendFileSync(join(folder, `${process.pid}.${as}.txt`), text);
}
