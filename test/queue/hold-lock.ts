/** Holds a folder's lock until it is killed. */
import { lockFolder } from '../../src/queue/folder-lock.ts';

await lockFolder(process.argv[2] ?? '');
process.stdout.write('held\n');
setInterval(() => {}, 1_000);
