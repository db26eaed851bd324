/** A look at the folder of the embedded queue: may it be written to, is there room, who has it. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readCause } from './cause.ts';
import { isHeld } from './folder-lock.ts';
import { QueueError } from './queue-error.ts';
import type { QueueLook } from './queue-look.ts';
import { freeBytes, ROOM_BYTES } from './room.ts';

/** Makes and changes nothing. Throws `QueueError` when the folder could not be written to. */
export async function lookAtFolder(dataDir: string): Promise<QueueLook> {
  const folder = resolve(dataDir);
  const nearest = nearestThere(folder);
  try {
    if (!statSync(nearest).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
    const missing = nearest !== folder;
    return {
      kind: 'embedded',
      folder: dataDir,
      missing,
      held: !missing && (await isHeld(folder)),
      freeBytes: freeBytes(nearest),
      neededBytes: ROOM_BYTES,
    };
  } catch (error) {
    throw new QueueError(
      'configuration',
      `The queue cannot write to its folder ${dataDir} (${readCause(error)}). Make it writable for the bot's user, or set DATA_DIR to a folder that is.`,
      { cause: error },
    );
  }
}

/** The folder, or what of the way to it is there: the start makes the rest. */
function nearestThere(folder: string): string {
  const parent = dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearestThere(parent);
}
