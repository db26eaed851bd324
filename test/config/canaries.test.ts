/** What `npm test` searches for at its end: it knows the secrets of the fixtures and finds them in disguise too. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TOKEN } from '../gitlab/client/world.ts';
import { canaries } from '../support/said.ts';
import { olderSecretToken, secretToken } from '../webhook/given.ts';

const search: (folder: string) => string[] = (await import('../../scripts/canaries.mjs' as string))
  .searchFolder;

function found(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'scoping-bot-said-'));
  writeFileSync(join(folder, '1.txt'), text);
  const lines = search(folder);
  rmSync(folder, { recursive: true });
  return lines;
}

it('knows what fixtures use as secrets and as words of people', () => {
  const e2e = readFileSync(new URL('../e2e/canaries.test.ts', import.meta.url), 'utf8');
  const quoted = [...e2e.matchAll(/^ {2}\w+: '(canary[^']*)',$/gim)].map(([, each = '']) => each);
  expect(quoted.length).toBeGreaterThan(10);
  for (const each of [TOKEN, secretToken, olderSecretToken, ...quoted]) {
    expect(canaries).toContain(each);
  }
});

it.each([
  ['in the clear', (text: string) => text],
  ['in capitals', (text: string) => text.toUpperCase()],
  ['in base64', (text: string) => Buffer.from(`${text}:x`).toString('base64')],
  ['in hexadecimal', (text: string) => Buffer.from(text).toString('hex')],
])('finds every one of them %s, and nothing where there is none', (_, disguise) => {
  for (const canary of canaries) {
    expect(found(`{"msg":"looked"}\n{"msg":"${disguise(canary)}"}\n`)).not.toEqual([]);
  }
  expect(found('{"msg":"looked","projectId":5}\n')).toEqual([]);
});
