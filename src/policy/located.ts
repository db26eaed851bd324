/** YAML text → a plain tree in which every key and value knows its file and line. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Problems, Spot } from './problems.ts';

export type Located = LocatedMap | LocatedList | LocatedScalar;
export interface LocatedMap extends Spot {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, { readonly key: Spot; readonly value: Located }>;
}
export interface LocatedList extends Spot {
  readonly kind: 'list';
  readonly items: readonly Located[];
}
export interface LocatedScalar extends Spot {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

/** Far above any real policy; stops aliases that unfold into aliases. */
const MOST_NODES = 200_000;
const DEEPEST = 40;
const FORBIDDEN_KEYS = new Set(['__proto__', 'prototype', 'constructor']);

const SAID: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'The same key stands twice in one map.',
  MULTIPLE_DOCS: 'Only one YAML document is allowed in a policy file; "---" begins a second one.',
  NON_STRING_KEY: 'Keys must be plain words.',
  TAB_AS_INDENT: 'Indent with spaces; a tab stands here.',
};

/**
 * Reads one policy file's text. Returns null (with problems added) when the text is not YAML, is empty,
 * or does not hold a map; never throws.
 */
export function readLocated(text: string, file: string, problems: Problems): LocatedMap | null {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    resolveKnownTags: false,
  });
  const spotAt = (offset: number): Spot => ({ file, line: lines.linePos(offset).line || 1 });
  for (const error of [...document.errors, ...document.warnings]) {
    problems.add(spotAt(error.pos[0]), SAID[error.code] ?? `Not valid YAML: ${error.message}`);
  }
  if (document.errors.length > 0 || document.warnings.length > 0) return null;
  if (document.contents === null) {
    problems.add({ file, line: 1 }, 'The file is empty; a policy is a YAML map.');
    return null;
  }

  let nodes = 0;
  let refused = false;
  function refuse(spot: Spot, message: string): LocatedScalar {
    if (!refused) problems.add(spot, message);
    refused = true;
    return { ...spot, kind: 'scalar', value: null };
  }
  function walk(node: Node | null, spot: Spot, depth: number): Located {
    nodes += 1;
    if (nodes > MOST_NODES) return refuse(spot, 'Aliases make this file unfold into far too much.');
    if (depth > DEEPEST) return refuse(spot, 'Nested too deeply (or an alias holds itself).');
    if (refused) return { ...spot, kind: 'scalar', value: null };
    const here = node?.range ? spotAt(node.range[0]) : spot;
    if (isAlias(node)) {
      const anchored = node.resolve(document);
      if (anchored) return walk(anchored, here, depth + 1);
      return refuse(here, `There is no anchor &${node.source} above this alias.`);
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => walk(item as Node | null, here, depth + 1));
      return { ...here, kind: 'list', items };
    }
    if (isMap(node)) {
      const entries = new Map<string, { key: Spot; value: Located }>();
      for (const pair of node.items) {
        const keyNode = pair.key as Node;
        const key = keyNode.range ? spotAt(keyNode.range[0]) : here;
        const name = isScalar(keyNode) ? String(keyNode.value) : '';
        if (FORBIDDEN_KEYS.has(name)) {
          problems.add(key, `The key "${name}" is not allowed in a policy.`);
          continue;
        }
        entries.set(name, { key, value: walk(pair.value as Node | null, key, depth + 1) });
      }
      return { ...here, kind: 'map', entries };
    }
    const value = isScalar(node) ? node.value : null;
    const plain =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return { ...here, kind: 'scalar', value: plain ? value : null };
  }

  const root = walk(document.contents, { file, line: 1 }, 0);
  if (refused) return null;
  if (root.kind === 'map') return root;
  problems.add(
    root,
    `A policy is a YAML map; this file holds a ${root.kind === 'list' ? 'list' : 'single value'}.`,
  );
  return null;
}

/** The tree without its places, as zod and JSON know it. */
export function plain(node: Located): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

/** Where the value at `path` stands; when it is missing, where its nearest parent stands. */
export function spotOf(root: Located, path: readonly PropertyKey[]): Spot {
  let node: Located = root;
  for (const step of path) {
    const next: Located | undefined =
      node.kind === 'list'
        ? node.items[Number(step)]
        : node.kind === 'map'
          ? node.entries.get(String(step))?.value
          : undefined;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** Where the key itself stands; the map's own place when the key is missing. */
export function keySpotOf(root: Located, path: readonly PropertyKey[], key: string): Spot {
  let node: Located | undefined = root;
  for (const step of path) {
    if (node?.kind === 'list') node = node.items[Number(step)];
    else if (node?.kind === 'map') node = node.entries.get(String(step))?.value;
    else node = undefined;
  }
  if (node === undefined) return spotOf(root, path);
  return node.kind === 'map' ? (node.entries.get(key)?.key ?? node) : node;
}
