/** `templates`: writes the issue templates from the policy; `--check` only says whether they are fresh. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../core/policy.ts';
import { writeTemplate } from '../core/say/templates.ts';
import { loadPolicy } from '../policy/load.ts';
import { exitCodes } from './failure.ts';
import { policyFile } from './policy.ts';

/** Where the templates stand in this project. */
const shippedFolder = fileURLToPath(new URL('../../issue-templates', import.meta.url));

/** With `check` nothing is written, and the exit code is 1 when a file is stale, missing or too many. */
export async function templates(options: {
  readonly check: boolean;
  readonly out: string | undefined;
}): Promise<number> {
  const policy = loadPolicy({ file: policyFile() });
  const folder = options.out ?? shippedFolder;
  const wanted = writeAll(policy);
  const stale: string[] = [];
  for (const [name, text] of wanted) {
    const there = await readFile(join(folder, name), 'utf8').catch(() => null);
    if (there !== text) stale.push(name);
  }
  const files = await readdir(folder).catch(() => []);
  const extra = files.filter((name) => name.endsWith('.md') && !wanted.has(name));
  const changed = [...stale, ...extra];
  if (options.check) {
    if (changed.length === 0) return exitCodes.fine;
    process.stderr.write(`Stale: ${changed.join(', ')}. Run "scoping-bot templates".\n`);
    return exitCodes.no;
  }
  await mkdir(folder, { recursive: true });
  for (const name of stale) await writeFile(join(folder, name), wanted.get(name) ?? '');
  // Only what we wrote earlier is removed: a template that somebody added by hand to a folder of theirs stays.
  if (options.out === undefined) for (const name of extra) await rm(join(folder, name));
  process.stdout.write(
    stale.length > 0 ? `Written: ${stale.join(', ')}\n` : 'The templates are fresh.\n',
  );
  return exitCodes.fine;
}

function writeAll(policy: Policy): ReadonlyMap<string, string> {
  return new Map(policy.templates.map((spec) => [`${spec.name}.md`, writeTemplate(spec, policy)]));
}
