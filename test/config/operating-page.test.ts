/** What docs/operating.md says literally is what the code does. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deriveStateSecret } from '../../src/config.ts';
import { createMetrics } from '../../src/metrics.ts';

const page = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');

/** The names in the first column of the table that begins with `head`. */
function firstColumn(head: string): string[] {
  const [, table = ''] = page.split(`${head}\n`);
  const rows = (table.split('\n\n')[0] ?? '').split('\n').slice(1);
  return rows
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)])
    .map(([, name = '']) => name);
}

describe('docs/operating.md', () => {
  it('names every figure of the bot, and no other', async () => {
    const metrics = createMetrics({ processMetrics: false });
    metrics.watchHeldBytes(() => 0);
    metrics.watchQueue({
      counts: async () => new Map(),
      oldestWaiting: async () => 0,
      issues: async () => ({ stages: new Map(), gaps: new Map() }),
    });
    const shown = [...(await metrics.text()).matchAll(/^# TYPE scoping_bot_(\w+) /gm)];
    const told = firstColumn('| name | type | labels | means | over processes |');
    expect(told.toSorted()).toEqual(shown.map(([, name = '']) => name).toSorted());
  });

  it('has a command that prints the key which was derived from the token', () => {
    const [, command = ''] =
      /^docker compose exec bot (node -e .*GITLAB_TOKEN.*)$/m.exec(page) ?? [];
    const env = { ...process.env, GITLAB_TOKEN: 'glpat-a-token-for-this-test' };
    const printed = execFileSync('sh', ['-c', command], { env, encoding: 'utf8' });
    expect(printed.trim()).toBe(deriveStateSecret(env.GITLAB_TOKEN));
  });

  it('links to headings that are there', () => {
    const headings = [...page.matchAll(/^#+ +(.+)$/gm)].map(([, words = '']) =>
      words
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, to = '']) => to);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(headings).toContain(link);
  });
});
