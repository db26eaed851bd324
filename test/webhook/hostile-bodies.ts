/** Bodies that nobody honest sends: the files of `hostile/`, and those that are too large for a file. */
import { readdirSync, readFileSync } from 'node:fs';
import { issueHook } from './given.ts';

/** `status`: what is answered; in a file's name it stands first. */
export interface HostileBody {
  readonly name: string;
  readonly status: number;
  readonly body: Buffer;
}

const folder = new URL('./hostile/', import.meta.url);
const levels = 100_000;
const hook = JSON.stringify(issueHook());
const beside = (json: string) => Buffer.from(`${hook.slice(0, -1)},"x":${json}}`);

const large: readonly HostileBody[] = [
  { name: 'lists 100,000 deep', status: 400, body: around('[', ']') },
  { name: 'objects 100,000 deep', status: 400, body: around('{"a":', '}', '1') },
  { name: 'lists 100,000 deep, never closed', status: 400, body: Buffer.alloc(levels, '[') },
  { name: 'a hook with lists 100,000 deep', status: 202, body: beside(String(around('[', ']'))) },
  { name: 'a hook with 100,000 keys', status: 202, body: beside(`{${keys(levels)}}`) },
  { name: 'a hook with a key of 1 MB', status: 202, body: beside(`{"${'k'.repeat(1e6)}":1}`) },
  { name: 'a hook with a number of 1 MB', status: 202, body: beside('9'.repeat(1e6)) },
  { name: 'a hook after 20 MB of spaces', status: 400, body: Buffer.from(' '.repeat(2e7) + hook) },
  { name: 'a hook with a kind of 3 MB', status: 204, body: kindOf('issue'.repeat(6e5)) },
  {
    name: 'a hook with 500,000 labels',
    status: 400,
    body: beside(`[${'{"id":1},'.repeat(5e5)}0]`),
  },
];

export function hostileBodies(): readonly HostileBody[] {
  const files = readdirSync(folder).map((file) => ({
    name: file.slice(4, -'.body'.length),
    status: Number(file.slice(0, 3)),
    body: readFileSync(new URL(file, folder)),
  }));
  return [...files, ...large];
}

function around(open: string, close: string, inner = ''): Buffer {
  return Buffer.from(open.repeat(levels) + inner + close.repeat(levels));
}

function keys(count: number): string {
  return Array.from({ length: count }, (_, n) => `"k${n}":${n}`).join(',');
}

function kindOf(kind: string): Buffer {
  return Buffer.from(JSON.stringify(issueHook({}, { object_kind: kind })));
}
