/** A document with mistakes of shape → one to look for further mistakes in, so that ids and conditions are checked in the same run. */
import type { z } from 'zod';
import { nearest } from '../core/nearest.ts';
import { PolicyDocument } from './schema.ts';

const mostRounds = 5;

/**
 * Drops unknown keys, takes the nearest allowed word for a wrong one, drops other wrong values; places in
 * lists stay what they are, so that problems found later have their right lines. Null when that does not
 * make a document. The result is never used as a policy.
 */
export function mendDocument(value: unknown): PolicyDocument | null {
  const copy: unknown = structuredClone(value);
  for (let round = 0; round < mostRounds; round += 1) {
    const result = PolicyDocument.safeParse(copy);
    if (result.success) return result.data;
    const mended = result.error.issues.map((issue) => mendOne(copy, issue));
    if (mended.includes(false)) return null;
  }
  return null;
}

function mendOne(root: unknown, issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'unrecognized_keys') {
    const map = at(root, issue.path);
    for (const key of issue.keys) delete map?.[key];
    return map !== null;
  }
  const parent = at(root, issue.path.slice(0, -1));
  const key = issue.path.at(-1);
  if (!parent || key === undefined) return false;
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const meant = nearest(String(parent[key]), values);
    // A wrong guess at a question's type would make conditions look wrong that are right.
    if (meant === null && key === 'type') return false;
    parent[key] = meant ?? values[0];
    return true;
  }
  return !Array.isArray(parent) && key in parent && delete parent[key];
}

function at(root: unknown, path: readonly PropertyKey[]): Record<PropertyKey, unknown> | null {
  let node = root;
  for (const step of path) node = (node as Record<PropertyKey, unknown> | null)?.[step];
  return typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>) : null;
}
