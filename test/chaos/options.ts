/** What `npm run test:chaos` can be told, and the sentence for everything else. */
import { Command } from 'commander';
import { UsageError } from '../../src/cli/failure.ts';

const queues = ['embedded', 'redis', 'postgres'] as const;
export type QueueKind = (typeof queues)[number];

export interface Options {
  readonly seed: number;
  readonly issues: number;
  readonly events: number;
  readonly kills: number;
  readonly queue: readonly QueueKind[];
}

/** `args` without node and script. Throws `UsageError`, and `CommanderError` once help was printed. */
export function readOptions(args: readonly string[]): Options {
  const command = new Command('npm run test:chaos --')
    .description(
      'Tells a story on many issues twice, quietly and with everything failing, and compares how the issues end.',
    )
    .option(
      '--seed <number>',
      'draws story, faults and kills; another one every time when not given',
      whole('seed', 0, 2 ** 32 - 1),
      Date.now() % 1_000_000,
    )
    .option('--issues <number>', 'how many issues', whole('issues', 1, 5_000), 200)
    .option(
      '--events <number>',
      'what people do on them; ten an issue when not given',
      whole('events', 1, 100_000),
    )
    .option('--kills <number>', 'how often a bot is killed meanwhile', whole('kills', 0, 1_000), 12)
    .option('--queue <kinds>', 'one after the other, separated by commas', kinds, [...queues])
    .addHelpText('after', after)
    .configureOutput({
      outputError: (text, write) => write(`${text.trimEnd()} (--help shows what is possible)\n`),
    })
    .exitOverride()
    .parse(args, { from: 'user' });
  const given = command.opts<Omit<Options, 'events'> & { events?: number }>();
  return { ...given, events: given.events ?? 10 * given.issues };
}

const after = `
Every issue gets two events at least. The same seed draws the same faults and kills again; what they hit
depends on the machine's pace, so a rare failure may need several tries.

Ends with 0 when every issue stands as after the quiet run, with 1 when one does not, with 2 on wrong usage,
with 69 when there is no such server here (scripts/install-servers.sh installs them).

  npm run test:chaos -- --issues 40 --kills 4 --queue redis,postgres
  npm run test:chaos -- --seed 11 --issues 200 --events 2000 --kills 10 --queue embedded`;

/** The line that runs the same again. */
export function asCommand({ seed, issues, events, kills, queue }: Options): string {
  return `npm run test:chaos -- --seed ${seed} --issues ${issues} --events ${events} --kills ${kills} --queue ${queue.join(',')}`;
}

function whole(name: string, least: number, most: number) {
  return (text: string): number => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new UsageError(
      `--${name}: read "${text}", allowed is a whole number from ${least} to ${most}`,
    );
  };
}

function kinds(text: string): QueueKind[] {
  return text.split(',').map((each) => {
    const kind = queues.find((known) => known === each);
    if (kind) return kind;
    throw new UsageError(
      `--queue: read "${each}", allowed are embedded, redis and postgres, separated by commas`,
    );
  });
}
