/** Every issue of the corpus is read and judged as its expert expects, but for the listed failures. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assessText } from '../../src/cli/check.ts';
import { toCheckJson } from '../../src/cli/check-json.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { type CheckResult, compare, type Expectation } from './compare.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const now = '2026-11-23T00:00:00.000Z';
const policy = loadPolicy({});
const cases = readdirSync(here).filter((file) => /^\d{3}-.*\.md$/.test(file));
const listed = readJson<Record<string, string[]>>('expected-failures.json');

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(join(here, file), 'utf8')) as T;
}

describe('the corpus', () => {
  it('is whole', () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
    expect(Object.keys(listed).every((name) => cases.includes(`${name}.md`))).toBe(true);
  });

  it.each(cases)('%s', (file) => {
    const name = file.replace(/\.md$/, '');
    const expected = readJson<Expectation>(`${name}.expect.json`);
    const description = readFileSync(join(here, file), 'utf8');
    const options = { title: expected.title ?? '', label: expected.labels ?? [] };

    const assessment = assessText(description, options, policy, now);
    const json = JSON.parse(JSON.stringify(toCheckJson(assessment, options.title, policy)));
    const assertions = compare(expected, json as CheckResult);

    expect(assertions.length).toBeGreaterThan(10);
    const failed = assertions.filter(({ holds }) => !holds).map((each) => each.name);
    expect(failed.toSorted()).toEqual((listed[name] ?? []).toSorted());
  });
});
