/** Loads the policy: the shipped folder, the user's file over it or alone, checked as a whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../core/policy.ts';
import { compilePolicy } from './compile.ts';
import { parseDocument } from './issues.ts';
import { layer } from './layer.ts';
import { type LocatedMap, plain, readLocated } from './located.ts';
import { mendDocument } from './mend.ts';
import { Problems } from './problems.ts';
import { checkReferences } from './references.ts';
import type { PolicyDocument } from './schema.ts';
import { siteOf } from './site.ts';

export interface PolicySource {
  /** A policy file of the user; undefined or empty: the shipped policy as it is. */
  readonly file?: string | undefined;
  /** The folder of the shipped policy, when it is not the package's own. */
  readonly shipped?: string | undefined;
}

/** `src/policy/` and `dist/policy/` are equally deep in the package. */
const SHIPPED = fileURLToPath(new URL('../../policy/', import.meta.url));

/** The policy, ready to use. Throws `PolicyError` with every problem that was found. */
export function loadPolicy(source: PolicySource = {}): Policy {
  return load(source).policy;
}

/** The effective document in the shape of the policy file: layered, checked, defaults filled in. Throws `PolicyError`. */
export function readPolicyDocument(source: PolicySource = {}): PolicyDocument {
  return load(source).document;
}

function load({ file, shipped = SHIPPED }: PolicySource): {
  policy: Policy;
  document: PolicyDocument;
} {
  const problems = new Problems();
  const tree = readTree(file, shipped, problems);
  if (!tree) problems.throwIfAny();
  const value = tree && plain(tree);
  const document = tree && (parseDocument(tree, value, problems) ?? mendDocument(value));
  if (!tree || !document) {
    problems.throwIfAny();
    throw new Error('a policy without problems has a document');
  }
  const site = siteOf(document, tree, problems);
  checkReferences(site);
  const policy = compilePolicy(site);
  problems.throwIfAny();
  return { policy, document };
}

function readTree(
  file: string | undefined,
  shipped: string,
  problems: Problems,
): LocatedMap | null {
  if (!file) return readFolder(shipped, problems);
  const own = readFile(file, file, problems);
  if (own === null) return null;
  const { extended, tree } = takeExtends(own, problems);
  const over = extended ? readFolder(shipped, problems) : undefined;
  return over === null ? null : (layer(over, tree, problems) as LocatedMap);
}

/** All `*.yaml` files in and below the folder, layered in the order of their names. */
function readFolder(folder: string, problems: Problems): LocatedMap | null {
  const label = (name: string) => join(basename(folder), name);
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch (error) {
    problems.add({ file: folder, line: 1 }, `The folder cannot be read: ${reason(error)}.`);
    return null;
  }
  let tree: LocatedMap | undefined;
  for (const name of names) {
    const next = readFile(join(folder, name), label(name), problems);
    // Without this file everything that it holds would be missing: only its own mistakes are said.
    if (next === null) return null;
    tree = layer(tree, next, problems) as LocatedMap;
  }
  if (names.length === 0) {
    problems.add({ file: folder, line: 1 }, 'The folder holds no policy (no *.yaml file).');
  }
  // What is missing altogether is missing from the folder, not from the file that happens to be last.
  return tree ? { ...tree, file: basename(folder), line: 1 } : null;
}

function readFile(path: string, file: string, problems: Problems): LocatedMap | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    return readLocated(text, file, problems);
  } catch (error) {
    problems.add({ file, line: 1 }, `The file cannot be read: ${reason(error)}.`);
    return null;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'access is denied',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
};

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}

function takeExtends(own: LocatedMap, problems: Problems): { extended: boolean; tree: LocatedMap } {
  const found = own.entries.get('extends');
  if (found === undefined) return { extended: false, tree: own };
  const { value } = found;
  if (value.kind !== 'scalar' || value.value !== 'default') {
    const read = value.kind === 'scalar' ? JSON.stringify(value.value) : `a ${value.kind}`;
    problems.add(value, `extends: read ${read}. Allowed: default (or leave it out).`);
  }
  const entries = new Map(own.entries);
  entries.delete('extends');
  return { extended: true, tree: { ...own, entries } };
}
