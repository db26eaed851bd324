/** The Dockerfile and what is sent to its build, read with a real parser; `npm run image:steps` performs it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { variableNames } from '../../src/config.ts';
import { readDockerfile, readIgnored, stages } from './image.ts';
import { readText } from './read.ts';

const last = stages.at(-1);
const sends = readIgnored(readText('.dockerignore'));
const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const copied = stages.flatMap(({ steps }) => steps.filter((step) => step.do === 'copy'));

it('copies only what there is and what is sent, or what an earlier stage made', () => {
  const own = copied.filter(({ from }) => from === null).flatMap(({ sources }) => sources);
  expect(own).toContain('src');
  for (const source of own) {
    expect([source, existsSync(path(source)), sends(source)]).toEqual([source, true, true]);
  }
  const names = stages.map(({ name }) => name);
  for (const { from } of copied) if (from !== null) expect(names.slice(0, -1)).toContain(from);
});

it('sends no secret, no test and no build to the engine', () => {
  for (const hidden of [
    '.env',
    '.git/config',
    'test/e2e/bot.ts',
    'dist/main.js',
    'node_modules/pg/a.js',
    'my-policy.yaml',
  ]) {
    expect([hidden, sends(hidden)]).toEqual([hidden, false]);
  }
  expect(sends('src/main.ts')).toBe(true);
});

it('holds what the package says it needs to run', () => {
  const { files } = JSON.parse(readText('package.json')) as { readonly files: readonly string[] };
  const inside = copied
    .filter((step) => last?.steps.includes(step))
    .flatMap(({ sources }) => sources.map((each) => each.replace('/app/', '')));
  for (const each of files.filter((name) => name !== 'README.md')) expect(inside).toContain(each);
});

it('runs as a number that is not root, listens to every address, keeps its data in the volume', () => {
  expect(last?.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  expect(last?.env).toMatchObject({ HOST: '0.0.0.0', DATA_DIR: '/data' });
  expect(last?.volumes).toEqual(['/data']);
  expect([...variableNames, 'NODE_ENV']).toEqual(
    expect.arrayContaining(Object.keys(last?.env ?? {})),
  );
  expect([last?.entrypoint, last?.cmd]).toEqual([['node', 'dist/main.js'], ['serve']]);
  expect(last?.healthcheck).toEqual(['node', 'scripts/healthy.mjs']);
});

it('the reader refuses what it does not know, and Docker rules of hiding hold', () => {
  expect(() => readDockerfile('FROM node\nADD https://example.com/x /x')).toThrow(
    'ADD is not known',
  );
  expect(() => readDockerfile('FROM node\nCOPY --chown=1:1 a b')).toThrow('--chown');
  expect(() => readDockerfile('FROM node\nCMD serve')).toThrow('not a JSON list');
  const rules = readIgnored('*\n!src\nsrc/*.log\n');
  expect(['a', 'src', 'src/a.ts', 'src/a.log'].map(rules)).toEqual([false, true, true, false]);
});

it('the health check says no when nothing answers and when the answer is bad', async () => {
  let status = 200;
  const server = createServer((_, response) => response.writeHead(status).end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const check = async (env: Record<string, string>) => {
    const child = spawn(process.execPath, [path('scripts/healthy.mjs')], {
      env: { ...process.env, ...env },
    });
    return (await once(child, 'close'))[0];
  };
  expect(await check({ HOST: '0.0.0.0', PORT: String(port) })).toBe(0);
  expect(await check({ HOST: '127.0.0.1', PORT: String(port) })).toBe(0);
  status = 500;
  expect(await check({ HOST: '', PORT: String(port) })).toBe(1);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await check({ HOST: '', PORT: String(port) })).toBe(1);
});
