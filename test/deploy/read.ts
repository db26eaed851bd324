/** Reads the files that run the bot elsewhere, with real parsers, and says what a JSON schema has against them. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { parseAllDocuments } from 'yaml';

const root = new URL('../../', import.meta.url);

export function readText(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** Every document of a YAML file; throws on what the parser so much as warns of. */
export function readYaml<T>(path: string): readonly T[] {
  const documents = parseAllDocuments(readText(path), { merge: true });
  if (!Array.isArray(documents)) throw new Error(`${path} is empty`);
  return documents.map((document) => {
    const [trouble] = [...document.errors, ...document.warnings];
    if (trouble) throw new Error(`${path}: ${trouble.message}`);
    return document.toJS() as T;
  });
}

/** `at`: the part of the schema that counts, such as `#/definitions/Pod`. Gives the check, which says what is wrong. */
export function openSchema(name: string): (value: unknown, at?: string) => readonly string[] {
  const schema = JSON.parse(readText(`test/schemas/${name}`), dropId) as {
    readonly $schema?: string;
  };
  const later = schema.$schema?.includes('2019-09') === true;
  const ajv = new (later ? Ajv2019 : Ajv)({ strict: false, allErrors: true });
  formats.default(ajv as Ajv);
  const { $schema: _, ...rest } = schema;
  ajv.addSchema({ ...rest, $id: name });
  return (value, at = '#') => {
    const validate = ajv.getSchema(`${name}${at}`);
    if (validate === undefined) return [`${name} has no ${at}`];
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

/** `id` was the name of `$id` in earlier drafts, and the compose schema still has it on some parts. */
function dropId(this: unknown, key: string, value: unknown): unknown {
  return key === 'id' && typeof value === 'string' ? undefined : value;
}
