/** The command line of the chaos runs: it teaches, and says in one sentence what it cannot do. */
import { expect, it } from 'vitest';
import { UsageError } from '../../src/cli/failure.ts';
import { runTs } from '../support/run-ts.ts';
import { asCommand, readOptions } from './options.ts';

const kinds = 'allowed are embedded, redis and postgres, separated by commas';

it.each([
  ['--queue foo', `--queue: read "foo", ${kinds}`],
  ['--queue redis,', `--queue: read "", ${kinds}`],
  ['--issues 0', '--issues: read "0", allowed is a whole number from 1 to 5000'],
  ['--kills -1', '--kills: read "-1", allowed is a whole number from 0 to 1000'],
  ['--seed eleven', '--seed: read "eleven", allowed is a whole number from 0 to 4294967295'],
])('%s is refused in one sentence', (args, sentence) => {
  expect(() => readOptions(args.split(' '))).toThrow(new UsageError(sentence));
});

it('the line it prints runs the same again', () => {
  const options = readOptions('--seed 7 --issues 40 --kills 3 --queue redis'.split(' '));
  expect(options).toEqual({ seed: 7, issues: 40, events: 400, kills: 3, queue: ['redis'] });
  const [, args = ''] = asCommand(options).split(' -- ');
  expect(readOptions(args.split(' '))).toEqual(options);
});

it.each([
  ['--issues 0', 2, ['--issues: read "0", allowed is a whole number from 1 to 5000\n']],
  ['--sead 11', 2, ["unknown option '--sead'", '(--help shows what is possible)\n']],
  ['--help', 0, ['--seed', '--issues', '--events', '--kills', '--queue', 'Ends with 0']],
])('%s ends with its code and says what is possible', async (args, code, parts) => {
  const child = runTs(new URL('./main.ts', import.meta.url), { args: args.split(' ') });
  expect(await child.exited).toBe(code);
  for (const part of parts) expect(child.output()).toContain(part);
});
