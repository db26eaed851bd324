/** `demo --chaos` tells its whole story while everything fails, and every issue ends with one status comment. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildProgram, type Program, type Running } from './program.ts';

let program: Program;

beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());

const ready = 'All of it can be looked at there. Ctrl+C ends it.';

const byBot = /<div class="note" id="\w+"><p class="meta">@scoping-bot /g;

/** The whole page of each issue, as people see it in the browser, while the look-alike is still there. */
async function pages(demo: Running, issues: number): Promise<readonly string[]> {
  const [first = ''] = /http:\/\/127\.0\.0\.1:\d+\/\S+\/issues\/1$/m.exec(demo.output()) ?? [];
  const addresses = Array.from({ length: issues }, (_, at) => first.replace(/1$/, `${at + 1}`));
  return Promise.all(addresses.map(async (address) => (await fetch(address)).text()));
}

it('ends with one status comment on each issue, with 0 and without a warning', async () => {
  const demo = program.start(['demo', '--chaos'], { env: { TMPDIR: program.scratch } });
  await demo.prints(ready);
  // On the first issue also the one reply of the story.
  const comments = (await pages(demo, 3)).map((page) => page.match(byBot)?.length);
  expect(comments).toEqual([2, 1, 1]);
  demo.child.kill('SIGINT');
  const { code, out, err } = await demo.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('3 issues, 3 status comments: one on each.');
  // Otherwise nothing was put to the test.
  const [, failed = ''] = /^Failed +([\s\S]+?)\n\d+ issues/m.exec(out) ?? [];
  const times = [...failed.matchAll(/(\d+) ×/g)].reduce((sum, [, each]) => sum + Number(each), 0);
  expect(times).toBeGreaterThan(10);
  expect(readdirSync(program.scratch)).toEqual([]);
}, 240_000);
