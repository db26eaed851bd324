/** The reference of policies as Markdown: every key from the schema, and every name that a policy may use. */
import { stringify } from 'yaml';
import { documentJsonSchema, type JsonSchema } from './json-schema.ts';
import { flatLimits } from './limits.ts';
import { exampleOf, generalPath, meaningOf } from './meanings.ts';
import { intro } from './reference-intro.ts';
import { writeNames } from './reference-names.ts';
import { markdownTable } from './reference-table.ts';
import type { PolicyDocument } from './schema.ts';

/** One key, as the schema has it. */
export interface Key {
  /** `[]` an item of a list, `*` any name. */
  readonly path: string;
  readonly type: string;
  /** What holds when it is left out; null: it may not be. */
  readonly byDefault: string | null;
}

/** `document` gives the names and limits; examples come from it and, where it has none, from `richer`. */
export function writeReference(document: PolicyDocument, richer: PolicyDocument): string {
  const keys = policyKeys();
  const tops = [...new Set(keys.map(({ path }) => top(path)))];
  const single = tops.filter((name) => keys.filter(({ path }) => top(path) === name).length === 1);
  const sections = tops
    .filter((name) => !single.includes(name))
    .map((name) => {
      const own = keys.filter(({ path }) => top(path) === name);
      return [
        `### \`${name}\``,
        `${meaningOf(name)}.`,
        keyTable(
          own.filter(({ path }) => path !== name),
          richer,
        ),
        ...itemExample(name, richer),
      ].join('\n\n');
    });
  return `${[
    intro.trimEnd(),
    '### Single settings',
    keyTable(
      keys.filter(({ path }) => single.includes(path)),
      richer,
    ),
    ...sections,
    writeNames(document, flatLimits(document.limits)),
  ].join('\n\n')}\n`;
}

/** Every key at any depth, in the order of the schema; what is alike under several names comes once. */
export function policyKeys(): readonly Key[] {
  const seen = new Map<string, Key>();
  const walk = (schema: JsonSchema, path: string): void => {
    for (const [name, inner] of Object.entries(schema.properties ?? {})) {
      const at = generalPath(path === '' ? name : `${path}.${name}`);
      const needed = schema.required?.includes(name) === true;
      if (!seen.has(at))
        seen.set(at, { path: at, type: typeOf(inner), byDefault: defaultOf(inner, needed) });
      walk(inner, at);
    }
    if (schema.items) walk(schema.items, `${path}[]`);
    if (typeof schema.additionalProperties === 'object')
      walk(schema.additionalProperties, `${path}.*`);
    for (const option of schema.anyOf ?? []) walk(option, path);
  };
  walk(documentJsonSchema(), '');
  return [...seen.values()];
}

function top(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}

function keyTable(keys: readonly Key[], document: PolicyDocument): string {
  return markdownTable(
    ['Key', 'Type', 'Default', 'Meaning', 'Example'],
    keys.map(({ path, type, byDefault }) => [
      `\`${path}\``,
      type,
      byDefault ?? 'needed',
      meaningOf(path) ?? '',
      exampleText(path, document),
    ]),
  );
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((each) => `\`${each}\``).join(', ');
  if (schema.anyOf) {
    return [...new Set(schema.anyOf.filter(({ type }) => type !== 'null').map(typeOf))].join(
      ' or ',
    );
  }
  if (schema.type === 'array') return `list of ${plural(typeOf(schema.items ?? {}))}`;
  if (schema.type === 'object')
    return typeof schema.additionalProperties === 'object' ? 'by name' : 'map';
  if (schema.description === CONDITION) return 'condition';
  const words = {
    string: 'text',
    boolean: '`true`, `false`',
    integer: 'whole number',
    number: 'number',
  };
  return words[schema.type as keyof typeof words] ?? String(schema.type);
}

const CONDITION = 'A CEL expression that is true or false';

function plural(type: string): string {
  if (type === 'text') return 'texts';
  if (type === 'map') return 'items';
  return type;
}

function defaultOf(schema: JsonSchema, needed: boolean): string | null {
  if (needed) return null;
  const value = schema.default;
  if (value === undefined) return 'none';
  if (value === '' || JSON.stringify(value) === '{}' || JSON.stringify(value) === '[]')
    return 'none';
  return typeof value === 'object' ? 'none' : `\`${String(value)}\``;
}

/** Longer ones are no help in a table. */
const LONGEST = 90;

function exampleText(path: string, document: PolicyDocument): string {
  const given = exampleOf(path);
  const values = given === undefined ? valuesAt(document, path.split(/\.|(?=\[\])/)) : [given];
  const texts = values
    .filter(isTelling)
    .map(inline)
    .filter((text) => text.length <= LONGEST);
  const [first] = texts;
  return first === undefined ? '' : `\`${first.replaceAll('`', "'")}\``;
}

/** All values under a path, in order. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (step === '[]' || step === '*') {
    return Object.values(value).flatMap((each) => valuesAt(each, rest));
  }
  return Object.hasOwn(value, step) ? valuesAt(Reflect.get(value, step), rest) : [];
}

function isTelling(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/** On one line as YAML; a list or map that is too long by its first items. */
function inline(value: unknown, most: number): string {
  return stringify(shortened(value, most), {
    lineWidth: 0,
    collectionStyle: 'flow',
    flowCollectionPadding: false,
    aliasDuplicateObjects: false,
  })
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}

function shortened(value: unknown, most: number): unknown {
  if (Array.isArray(value)) return value.slice(0, most);
  if (most > 1 || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).slice(0, most));
}

/** For a list of items: the shortest shipped one whole that says more than its names. */
function itemExample(name: string, document: PolicyDocument): readonly string[] {
  const value: unknown = Reflect.get(document, name);
  if (!Array.isArray(value)) return [];
  const texts = value
    .map((item: unknown) => stringify({ [name]: [pruned(item)] }, { lineWidth: 110 }).trim())
    .filter((text) => text.split('\n').length > 3 && text.split('\n').length < 16)
    .toSorted((a, b) => a.length - b.length);
  const [middle] = texts.slice(Math.floor(texts.length / 4));
  return middle === undefined ? [] : [`\`\`\`yaml\n${middle}\n\`\`\``];
}

/** Without what is empty, as a person would write it. */
function pruned(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  return Object.fromEntries(
    Object.entries(item).filter(([, value]) => isTelling(value) && value !== false),
  );
}
