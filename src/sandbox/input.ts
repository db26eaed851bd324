/** Reading a request's query and body by GitLab's conventions; wrong types are refused, unknown keys are 501. */
import { badRequest, notImitated } from './refusal.ts';

/** Values by key; `name[]` and `name` are the same key. */
export type Query = ReadonlyMap<string, readonly string[]>;

/** Query string → values by key, arrays in Rails' bracket form included. */
export function parseQuery(search: string): Query {
  const query = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(search)) {
    const name = key.replace(/\[\d*\]$/, '');
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return query;
}

/** The last value given, as Rails reads a repeated key. */
export function one(query: Query, name: string): string | undefined {
  return query.get(name)?.at(-1);
}

/** Array values; the comma form is split, as GitLab does. Undefined when the key is absent. */
export function many(query: Query, name: string): string[] | undefined {
  const values = query.get(name);
  return values
    ?.flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** One of the allowed words. Throws `Refusal` 400 for any other. */
export function word<T extends string>(
  query: Query,
  name: string,
  allowed: readonly T[],
): T | undefined {
  const value = one(query, name);
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw badRequest(`${name} does not have a valid value`);
  return found;
}

/** A moment in ISO 8601 as milliseconds. Throws `Refusal` 400. */
export function moment(query: Query, name: string): number | undefined {
  const value = one(query, name);
  if (value === undefined) return undefined;
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw badRequest(`${name} is invalid`);
  return time;
}

/** A JSON body's keys. */
export type Body = ReadonlyMap<string, unknown>;

/** Anything that is not an object is an empty body. */
export function parseBody(raw: unknown): Body {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return new Map();
  return new Map(Object.entries(raw));
}

export function text(body: Body, name: string): string | undefined {
  const value = body.get(name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw badRequest(`${name} is invalid`);
  return value;
}

/** Throws `Refusal` 400 when the key is absent, in GitLab's words. */
export function requiredText(body: Body, name: string): string {
  const value = text(body, name);
  if (value === undefined) throw badRequest(`${name} is missing`);
  return value;
}

export function flag(body: Body, name: string): boolean | undefined {
  const value = body.get(name);
  if (value === undefined || value === null) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw badRequest(`${name} is invalid`);
}

/** JSON array of strings, or the comma form. */
export function texts(body: Body, name: string): string[] | undefined {
  const value = body.get(name);
  if (value === undefined || value === null) return undefined;
  const list = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(list)) throw badRequest(`${name} is invalid`);
  return list.map((each) => String(each).trim()).filter((each) => each !== '');
}

/** JSON array of ids; a lone id is taken for a list of one. */
export function ids(body: Body, name: string): number[] | undefined {
  const value = body.get(name);
  if (value === undefined || value === null) return undefined;
  const list = (Array.isArray(value) ? value : [value]).map(Number);
  if (!list.every(Number.isInteger)) throw badRequest(`${name} is invalid`);
  return list;
}

/** Throws `Refusal` 501 when the caller used a key that the sandbox would silently ignore. */
export function onlyKeys(
  given: ReadonlyMap<string, unknown>,
  known: readonly string[],
  method: string,
  route: string,
): void {
  for (const key of given.keys()) {
    if (!known.includes(key)) throw notImitated(method, route, `the parameter ${key}`);
  }
}
