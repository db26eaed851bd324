/** Says what zod found in our own words: where, what was read, what is allowed. */
import type { z } from 'zod';
import { didYouMean } from '../core/nearest.ts';
import { documentJsonSchema, type JsonSchema } from './json-schema.ts';
import { keySpotOf, type Located, spotOf } from './located.ts';
import { misspeltAt } from './meant.ts';
import type { Problems } from './problems.ts';
import { PolicyDocument } from './schema.ts';

type Path = readonly PropertyKey[];

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'nothing',
};

/** What stands there, short enough for a line. */
function readAs(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return `${String(value)} (${TYPE_NAMES[typeof value]})`;
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
}

function schemaAt(schema: JsonSchema, path: Path): JsonSchema | null {
  let here: JsonSchema | undefined = schema;
  for (const step of path) {
    const options: readonly JsonSchema[] = here?.anyOf ?? (here ? [here] : []);
    const name = String(step);
    here = undefined;
    for (const option of options) {
      const open = option.additionalProperties;
      here ??=
        typeof step === 'number'
          ? option.items
          : (option.properties?.[name] ?? (typeof open === 'object' ? open : undefined));
    }
    if (here === undefined) return null;
  }
  return here ?? null;
}

/** The keys that a map of the format has: its properties, or the names that its keys may have. */
function keysOf(schema: JsonSchema | null): readonly string[] {
  return Object.keys(schema?.properties ?? {}).concat(
    (schema?.propertyNames?.enum ?? []).map(String),
  );
}

function allowed(schema: JsonSchema | null): string {
  if (schema === null) return 'something else';
  if (schema.anyOf) return schema.anyOf.map(allowed).join(' or ');
  if (schema.enum) return schema.enum.map(String).join(', ');
  const name = TYPE_NAMES[schema.type ?? ''] ?? 'something else';
  return schema.properties ? `${name} with ${Object.keys(schema.properties).join(', ')}` : name;
}

/** A path as people find it: items by their name, `questions.users_planned.type`. */
export function pathName(root: unknown, path: Path): string {
  let node = root;
  let said = '';
  for (const step of path) {
    node = (node as Record<PropertyKey, unknown> | null | undefined)?.[step];
    const item = node as Record<string, unknown> | null | undefined;
    const name =
      typeof step === 'number' && typeof item === 'object'
        ? (item?.id ?? item?.username ?? item?.name ?? item?.label)
        : undefined;
    const isNamed = typeof name === 'string' || typeof name === 'number';
    if (typeof step === 'number' && !isNamed) said += `[${step + 1}]`;
    else said += `${said === '' ? '' : '.'}${isNamed ? name : String(step)}`;
  }
  return said;
}

function valueAt(root: unknown, path: Path): unknown {
  let node = root;
  for (const step of path) node = (node as Record<PropertyKey, unknown> | null | undefined)?.[step];
  return node;
}

/** The document when it has the right shape; null, with problems added at their lines, when it has not. */
export function parseDocument(
  tree: Located,
  value: unknown,
  problems: Problems,
): PolicyDocument | null {
  const result = PolicyDocument.safeParse(value);
  if (result.success) return result.data;
  const schema = documentJsonSchema();

  /** Before the keys that a new thing lacks: that it need not be one. Said once, however many are missing. */
  function hintAtOld(item: Path): void {
    const isNamed = (path: Path): boolean => {
      const holder = schemaAt(schema, path.slice(0, -1));
      return (holder?.anyOf ?? [holder]).every((one) => !keysOf(one).includes(String(path.at(-1))));
    };
    const found = misspeltAt(value, item, isNamed);
    // Where only certain ids are allowed, that is said of the id already.
    if (found === null || schemaAt(schema, [...found.path, 'id'])?.enum) return;
    problems.add(
      spotOf(tree, found.path),
      `${pathName(value, found.path)}: "${found.read}" is new here, and so needs every key without a default. Did you mean "${found.meant}"?`,
    );
  }

  function report(issue: z.core.$ZodIssue, above: Path): void {
    const path = [...above, ...issue.path];
    const name = pathName(value, path);
    const read = valueAt(value, path);
    const here = schemaAt(schema, path);
    if (issue.code === 'unrecognized_keys') {
      const known = (here?.anyOf ?? [here]).flatMap(keysOf);
      for (const key of issue.keys) {
        const full = name === '' ? key : `${name}.${key}`;
        problems.add(
          keySpotOf(tree, path, key),
          `${full}: unknown key.${didYouMean(key, known)} Allowed: ${known.join(', ')}.`,
        );
      }
      return;
    }
    if (issue.code === 'invalid_union') {
      // The option that the writer meant is the one of the same kind; its own complaints say more.
      const inner =
        issue.errors.find((list) => list.some((one) => one.path.length > 0)) ??
        issue.errors.find((list) => list.some((one) => one.code !== 'invalid_type'));
      if (inner !== undefined) {
        for (const one of inner) report(one, path);
        return;
      }
    }
    if (issue.code === 'invalid_key') {
      const said = issue.issues.map((one) => one.message).join('; ');
      problems.add(
        keySpotOf(tree, path.slice(0, -1), String(path.at(-1))),
        `${name}: a key here is ${said}.`,
      );
      return;
    }
    if (read === undefined) {
      hintAtOld(path.slice(0, -1));
      problems.add(spotOf(tree, path), `${name} is missing. Allowed: ${allowed(here)}.`);
      return;
    }
    const wanted = issue.code === 'invalid_format' ? issue.message : allowed(here);
    const limit =
      issue.code === 'too_small'
        ? `, at least ${issue.minimum}`
        : issue.code === 'too_big'
          ? `, at most ${issue.maximum}`
          : '';
    const options = (here?.enum ?? []).map(String);
    const hint = typeof read === 'string' ? didYouMean(read, options) : '';
    const quote =
      here?.type === 'string' && (typeof read === 'number' || typeof read === 'boolean')
        ? ' Put it in quotes.'
        : '';
    problems.add(
      spotOf(tree, path),
      `${name}: read ${readAs(read)}. Allowed: ${wanted}${limit}.${hint}${quote}`,
    );
  }

  for (const issue of result.error.issues) report(issue, []);
  return null;
}
