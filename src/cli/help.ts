/** What `--help` says below the options: real examples, what a command needs, and its exit codes. */
import type { Command } from 'commander';

/** By the command's words after `scoping-bot`. */
interface Lesson {
  /** Lines to type, each with what it is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  /** Variables and files it reads. */
  readonly needs: string;
  readonly exits: string;
  /** What else is worth knowing before the first use. */
  readonly more?: string;
}

const gitlab =
  'GITLAB_TOKEN; GITLAB_URL unless it is https://gitlab.com; POLICY for a policy of your own';
const online = '69 GitLab out of reach, 77 not allowed, 78 configuration wrong';

const lessons: Readonly<Record<string, Lesson>> = {
  serve: {
    examples: [
      [
        'WEBHOOK_SIGNING_TOKEN=whsec_… GITLAB_TOKEN=glpat-… scoping-bot serve',
        'listens at 127.0.0.1:8080 with an embedded queue',
      ],
      ['DRY_RUN=on scoping-bot serve', 'decides and logs, writes nothing to GitLab'],
      [
        'QUEUE_URL=redis://redis:6379 scoping-bot serve --role worker',
        'works and sweeps; another process, --role web, takes the hooks in',
      ],
    ],
    needs: `${gitlab}; WEBHOOK_SIGNING_TOKEN or WEBHOOK_SECRET_TOKEN`,
    exits:
      '0 ended by SIGTERM or Ctrl-C, 69 the queue out of reach, 77 the token is refused, 78 configuration wrong',
    more: 'Every variable stands in the README under “Configuration”.',
  },
  setup: {
    examples: [
      [
        'scoping-bot setup acme/ps/scoping --url https://bot.example.com',
        'shows what the project lacks for the bot; asks before it does anything',
      ],
      [
        'scoping-bot setup acme/ps/scoping --url https://bot.example.com --yes --env .env --policy-starter policy.yaml',
        'does it, and writes the files to run with',
      ],
    ],
    needs:
      'GITLAB_TOKEN of a Maintainer with scope api (the bot itself runs with a smaller one); GITLAB_URL; PUBLIC_URL or --url for the webhook; POLICY for a policy of your own',
    exits: `0 nothing is left to do, 1 something is left or not possible, 2 no such project, ${online}`,
    more: 'What people made differently is shown and left alone. A second run changes nothing.',
  },
  doctor: {
    examples: [
      [
        'scoping-bot doctor',
        'a line each for what is looked at, and what to do where something is wrong',
      ],
      ['scoping-bot doctor --json', 'the same as data, without secrets'],
    ],
    needs:
      'the same variables as serve, so run it where the service runs; it writes nothing to GitLab',
    exits: `0 nothing must be done (warnings may be there), 1 something must be done, ${online}`,
  },
  demo: {
    examples: [
      ['scoping-bot demo', 'tells the story and keeps running, so that you can look around'],
      ['scoping-bot demo --once --tier free', 'the same on GitLab Free, and ends'],
    ],
    needs: 'nothing: no account, no token, no network',
    exits: '0 told, 2 wrong usage',
  },
  check: {
    examples: [
      [
        'scoping-bot check issue.md --title "Acme - Scope Issue and Write SOW"',
        'what is missing, and what to do next',
      ],
      ['scoping-bot check - --json < issue.md', 'the same as data, from standard input'],
    ],
    needs: 'files; POLICY or --policy for a policy of your own. No token: nothing is sent anywhere',
    exits:
      '0 nothing is missing, 1 something is missing or blocks, 2 a file could not be read, 78 the policy has mistakes',
  },
  plan: {
    examples: [
      [
        'scoping-bot plan https://gitlab.com/acme/ps/scoping/-/issues/7',
        'each change marked: notifies people, visible, silent',
      ],
      [
        'scoping-bot plan https://gitlab.com/acme/ps/scoping/-/issues/7 --json',
        'the same as data, with the counts under "effects"',
      ],
    ],
    needs: `${gitlab}. A token with scope read_api is enough`,
    exits: `0 shown, 2 no such issue, ${online}`,
  },
  sweep: {
    examples: [
      ['DRY_RUN=on scoping-bot sweep', 'how many issues would change, and how; writes nothing'],
      [
        'PROJECTS=acme/ps/scoping scoping-bot sweep --json > sweep.json',
        'does it, and keeps what was done',
      ],
    ],
    needs: `${gitlab}; the projects, in PROJECTS or in the policy; CONCURRENCY (4) issues at once`,
    exits: `0 all looked at, 1 some failed or were left, ${online}`,
    more: [
      'A service may run meanwhile: each look reads the issue again just before it writes, and finds nothing to do where',
      'the other was first. Should both write in the same moment, the next look puts it right. Ctrl-C lets the issues',
      'being worked on come to their end; the same command goes on from there.',
    ].join('\n'),
  },
  replay: {
    examples: [
      ['scoping-bot replay delivery.json', 'what the webhook makes of it, and what would change'],
      ['pbpaste | scoping-bot replay - --yes', 'from standard input, and do it'],
    ],
    needs: `${gitlab}; PROJECTS as the service has them`,
    exits: `0 fine, also where the webhook ignores it, 1 the webhook could not read it, 2 no delivery or no such issue, ${online}`,
    more: [
      'FILE holds the request body of one delivery, as GitLab shows it under Settings → Webhooks → Edit → Recent events →',
      'View details, or {"headers": {"X-Gitlab-Event": "Note Hook"}, "body": {…}}. Its signature is not asked for.',
    ].join('\n'),
  },
  policy: {
    examples: [['scoping-bot policy check my-policy.yaml', 'every mistake with file and line']],
    needs: 'nothing; POLICY for a policy of your own',
    exits: '0 fine, 2 wrong usage, 78 the policy has mistakes',
  },
  'policy check': {
    examples: [
      ['scoping-bot policy check my-policy.yaml', 'before you give it to the service'],
      ['POLICY=my-policy.yaml scoping-bot policy check', 'the one the service would take'],
    ],
    needs: 'a file, or POLICY; neither: the shipped policy is checked',
    exits: '0 fine, 78 mistakes, each with file, line, what was read and what is allowed',
  },
  'policy schema': {
    examples: [
      [
        'scoping-bot policy schema > policy.schema.json',
        'for an editor that checks while you type',
      ],
    ],
    needs: 'nothing',
    exits: '0',
  },
  'policy show': {
    examples: [
      ['POLICY=my-policy.yaml scoping-bot policy show | less', 'everything that holds, layered'],
      ['scoping-bot policy show --json', 'the same as data'],
    ],
    needs: 'nothing; POLICY for a policy of your own',
    exits: '0, 78 the policy has mistakes',
  },
  'policy reference': {
    examples: [
      [
        'scoping-bot policy reference > policy.md',
        'every key with type, default, meaning and example, and every id',
      ],
      ['POLICY=my-policy.yaml scoping-bot policy reference', 'with the ids of your own policy'],
    ],
    needs: 'nothing; POLICY for a policy of your own',
    exits: '0, 78 the policy has mistakes',
  },
  templates: {
    examples: [
      ['scoping-bot templates --out .gitlab/issue_templates', "into a project's checkout"],
      ['scoping-bot templates --check', 'only say whether they are fresh, for CI'],
    ],
    needs: 'nothing; POLICY for a policy of your own',
    exits:
      '0 written or fresh, 1 stale, 2 the folder cannot be written, 78 the policy has mistakes',
  },
  completion: {
    examples: [
      ['source <(scoping-bot completion bash)', 'for this shell; put it into ~/.bashrc for all'],
      [
        'scoping-bot completion zsh > ~/.zsh/completions/_scoping-bot',
        'zsh, where that folder stands in fpath; then start a new shell',
      ],
      ['scoping-bot completion fish > ~/.config/fish/completions/scoping-bot.fish', 'fish'],
    ],
    needs: 'nothing',
    exits: '0, 2 another shell',
  },
};

/** Adds its lesson to every command that has one. */
export function addLessons(program: Command, path: readonly string[] = []): void {
  if (path.length === 0) program.addHelpText('after', overview);
  for (const command of program.commands) {
    const words = [...path, command.name()];
    const lesson = lessons[words.join(' ')];
    if (lesson) command.addHelpText('after', write(lesson));
    addLessons(command, words);
  }
}

const overview = `
Begin here:
  scoping-bot demo                         see all of it in a minute, without an account
  scoping-bot check issue.md               what the bot would say about a description, offline
  scoping-bot setup PROJECT                what a project on your GitLab lacks for the bot; makes it when you agree
  scoping-bot doctor                       whether everything is right for the service, and what to do where it is not
  scoping-bot plan ISSUE_URL               what it would change on a real issue
  scoping-bot serve                        the service
  scoping-bot COMMAND --help               examples, what it needs, exit codes

Exit codes: 0 fine, 1 the answer is "no", 2 wrong usage, 69 GitLab or the queue out of reach,
            77 not allowed, 78 configuration wrong`;

function write({ examples, needs, exits, more }: Lesson): string {
  return [
    '',
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.flatMap(([line, purpose]) => [`  ${line}`, `      ${purpose}`]),
    '',
    `Needs: ${needs}.`,
    `Exit codes: ${exits}.`,
    ...(more ? ['', more] : []),
  ].join('\n');
}
