/** The questions of `setup`, asked by the real prompts over streams that stand for a terminal. */
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { UsageError } from '../../src/cli/failure.ts';
import { chooseParts, confirmSteps, fillIn } from '../../src/cli/setup-ask.ts';

/** Types each answer once its question has been shown. */
function dialogue(answers: readonly (readonly [question: string, keys: string])[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { columns: 80, rows: 24, isTTY: true });
  const shown = { all: '' };
  const open = [...answers];
  output.on('data', (chunk: Buffer) => {
    shown.all += chunk.toString();
    const [next] = open;
    if (!next || !shown.all.includes(next[0])) return;
    open.shift();
    setImmediate(() => input.write(next[1]));
  });
  return { input, output, shown };
}

it('asks for what is missing only, and never shows the token', async () => {
  const terminal = dialogue([
    ['GITLAB_URL', '\r'],
    ['GITLAB_TOKEN', 'glpat-hush\r'],
    ['PUBLIC_URL', '\r'],
  ]);
  const project = 'https://gitlab.example.com/acme/scoping';
  expect(await fillIn(terminal, project, {}, false)).toEqual({
    GITLAB_URL: 'https://gitlab.example.com',
    GITLAB_TOKEN: 'glpat-hush',
    PUBLIC_URL: '',
  });
  expect(terminal.shown.all).not.toContain('hush');
  const all = { GITLAB_URL: 'x', GITLAB_TOKEN: 'y', PUBLIC_URL: 'z' };
  expect(await fillIn(dialogue([]), project, all, false)).toEqual({});
  expect(await fillIn(dialogue([]), project, { GITLAB_TOKEN: 'y' }, true)).toEqual({});
});

it('takes all parts unless somebody unticks one, and only a yes for a yes', async () => {
  const all = ['member', 'labels', 'board', 'webhook', 'templates'];
  expect(await chooseParts(dialogue([['Which parts', '\r']]))).toEqual(all);
  expect(await chooseParts(dialogue([['Which parts', ' \r']]))).toEqual(all.slice(1));
  expect(await confirmSteps(dialogue([['these 3 things', 'y']]), 3, 'acme/scoping')).toBe(true);
  expect(await confirmSteps(dialogue([['Do this in', '\r']]), 1, 'acme/scoping')).toBe(false);
  expect(await confirmSteps(dialogue([['Do this in', '\u0003']]), 1, 'acme/scoping')).toBe(false);
});

it('breaking off is told in a sentence', async () => {
  const terminal = dialogue([['GITLAB_TOKEN', '\u0003']]);
  const given = { GITLAB_URL: 'x', PUBLIC_URL: 'z' };
  await expect(fillIn(terminal, 'a/b', given, false)).rejects.toThrow(
    new UsageError('Broken off: nothing was written.'),
  );
});
