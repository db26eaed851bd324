/** Judges requests by GitLab's own OpenAPI file: unknown parameters and wrong types are problems. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const file = new URL('../schemas/gitlab-openapi-v3.trimmed.yaml', import.meta.url);
const document = parse(readFileSync(file, 'utf8')) as Document;
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);

/** Where the file declares what GitLab does not mean (see `test/schemas/README.md`). */
const COMMIT_BODY: Schema = JSON.parse(`{
  "type": "object",
  "required": ["branch", "commit_message", "actions"],
  "properties": {
    "branch": { "type": "string" },
    "commit_message": { "type": "string" },
    "start_branch": { "type": "string" },
    "actions": { "type": "array", "items": { "type": "object", "required": ["action", "file_path"] } }
  }
}`) as Schema;
const TRUE_BODIES = new Map([['post /api/v4/projects/{id}/repository/commits', COMMIT_BODY]]);

/** Left out of the trimmed file; from GitLab's documentation of the projects API. */
const LIST_PROJECTS: Operation = {
  parameters: [
    ['archived', 'boolean'],
    ['membership', 'boolean'],
    ['min_access_level', 'integer'],
    ['order_by', 'string'],
    ['page', 'integer'],
    ['per_page', 'integer'],
    ['search', 'string'],
    ['simple', 'boolean'],
    ['sort', 'string'],
    ['with_issues_enabled', 'boolean'],
  ].map(([name = '', type = '']) => ({ name, in: 'query', schema: { type } })),
};
/** Also left out; from GitLab's documentation of branches, the repository tree and merge requests. */
const PATH_ID: Parameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const GET_BRANCH: Operation = {
  parameters: [PATH_ID, { name: 'branch', in: 'path', required: true, schema: { type: 'string' } }],
};
const TREE: Operation = {
  parameters: [
    PATH_ID,
    ...['path', 'ref'].map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
    ...['page', 'per_page'].map((name) => ({ name, in: 'query', schema: { type: 'integer' } })),
    { name: 'recursive', in: 'query', schema: { type: 'boolean' } },
  ],
};
const LIST_MERGE_REQUESTS: Operation = {
  parameters: [
    PATH_ID,
    ...['state', 'source_branch', 'target_branch', 'order_by', 'sort'].map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string' },
    })),
    ...['page', 'per_page'].map((name) => ({ name, in: 'query', schema: { type: 'integer' } })),
  ],
};
const MERGE_REQUEST_BODY = JSON.parse(`{
  "type": "object",
  "required": ["source_branch", "target_branch", "title"],
  "properties": {
    "source_branch": { "type": "string" },
    "target_branch": { "type": "string" },
    "title": { "type": "string" },
    "description": { "type": "string" },
    "remove_source_branch": { "type": "boolean" }
  }
}`) as Schema;
const MAKE_MERGE_REQUEST: Operation = {
  parameters: [PATH_ID],
  requestBody: {
    required: true,
    content: { 'application/json': { schema: MERGE_REQUEST_BODY } },
  },
};

const paths: Document['paths'] = {
  ...document.paths,
  '/api/v4/projects': { get: LIST_PROJECTS },
  '/api/v4/projects/{id}/repository/branches/{branch}': { get: GET_BRANCH },
  '/api/v4/projects/{id}/repository/tree': { get: TREE },
  '/api/v4/projects/{id}/merge_requests': { get: LIST_MERGE_REQUESTS, post: MAKE_MERGE_REQUEST },
};

/** Templates with the most fixed segments first, so that `members/all` wins over `members/{user_id}`. */
const templates = Object.keys(paths)
  .sort((a, b) => a.split('{').length - b.split('{').length)
  .map((template) => {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const pattern = template
      .replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replaceAll(/\{\w+\}/g, '([^/]+)');
    return { template, names, pattern: new RegExp(`^${pattern}$`) };
  });

/**
 * Problems of a request, in words; empty when GitLab would understand all of it. `path` starts with
 * `/api/v4` and is still percent-encoded, `query` is what follows the question mark, `body` is parsed JSON.
 */
export function checkRequest(
  method: string,
  path: string,
  query: string | URLSearchParams,
  body: unknown,
): string[] {
  const verb = method.toLowerCase();
  const found = templates.find(
    ({ template, pattern }) => pattern.test(path) && paths[template]?.[verb],
  );
  const operation = found && paths[found.template]?.[verb];
  if (found === undefined || operation === undefined)
    return [`${method} ${path}: no such operation`];
  const segments = found.pattern.exec(path)?.slice(1).map(decodeURIComponent) ?? [];
  const inPath = new Map(found.names.map((name, index) => [name, [segments[index] ?? '']]));
  const inQuery = parseQuery(new URLSearchParams(query));
  const parameters = operation.parameters ?? [];
  return [
    ...checkParameters(parameters, 'path', inPath),
    ...checkParameters(parameters, 'query', inQuery),
    ...checkBody(operation, `${verb} ${found.template}`, body),
  ].map((problem) => `${method} ${path}: ${problem}`);
}

function parseQuery(query: URLSearchParams): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [key, value] of query) {
    const name = key.replace(/\[\d*\]$/, '');
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

function checkParameters(
  parameters: readonly Parameter[],
  place: 'path' | 'query',
  given: ReadonlyMap<string, readonly string[]>,
): string[] {
  const known = parameters.filter((parameter) => parameter.in === place);
  const missing = known
    .filter((parameter) => parameter.required === true && !given.has(parameter.name))
    .map(({ name }) => `${place} parameter ${name} is missing`);
  const wrong = [...given].flatMap(([name, texts]) => {
    const schema = known.find((parameter) => parameter.name === name)?.schema;
    if (schema === undefined) return [`unknown ${place} parameter ${name}`];
    const problems = complaints(schema, fromText(schema, texts));
    return problems.map((problem) => `${place} parameter ${name} ${problem}`);
  });
  return [...missing, ...wrong];
}

/** A query's text as the type that its schema wants; unchanged when it is not of that form. */
function fromText(schema: Schema, texts: readonly string[]): unknown {
  const text = texts.at(-1) ?? '';
  // Either alternative will do for an id; the file's `oneOf` would count a number as both.
  if (schema.oneOf !== undefined) return text;
  if (schema.type === 'array') return texts.flatMap((each) => each.split(','));
  if (schema.type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (schema.type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true';
  return text;
}

function checkBody(operation: Operation, key: string, body: unknown): string[] {
  const declared = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const schema = TRUE_BODIES.get(key) ?? resolve(declared);
  const empty = body === undefined || body === null || Object.keys(Object(body)).length === 0;
  if (schema === undefined) return empty ? [] : ['a body where none is known'];
  if (empty) return operation.requestBody?.required === true ? ['the body is missing'] : [];
  const known = new Set(Object.keys(schema.properties ?? {}));
  const unknown = Object.keys(Object(body)).filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => `unknown body parameter ${name}`),
    ...complaints(schema, body).map((problem) => `body ${problem}`),
  ];
}

function resolve(schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1);
  return name === undefined ? schema : document.components.schemas[name];
}

const validators = new Map<Schema, ValidateFunction>();

function complaints(schema: Schema, value: unknown): string[] {
  const known = validators.get(schema) ?? ajv.compile(schema);
  validators.set(schema, known);
  if (known(value)) return [];
  return (known.errors ?? []).map(({ instancePath, message }) =>
    `${instancePath} ${message}`.trim(),
  );
}
