/** Environment → Config: the only file that knows `process.env`. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { maskValue } from './config/mask.ts';
import { describeClash } from './config/same-address.ts';
import { traceAddress, tracingVariables } from './config/tracing.ts';
import * as values from './config/values.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command cannot do without: GitLab's token, or a way to tell real hooks from forged ones. */
export type Need = 'gitlab' | 'hook';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof levels)[number];

/** Names and defaults are those of `interfaces.md` §1. */
const variables = z.object({
  GITLAB_URL: values
    .webAddress('https://gitlab.example.com/gitlab', /\/api\/v4$/i)
    .default('https://gitlab.com'),
  GITLAB_TOKEN: values.accessToken.optional(),
  WEBHOOK_SIGNING_TOKEN: values.signingTokens.default([]),
  WEBHOOK_SECRET_TOKEN: values.secretTokens.default([]),
  QUEUE_URL: values.queueAddress.default(null),
  DATA_DIR: z.string().default('./data'),
  POLICY: z.string().optional(),
  STATE_SECRET: z.string().optional(),
  PROJECTS: values.projects.default([]),
  PUBLIC_URL: values.webAddress('https://bot.example.com').optional(),
  HOST: values.host.default('127.0.0.1'),
  PORT: values.wholeNumber(0, 65_535).default(8080),
  ADMIN_ADDRESS: values.address.optional(),
  METRICS: values.onOff.default(true),
  QUEUE_BOARD_TOKEN: values.longSecret.optional(),
  CONCURRENCY: values.wholeNumber(1, 1000).default(4),
  SWEEP_INTERVAL: values.durationOrOff.default(300_000),
  LOG_LEVEL: z.enum(levels, { error: `one of ${levels.join(', ')}` }).default('info'),
  DRY_RUN: values.onOff.default(false),
  ...tracingVariables,
});

/** All that the bot reads of its environment; what a container is started with is checked against it. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** Everything that was read; frozen for the life of the process. */
export interface Config {
  /** Without a slash at its end. */
  readonly gitlabUrl: string;
  readonly gitlabToken: string | null;
  /** `signing`: `whsec_…` as GitLab shows them. `tokens`: what may stand in `X-Gitlab-Token`. */
  readonly hookSecrets: { readonly signing: readonly string[]; readonly tokens: readonly string[] };
  /** Null: the embedded queue in `dataDir`. */
  readonly queueUrl: string | null;
  readonly dataDir: string;
  /** Path of a policy file; null: the shipped default. */
  readonly policyFile: string | null;
  /** Key for what the bot remembers in its comment; null when there is neither a token nor a secret. */
  readonly stateSecret: string | null;
  /** Ids or full paths as written; empty: not set here. */
  readonly projects: readonly string[];
  /** Where GitLab reaches the bot, without a slash at its end. */
  readonly publicUrl: string | null;
  readonly host: string;
  readonly port: number;
  /** Where `/metrics` is, and nowhere else; null: at `host` and `port` with everything. */
  readonly adminAddress: values.Address | null;
  readonly metrics: boolean;
  /** Who has it may look at the queue under `/queue`; null: nobody may. */
  readonly queueBoardToken: string | null;
  /** Where OpenTelemetry's SDK sends traces; null: it is not loaded. */
  readonly traceAddress: string | null;
  readonly concurrency: number;
  /** Null: no sweep. */
  readonly sweepIntervalMs: number | null;
  readonly logLevel: LogLevel;
  readonly dryRun: boolean;
}

/** Config in which what was needed is known to be there. */
export type ConfigWith<N extends Need> = 'gitlab' extends N
  ? Config & { readonly gitlabToken: string }
  : Config;

/** One line for every variable that is missing or malformed. Ends a command with exit code 78. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The real environment; a variable set to nothing but spaces counts as not set, here and everywhere. */
export function processEnvironment(): Environment {
  return process.env;
}

/**
 * Reads and checks the variables of `interfaces.md` §1; all others are ignored.
 * Throws `ConfigError` with everything that is wrong at once, secrets masked.
 */
export function readConfig<N extends Need>(env: Environment, need: readonly N[]): ConfigWith<N> {
  const given = readGiven(env);
  const read = variables.safeParse(Object.fromEntries(given));
  const problems = read.success ? [] : read.error.issues.map((issue) => problem(issue, given));
  const missing = describeMissing(given, need);
  const clash = read.success ? describeClash(read.data) : [];
  if (!read.success || missing.length + clash.length > 0) {
    throw new ConfigError([...problems, ...clash, ...missing]);
  }
  return Object.freeze(makeConfig(read.data)) as ConfigWith<N>;
}

/** The key used when `STATE_SECRET` is not set: a new token then means a new memory. */
export function deriveStateSecret(gitlabToken: string): string {
  return createHmac('sha256', gitlabToken).update('scoping-bot state').digest('base64');
}

function readGiven(env: Environment): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const name of variableNames) {
    const text = env[name]?.trim();
    if (text) given.set(name, text);
  }
  return given;
}

function problem(issue: z.core.$ZodIssue, given: ReadonlyMap<string, string>): string {
  const name = String(issue.path[0]);
  return `${name}: read ${maskValue(name, given.get(name) ?? '')}, allowed: ${issue.message}`;
}

function describeMissing(given: ReadonlyMap<string, string>, need: readonly Need[]): string[] {
  const missing: string[] = [];
  if (need.includes('gitlab') && !given.has('GITLAB_TOKEN')) {
    missing.push(
      'GITLAB_TOKEN: read nothing, needed: a GitLab access token with scope api (for plan, read_api is enough)',
    );
  }
  const signed = given.has('WEBHOOK_SIGNING_TOKEN') || given.has('WEBHOOK_SECRET_TOKEN');
  if (need.includes('hook') && !signed) {
    missing.push(
      'WEBHOOK_SIGNING_TOKEN: read nothing, needed: the whsec_… token of the GitLab webhook ' +
        '(GitLab 19.0 and later), or its secret token in WEBHOOK_SECRET_TOKEN',
    );
  }
  return missing;
}

function makeConfig(read: z.output<typeof variables>): Config {
  const token = read.GITLAB_TOKEN ?? null;
  return {
    gitlabUrl: read.GITLAB_URL,
    gitlabToken: token,
    hookSecrets: { signing: read.WEBHOOK_SIGNING_TOKEN, tokens: read.WEBHOOK_SECRET_TOKEN },
    queueUrl: read.QUEUE_URL,
    dataDir: read.DATA_DIR,
    policyFile: read.POLICY ?? null,
    stateSecret: read.STATE_SECRET ?? (token === null ? null : deriveStateSecret(token)),
    projects: read.PROJECTS,
    publicUrl: read.PUBLIC_URL ?? null,
    host: read.HOST,
    port: read.PORT,
    adminAddress: read.ADMIN_ADDRESS ?? null,
    metrics: read.METRICS,
    queueBoardToken: read.QUEUE_BOARD_TOKEN ?? null,
    traceAddress: traceAddress(read),
    concurrency: read.CONCURRENCY,
    sweepIntervalMs: read.SWEEP_INTERVAL,
    logLevel: read.LOG_LEVEL,
    dryRun: read.DRY_RUN,
  };
}
