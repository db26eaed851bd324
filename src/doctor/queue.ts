/** Where the queue is kept: does it answer, does it keep what it takes, is there room. */
import type { Config } from '../config.ts';
import { lookAtQueue } from '../queue/look.ts';
import type { QueueLook } from '../queue/queue-look.ts';
import { evicts, forgets } from '../queue/redis-settings.ts';
import { type Finding, findingsOn } from './finding.ts';
import { troubleFinding } from './trouble.ts';

const { fine, info, warning, failed } = findingsOn();
const CHECK = 'queue';
const MB = 1024 * 1024;

/** A queue out of reach is a failed check, and nothing more is said about it. */
export async function checkQueue({ queueUrl, dataDir }: Config): Promise<readonly Finding[]> {
  let look: QueueLook;
  try {
    look = await lookAtQueue({ url: queueUrl, dataDir });
  } catch (error) {
    return [troubleFinding(CHECK, error)];
  }
  if (look.kind === 'redis') return [...redis(look)];
  if (look.kind === 'postgres') {
    return [fine(CHECK, `PostgreSQL ${look.version} at ${look.host} answers and takes writes`)];
  }
  return [folder(look), room(look)];
}

function* redis({ host, settings }: Extract<QueueLook, { kind: 'redis' }>): Generator<Finding> {
  yield fine(CHECK, `Redis at ${host} answers and takes writes`);
  const { maxmemoryPolicy, appendonly, save } = settings;
  const memory = 'queue memory';
  if (maxmemoryPolicy === null) {
    yield info(memory, 'this Redis keeps its maxmemory-policy to itself; it has to be noeviction');
  } else if (evicts(settings)) {
    yield warning(
      memory,
      `maxmemory-policy is ${maxmemoryPolicy}: this Redis throws waiting work away when its memory runs out`,
      'set maxmemory-policy noeviction in redis.conf (or CONFIG SET maxmemory-policy noeviction)',
    );
  } else yield fine(memory, `maxmemory-policy is ${maxmemoryPolicy}`);
  const persistence = 'queue persistence';
  if (appendonly === null) {
    yield info(persistence, 'this Redis keeps its settings to itself; appendonly has to be yes');
  } else if (forgets(settings)) {
    yield warning(
      persistence,
      'appendonly is no and there are no snapshots: the queue is gone when this Redis stops, and only the sweep finds the issues again',
      'set appendonly yes in redis.conf (or CONFIG SET appendonly yes)',
    );
  } else if (appendonly !== 'yes') {
    yield info(
      persistence,
      `appendonly is ${appendonly}, snapshots are on (save ${save}): what came after the last one is lost when Redis stops; the sweep finds it again`,
    );
  } else yield fine(persistence, 'appendonly is yes');
}

function folder({ folder, missing, held }: Extract<QueueLook, { kind: 'embedded' }>): Finding {
  if (missing) return fine(CHECK, `embedded; DATA_DIR ${folder} is not there yet, serve makes it`);
  return fine(
    CHECK,
    held
      ? `embedded in ${folder}; a process of the bot works with it, which is fine`
      : `embedded in ${folder}, which can be written to; no process works with it`,
  );
}

function room({
  folder,
  freeBytes,
  neededBytes,
}: Extract<QueueLook, { kind: 'embedded' }>): Finding {
  const check = 'queue room';
  if (freeBytes === null)
    return info(check, `the system does not say how much is free in ${folder}`);
  const [free, needed] = [Math.floor(freeBytes / MB), neededBytes / MB];
  return freeBytes < neededBytes
    ? failed(
        check,
        `${free} MB are free on the disk that holds ${folder}, and ${needed} MB have to be, so no hook is taken`,
        'make room there, or set DATA_DIR to another disk',
      )
    : fine(check, `${free} MB are free; ${needed} MB have to be`);
}
