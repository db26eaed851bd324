/** `docs/policy.md` is what the schema and the shipped policy say, and says something of every key. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { policyJsonSchema } from '../../src/policy/json-schema.ts';
import { flatLimits } from '../../src/policy/limits.ts';
import { readPolicyDocument } from '../../src/policy/load.ts';
import { explainedPaths, meaningOf } from '../../src/policy/meanings.ts';
import { CHECKED, EVERYWHERE, JUDGED } from '../../src/policy/names.ts';
import { policyKeys, writeReference } from '../../src/policy/reference.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shipped = readPolicyDocument();
const page = writeReference(shipped, readPolicyDocument({ file: `${root}demo/policy.yaml` }));

describe('docs/policy.md', () => {
  it('is fresh; `npm run readme` writes it anew', () => {
    expect(readFileSync(`${root}docs/policy.md`, 'utf8')).toBe(page);
  });

  it('has a sentence for every key, and none for a key that does not exist', () => {
    const paths = policyKeys().map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(150);
    expect(paths.filter((path) => !meaningOf(path))).toEqual([]);
    expect(explainedPaths.filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('shows an example of every key that holds a single value', () => {
    const rows = page
      .split('\n')
      .filter((line) => /^\| `[a-z_.[\]*]+` \| (text|whole number|number|condition) /.test(line));
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([]);
  });

  it('names every id, limit and name that a condition may use', () => {
    const named = [
      ...[shipped.questions, shipped.checks, shipped.gates, shipped.stages, shipped.roles]
        .concat([
          shipped.services,
          shipped.offerings,
          shipped.facts,
          shipped.offering_rules,
        ] as never[])
        .flatMap((items) => items.map(({ id }: { readonly id: string }) => id)),
      ...[...flatLimits(shipped.limits).keys()].map((name) => `limits.${name}`),
      ...Object.keys(shipped.lists),
    ];
    expect(named.filter((name) => !page.includes(`\n| \`${name}\` | `))).toEqual([]);
    for (const name of [...EVERYWHERE.keys(), ...JUDGED.keys(), ...CHECKED.keys()]) {
      expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| \`[^|]+\` \\| [A-Z].+ \\|$`, 'm'));
    }
  });

  it('gives its sentences to editors too, by the JSON Schema', () => {
    const schema = policyJsonSchema() as { then: object; else: object };
    const sentence = JSON.stringify(meaningOf('questions[].implied_by[].part'));
    expect(JSON.stringify(schema.then)).toContain(`"description":${sentence}`);
    expect(JSON.stringify(schema.else)).toContain(`"description":${sentence}`);
  });
});
