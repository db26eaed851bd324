/** `templates`: writes the issue templates from the policy; `--check` only says whether they are fresh. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeTemplates } from '../core/say/templates.ts';
import { loadPolicy } from '../policy/load.ts';
import { exitCodes, fileTrouble, UsageError } from './failure.ts';
import { policyFile } from './policy.ts';

/** Where the templates stand in this project. */
const shippedFolder = fileURLToPath(new URL('../../issue-templates', import.meta.url));

/**
 * With `check` nothing is written, and the exit code is 1 when a file is stale, missing or too many.
 * Too many can only be files in our own folder: in another one (`out`) people may keep theirs.
 */
export async function templates(options: {
  readonly check: boolean;
  readonly out: string | undefined;
}): Promise<number> {
  const policy = loadPolicy({ file: policyFile() });
  const folder = options.out ?? shippedFolder;
  const wanted = writeTemplates(policy);
  const stale: string[] = [];
  for (const [name, text] of wanted) {
    const there = await readFile(join(folder, name), 'utf8').catch(() => null);
    if (there !== text) stale.push(name);
  }
  const extra = options.out === undefined ? await findExtra(wanted) : [];
  if (options.check) {
    if (stale.length + extra.length === 0) return exitCodes.fine;
    const command = ['scoping-bot templates', ...(options.out ? [`--out ${options.out}`] : [])];
    process.stderr.write(
      `Stale: ${[...stale, ...extra].join(', ')}. Run "${command.join(' ')}".\n`,
    );
    return exitCodes.no;
  }
  try {
    await mkdir(folder, { recursive: true });
    for (const name of stale) await writeFile(join(folder, name), wanted.get(name) ?? '');
    for (const name of extra) await rm(join(folder, name));
  } catch (error) {
    throw new UsageError(`${folder}: the templates cannot be written there: ${fileTrouble(error)}`);
  }
  const done = [
    ...(stale.length > 0 ? [`Written: ${stale.join(', ')}`] : []),
    ...(extra.length > 0 ? [`Removed: ${extra.join(', ')}`] : []),
  ];
  process.stdout.write(`${done.length > 0 ? done.join('\n') : 'The templates are fresh.'}\n`);
  return exitCodes.fine;
}

/** What we wrote earlier and the policy no longer names. */
async function findExtra(wanted: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const files = await readdir(shippedFolder).catch(() => []);
  return files.filter((name) => name.endsWith('.md') && !wanted.has(name));
}
