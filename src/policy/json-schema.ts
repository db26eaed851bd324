/** The JSON Schema of a policy file, for editors and for `policy schema`. */
import { z } from 'zod';
import { meaningOf } from './meanings.ts';
import { PolicyDocument } from './schema.ts';

/** The part of JSON Schema that zod writes for our document. */
export interface JsonSchema {
  readonly [key: string]: unknown;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
}

/** The schema of a complete document, as written in a file: what has a default may be left out. */
export function documentJsonSchema(): JsonSchema {
  return z.toJSONSchema(PolicyDocument, { io: 'input' }) as JsonSchema;
}

const NAMING_KEYS = ['id', 'username', 'name', 'label'];

/** The same for a file that layers: nothing is required but the names of items, which may be removed. */
function layered(schema: JsonSchema, isItem = false): JsonSchema {
  const { required: _, minItems: __, default: ___, ...rest } = schema;
  const out: Record<string, unknown> = { ...rest };
  if (schema.properties) {
    const properties = Object.entries(schema.properties).map(([k, v]) => [k, layered(v)] as const);
    const name = NAMING_KEYS.find((key) => schema.properties?.[key] !== undefined);
    const isNamed = isItem && name !== undefined;
    out.properties = Object.fromEntries(
      isNamed ? [...properties, ['remove', { const: true }]] : properties,
    );
    if (isNamed) out.required = [name];
  }
  if (schema.items) out.items = layered(schema.items, true);
  if (schema.anyOf) out.anyOf = schema.anyOf.map((option) => layered(option));
  if (typeof schema.additionalProperties === 'object') {
    out.additionalProperties = layered(schema.additionalProperties);
  }
  return out;
}

/** With the sentence of each key, which editors show beside it. `path` as in `meanings.ts`. */
function described(schema: JsonSchema, path: string): JsonSchema {
  const meaning = meaningOf(path);
  const { properties, items, additionalProperties, anyOf } = schema;
  return {
    ...schema,
    ...(meaning !== undefined && { description: meaning }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [
          name,
          described(inner, path === '' ? name : `${path}.${name}`),
        ]),
      ),
    }),
    ...(items && { items: described(items, `${path}[]`) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: described(additionalProperties, `${path}.*`),
    }),
    ...(anyOf && { anyOf: anyOf.map((option) => described(option, path)) }),
  };
}

/**
 * JSON Schema (2020-12) of a policy file: with `extends: default` everything may be left out and items may
 * be removed; without it the file must be complete.
 */
export function policyJsonSchema(): Record<string, unknown> {
  const { $schema, ...complete } = described(documentJsonSchema(), '');
  const over = layered(complete);
  return {
    $schema,
    title: 'Policy of the scoping bot',
    if: { type: 'object', required: ['extends'] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
    then: { ...over, properties: { extends: { const: 'default' }, ...over.properties } },
    else: complete,
  };
}
