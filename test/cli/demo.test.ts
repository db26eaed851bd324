/** `demo --once` tells its whole story, turns and all, on every tier, and leaves nothing behind. */
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildProgram, type Program } from './program.ts';

let program: Program;

beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());

/** The program's words on one line, however wide they were told. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

/** The values of one fact in the order in which they were told. */
const facts = (out: string, name: string): string[] =>
  [...out.matchAll(new RegExp(`^${name} +(.+)$`, 'gm'))].map(([, text = '']) => text);

it('tells the whole story on Free, Premium and Ultimate, and ends with 0', async () => {
  const env = { TMPDIR: program.scratch };
  const tell = async (tier: string) => ({
    tier,
    ...(await program.run(['demo', '--once', '--tier', tier], { env })),
  });
  const told = await Promise.all(['free', 'premium', 'ultimate'].map(tell));
  for (const { tier, code, out, err } of told) {
    expect({ tier, code, err }).toEqual({ tier, code: 0, err: '' });
    expect(out).toMatch(
      new RegExp(`^A GitLab look-alike \\(${tier}\\) listens at http://127`, 'm'),
    );
    expect(out).toMatch(
      /^Look at it: http:\/\/127\.0\.0\.1:\d+\/acme\/ps\/scoping\/-\/issues\/1$/m,
    );
    expect(facts(out, 'Stage')).toEqual([
      'technical-evaluation',
      'technical-evaluation → proposal',
      'proposal → sow-approval',
      'sow-approval → sow-approved',
      'technical-evaluation',
      'technical-evaluation → proposal',
      'proposal → on-hold',
      'on-hold → proposal',
      'proposal → technical-evaluation',
      'technical-evaluation → proposal',
      'proposal → technical-evaluation',
      'technical-evaluation → proposal',
      'technical-evaluation',
    ]);
    expect(facts(out, 'Issue')).toEqual(['closed', 'closed', 'opened']);
    expect(facts(out, 'Assignees')[0]).toBe(
      tier === 'free' ? 'Emre Valdéz' : 'Emre Valdéz  Samira Okafor',
    );
    expect(out.includes('+Casper Lindqvist')).toBe(tier !== 'free');
    expect(out).not.toContain('<!--');
  }
  expect(readdirSync(program.scratch)).toEqual([]);

  const words = flat(told[1]?.out ?? '');
  for (const part of [
    'An approval for PS leadership counts only from `@ps-director`.',
    'Hand-off to the delivery team',
    'the bot wrote 2 comments here: one that it edited in place, and 1 short reply',
    'with 2 conditions open (`they want a price before Friday`)',
    'The reason: `the budget comes next quarter`',
    'moved this to Technical Evaluation (`a second server turned up`)',
    '(edits the description)',
    'took the last move back, so this is in Technical Evaluation again.',
    'A person chose this stage, so I leave the issue in it.',
    'Lead Solutions Architect (L1): A licence opportunity is open',
    'A person took the fit:: label off, so I set none',
    'The label fit::sku was set by a person and stays; I would have said fit::sow.',
    'discovery passed from the Solutions Architect to the Customer Success Manager',
    'The scope has changed since the customer accepted it (another number of users).',
    'This was opened again on',
    'There is another open scoping issue for this customer: `#2`.',
    'Linked #2 ↔ #3',
    'the bot wrote 2 comments on these two issues',
  ]) {
    expect(words).toContain(part);
  }
}, 240_000);

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
