/** Who may import what. Each comment is for the person who just broke the rule. */
const only = (name, packages, folders, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src', pathNot: folders },
  to: { path: `(^|node_modules/)(${packages})(/|$)`, pathNot: '^src/' },
});

const between = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Data flows one way. Move what both need into the file that stands before both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-is-pure',
      comment:
        'The core decides from its arguments alone. Hand in what you need; crypto hashes, markdown-it and chrono-node are the only outside help.',
      severity: 'error',
      from: { path: '^src/core' },
      to: {
        pathNot: [
          '^src/core',
          '^(node:)?crypto$',
          'node_modules/(markdown-it|@types/markdown-it|chrono-node)(/|$)',
        ],
      },
    },
    {
      name: 'policy-needs-only-the-core',
      comment:
        'Policy files are loaded and compiled without knowing GitLab, the queue or the command line.',
      severity: 'error',
      from: { path: '^src/policy' },
      to: { path: '^src', pathNot: ['^src/policy', '^src/core'] },
    },
    between(
      'gitlab-stands-alone',
      '^src/gitlab',
      '^src/(queue|webhook|cli|sandbox)',
      'GitLab, queue and webhook never know each other; src/service.ts introduces them.',
    ),
    between(
      'queue-stands-alone',
      '^src/queue',
      '^src/(gitlab|webhook|cli|sandbox|policy)',
      'The queue carries issue references and knows nothing else.',
    ),
    between(
      'webhook-stands-alone',
      '^src/webhook',
      '^src/(gitlab|queue|cli|sandbox|policy)',
      'The webhook authenticates, reads which issue, and hands on; it is given the rest.',
    ),
    {
      name: 'sandbox-is-for-demo-and-tests',
      comment: 'Only the demo command and tests may use the sandbox.',
      severity: 'error',
      from: { path: '^src', pathNot: ['^src/sandbox', '^src/cli'] },
      to: { path: '^src/sandbox' },
    },
    between(
      'sandbox-stands-alone',
      '^src/sandbox',
      '^src/(gitlab|queue|webhook|cli|policy|core|service|reconcile|sweep)',
      'The sandbox imitates GitLab; it must not know the bot.',
    ),
    {
      name: 'nothing-imports-the-command-line',
      comment: 'Commands are the outermost layer; move shared code out of src/cli.',
      severity: 'error',
      from: { path: '^src', pathNot: ['^src/cli', '^src/main.ts$'] },
      to: { path: '^src/(cli|main)' },
    },
    only('gitbeaker-in-gitlab', '@gitbeaker', '^src/gitlab', 'Only src/gitlab talks to GitLab.'),
    only(
      'queue-libraries-in-queue',
      'bullmq|ioredis|pg|@electric-sql/pglite|@types/pg',
      '^src/queue',
      'Only src/queue knows how work is queued.',
    ),
    only(
      'fastify-in-webhook',
      'fastify',
      '^src/(webhook|sandbox)',
      'HTTP servers live in src/webhook and src/sandbox.',
    ),
    only(
      'board-in-queue',
      '@bull-board|bullmq-otel',
      '^src/queue',
      "What shows or traces the queue is the queue's.",
    ),
    only(
      'open-telemetry-in-its-place',
      '@opentelemetry|@fastify/otel',
      '^src/(tracing|webhook)/',
      'Spans are made through src/tracing.ts, which costs nothing while nobody wants traces.',
    ),
    {
      name: 'only-when-wanted',
      comment: 'Traces and the board are loaded with import() and only where they are switched on.',
      severity: 'error',
      from: { path: '^src' },
      to: {
        path: '^src/(tracing/|webhook/tracing\\.ts|queue/(telemetry|board)\\.ts)',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    only(
      'cel-in-policy',
      '@marcbachmann/cel-js',
      '^src/policy',
      'Conditions are compiled in src/policy.',
    ),
    only(
      'commander-in-cli',
      'commander',
      '^src/(cli|main)',
      'The command line is read in src/cli.',
    ),
    {
      name: 'no-test-tools-in-src',
      comment: 'What runs in production is a dependency, not a devDependency.',
      severity: 'error',
      from: { path: '^src' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
