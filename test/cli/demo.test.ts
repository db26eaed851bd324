/** `demo --once` tells its whole story on every tier, and leaves nothing behind. */
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildProgram, type Program } from './program.ts';

let program: Program;

beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());

it('tells the whole story on Free, Premium and Ultimate, and ends with 0', async () => {
  for (const tier of ['free', 'premium', 'ultimate']) {
    const env = { TMPDIR: program.scratch };
    const { code, out, err } = await program.run(['demo', '--once', '--tier', tier], { env });
    expect({ tier, code, err }).toEqual({ tier, code: 0, err: '' });
    expect(out).toMatch(
      new RegExp(`^A GitLab look-alike \\(${tier}\\) listens at http://127`, 'm'),
    );
    expect(out).toMatch(
      /^Look at it: http:\/\/127\.0\.0\.1:\d+\/acme\/ps\/scoping\/-\/issues\/1$/m,
    );
    const labels = [...out.matchAll(/^Labels +(.+)$/gm)].map(([, text]) => text);
    expect(labels).toHaveLength(7);
    expect(labels[0]).toContain('stage::technical-evaluation');
    expect(labels[2]).toContain('stage::proposal');
    expect(labels[4]).toContain('stage::sow-approval');
    expect(labels[5]).toContain('stage::sow-approved');
    expect(labels[6]).toContain('outcome::won');
    expect(out).toContain('An approval for PS leadership counts only from `@ps-director`.');
    expect(out).toContain('Hand-off to the delivery team');
    const assignees = [...out.matchAll(/^Assignees +(.+)$/gm)].map(([, text]) => text);
    expect(assignees[2]).toBe(tier === 'free' ? 'Emre Valdéz' : 'Emre Valdéz, Samira Okafor');
    expect(out).toContain(
      'the bot wrote 2 comments here: one that it edited in place, and 1 short reply',
    );
    expect(out).not.toContain('<!--');
    expect(readdirSync(program.scratch)).toEqual([]);
  }
}, 120_000);

it('says so in one line when its port is taken', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? String(address.port) : '';
  const ended = await program.run(['demo', '--once', '--port', port]);
  server.close();
  expect(ended).toEqual({
    code: 2,
    out: '',
    err: `--port: read "${port}", but another program already listens there\n`,
  });
});
