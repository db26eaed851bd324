/** Reads the files that run the bot elsewhere, with real parsers, and says what a JSON schema has against them. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
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
  const { $schema: _, ...schema } = JSON.parse(readText(`test/schemas/${name}`)) as {
    readonly $schema?: string;
  };
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  // Where these schemas say "duration" they mean 1m30s, and not the form of ISO 8601.
  ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
  ajv.addSchema({ ...schema, $id: name });
  return (value, at = '#') => {
    const validate = ajv.getSchema(`${name}${at}`);
    if (validate === undefined) return [`${name} has no ${at}`];
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}
