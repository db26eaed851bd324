/** .gitlab-ci.yml is what GitLab's own schema allows, and runs what the project has. */
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openSchema, readText, readYaml } from './read.ts';

interface Job {
  readonly stage?: string;
  readonly script?: readonly string[];
  readonly extends?: string;
}
type Pipeline = Readonly<Record<string, unknown>> & { readonly stages: readonly string[] };

const pipeline = readYaml<Pipeline>('.gitlab-ci.yml')[0] as Pipeline;
const jobs = Object.entries(pipeline).flatMap(([name, value]) => {
  const job = value as Job;
  return Array.isArray(job.script) ? [[name, job] as const] : [];
});

it('is a pipeline by the schema that GitLab edits it with', () => {
  const check = openSchema('gitlab-ci.json');
  expect(check(pipeline)).toEqual([]);
  // A job of this name would be taken for the keyword.
  expect(check({ services: { script: ['true'] } })).not.toEqual([]);
  expect(check({ job: { script: ['true'], whne: 'manual' } })).not.toEqual([]);
});

it('every job has a stage that there is, and extends what there is', () => {
  expect(jobs.map(([name]) => name)).toEqual(
    expect.arrayContaining(['verify', 'nightly', 'audit', 'build', 'scan', 'publish']),
  );
  for (const [, job] of jobs) {
    expect(pipeline.stages).toContain(job.stage);
    if (job.extends !== undefined) expect(Object.keys(pipeline)).toContain(job.extends);
  }
  // What is published has been checked, built and scanned before.
  expect(pipeline.stages).toEqual(['test', 'build', 'scan', 'publish']);
});

it('calls only scripts and files that there are', () => {
  const { scripts } = JSON.parse(readText('package.json')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const lines = jobs.flatMap(([, { script }]) => script ?? []);
  const called = lines.flatMap((line) => {
    const [, name] = /\bnpm (?:run (?:--silent )?)?([\w:]+)/.exec(line) ?? [];
    return name === undefined || name === 'ci' ? [] : [name];
  });
  expect(called).toContain('audit');
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(called));
  const files = lines.flatMap(
    (line) => line.match(/(?<=\s)(?:\.ci|scripts|test)\/[\w./-]+/g) ?? [],
  );
  expect(files).toContain('.ci/run');
  for (const file of files) {
    expect([file, existsSync(new URL(`../../${file}`, import.meta.url))]).toEqual([file, true]);
  }
});
