#!/usr/bin/env node
/** The command line: one entry per command, each in a file of its own that is loaded when it is asked for. */
import { Argument, Command, CommanderError, Option } from 'commander';
import type { CheckOptions } from './cli/check.ts';
import { completion, type Shell, shells } from './cli/completion.ts';
import { exitCodes, fail, leave } from './cli/failure.ts';
import { addLessons } from './cli/help.ts';
import { untilStopped } from './cli/stopping.ts';
import { version } from './cli/version.ts';
import { type Role, roles } from './service/role.ts';

// A reader that stops early (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.fine);
  throw error;
});

const program = new Command('scoping-bot')
  .description('Takes the drudgery out of scoping Professional Services work in GitLab.')
  .version(version())
  // Wrong usage is told in one line (`interfaces.md` §4).
  .configureOutput({
    outputError: (text, write) => write(`${text.trimEnd()} (--help shows what is possible)\n`),
  })
  .exitOverride();

let code: number = exitCodes.fine;
const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];

program
  .command('serve')
  .description('the service: listens to webhooks and works on the issues')
  .addOption(
    new Option('--role <role>', 'what this process does: take hooks in, work and sweep, or both')
      .choices(roles)
      .default('all'),
  )
  .action(async (options: { role: Role }) => {
    // Before anything is loaded: process 1 of a container does not end at SIGTERM unless it listens for it.
    const stopped = untilStopped();
    const { serve } = await import('./cli/serve.ts');
    code = await serve(options, stopped);
  });

program
  .command('demo')
  .description('a local GitLab look-alike, the bot, and the life of a few scoping issues')
  .option('--once', 'end after the story')
  .option('--chaos', 'while everything around the bot fails')
  .addOption(
    new Option('--tier <tier>', 'what the look-alike is licensed for')
      .choices(['free', 'premium', 'ultimate'])
      .default('premium'),
  )
  .option('--port <port>', 'where the look-alike listens; any free port when not given')
  .action(
    async (options: {
      once?: boolean;
      chaos?: boolean;
      tier: 'free' | 'premium' | 'ultimate';
      port?: string;
    }) => {
      const { demo } = await import('./cli/demo.ts');
      code = await demo({
        once: options.once === true,
        chaos: options.chaos === true,
        tier: options.tier,
        port: options.port,
      });
    },
  );

program
  .command('check')
  .description('read scoping issues from Markdown files, offline ("-" is standard input)')
  .argument('<file...>')
  .option('--title <text>', "the issue's title", '')
  .option('--label <name>', 'a label on the issue; may be repeated', collect, [])
  .option('--now <date>', 'the day to judge by; today when not given')
  .option('--policy <file>', 'a policy file; POLICY, or the shipped policy, when not given')
  .option('--json', 'print data instead of a report')
  .option('--all', 'every question and every answer in full')
  .option('--verbose', 'the same as --all')
  .option('--color', 'colours even where no terminal is')
  .option('--no-color', 'no colours')
  .action(async (files: string[], options: CheckOptions & { verbose?: boolean }) => {
    const { check } = await import('./cli/check.ts');
    code = await check(files, {
      ...options,
      json: options.json === true,
      all: options.all === true || options.verbose === true,
    });
  });

program
  .command('plan')
  .description('what the bot would change on an issue, and why; writes nothing')
  .argument('<issue-url>')
  .option('--json', 'print data instead of text')
  .action(async (address: string, options: { json?: boolean }) => {
    const { plan } = await import('./cli/plan.ts');
    code = await plan(address, { json: options.json === true });
  });

program
  .command('setup')
  .description(
    'labels, board, webhook and issue templates of a project: shows what is missing first',
  )
  .argument('<project>', 'full path, id or address of the project')
  .option('--url <address>', 'where GitLab reaches the bot; PUBLIC_URL when not given')
  .option('--yes', 'do it, without asking')
  .option(
    '--only <part>',
    'member, labels, board, webhook or templates; may be repeated',
    collect,
    [],
  )
  .option('--env <file>', 'write an environment file that is ready to run with')
  .option('--policy-starter <file>', 'write a policy to begin with')
  .option('--json', 'print data instead of text')
  .action(
    async (
      project: string,
      options: Partial<Record<'url' | 'env' | 'policyStarter', string>> & {
        yes?: boolean;
        only: readonly string[];
        json?: boolean;
      },
    ) => {
      const { setup } = await import('./cli/setup.ts');
      code = await setup(project, {
        yes: options.yes === true,
        json: options.json === true,
        url: options.url,
        only: options.only,
        env: options.env,
        policyStarter: options.policyStarter,
      });
    },
  );

program
  .command('sweep')
  .description('look once at every open scoping issue, as the service would')
  .option('--json', 'print data instead of text')
  .action(async (options: { json?: boolean }) => {
    const { sweep } = await import('./cli/sweep.ts');
    code = await sweep({ json: options.json === true });
  });

program
  .command('replay')
  .description('one recorded webhook delivery, judged and planned as the service would')
  .argument('<file>')
  .option('--yes', 'write what is planned')
  .option('--json', 'print data instead of text')
  .action(async (file: string, options: { json?: boolean; yes?: boolean }) => {
    const { replay } = await import('./cli/replay.ts');
    code = await replay(file, { json: options.json === true, yes: options.yes === true });
  });

program
  .command('doctor')
  .description('token, role, webhooks, people, queue, policy: a line each, and what to do')
  .option('--send-test', 'let GitLab send a test where the last delivery of a webhook failed')
  .option('--json', 'print data instead of lines')
  .action(async (options: { json?: boolean; sendTest?: boolean }) => {
    const { doctor } = await import('./cli/doctor.ts');
    code = await doctor({ json: options.json === true, sendTest: options.sendTest === true });
  });

const policy = program.command('policy').description('check, describe and show policies');
policy
  .command('check')
  .description('is a policy file right? All problems with file and line')
  .argument('[file]')
  .action(async (file: string | undefined) => {
    const { policyCheck } = await import('./cli/policy.ts');
    code = policyCheck(file);
  });
policy
  .command('schema')
  .description('the JSON Schema of policy files')
  .action(async () => {
    const { policySchema } = await import('./cli/policy.ts');
    code = policySchema();
  });
policy
  .command('show')
  .description('the policy in effect, everything layered in')
  .option('--json', 'as JSON')
  .action(async (options: { json?: boolean }) => {
    const { policyShow } = await import('./cli/policy.ts');
    code = policyShow({ json: options.json === true });
  });

policy
  .command('reference')
  .description('every key with type, default, meaning and example, and every id, as Markdown')
  .action(async () => {
    const { policyReference } = await import('./cli/policy.ts');
    code = policyReference();
  });

program
  .command('templates')
  .description('write the issue templates from the policy')
  .option('--check', 'only say whether they are fresh')
  .option('--out <folder>', "another folder than the project's own")
  .action(async (options: { check?: boolean; out?: string }) => {
    const { templates } = await import('./cli/templates.ts');
    code = await templates({ check: options.check === true, out: options.out });
  });

program
  .command('completion')
  .description('print a script that completes commands, options and files')
  .addArgument(new Argument('<shell>').choices(shells))
  .action((shell: Shell) => {
    code = completion(shell, program);
  });

addLessons(program);

try {
  await program.parseAsync();
  process.exitCode = code;
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  } else await leave(fail(error));
}
