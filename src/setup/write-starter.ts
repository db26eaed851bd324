/** Writes the starters where there is nothing yet: a file that is there is somebody's and stays. */
import { writeFile } from 'node:fs/promises';

/** Nobody but the owner may read it: it may hold a token. */
const SECRET_MODE = 0o600;

/**
 * `written`: false when a file was there, which is as it was. Throws what the file system throws
 * otherwise. `secret`: readable for the owner alone from its first moment on.
 */
export async function writeStarter(
  file: string,
  text: string,
  { secret }: { readonly secret: boolean },
): Promise<{ readonly written: boolean }> {
  try {
    await writeFile(file, text, { flag: 'wx', ...(secret ? { mode: SECRET_MODE } : {}) });
    return { written: true };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return { written: false };
    }
    throw error;
  }
}
