/** Policies for tests: a small shipped folder, and users' files written to a place of their own. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPolicy, type PolicySource } from '../../src/policy/load.ts';
import { PolicyError, type Problem } from '../../src/policy/problems.ts';

/** A folder with one complete policy that stands for the shipped one. */
export const SMALL = fileURLToPath(new URL('./fixtures', import.meta.url));

/** Writes files into a new folder and returns its path. */
export function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** A user's file with this text, over the small policy. */
export function over(text: string | Uint8Array): PolicySource {
  return { file: join(folderWith({ 'own.yaml': text }), 'own.yaml'), shipped: SMALL };
}

/** What is wrong with a source; fails when nothing is. */
export function problemsOf(source: PolicySource): readonly Problem[] {
  try {
    loadPolicy(source);
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
  throw new Error('the policy has no problems');
}
