/** Judges answers by the JSON Schemas of GitLab's own request specs. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
for (const name of [
  'labels/label',
  'labels/project_label',
  'issue',
  'issue_link',
  'notes',
  'members',
  'project_hook',
  'board',
]) {
  const file = new URL(`../schemas/public_api_v4/${name}.json`, import.meta.url);
  ajv.addSchema(JSON.parse(readFileSync(file, 'utf8'), dropClosed), `${name}.json`);
}

/** GitLab adds attributes with every release, so closed objects are opened; references stay in this folder. */
function dropClosed(this: unknown, key: string, value: unknown): unknown {
  if (key === '$ref' && typeof value === 'string') return value.replace(/^.*\/v4\//, '');
  return key === 'additionalProperties' ? undefined : value;
}

/** What is wrong with an answer by GitLab's schema of that name (`issue`, `notes`, `labels/project_label`). */
export function checkAnswer(schema: string, answer: unknown): string[] {
  const validate = ajv.getSchema(`${schema}.json`);
  if (validate === undefined) return [`there is no schema ${schema}`];
  if (validate(answer)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
