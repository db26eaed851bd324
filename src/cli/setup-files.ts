/** The files that `setup` writes when asked: a ready `.env`, and a policy to begin with. Neither is ever overwritten. */
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Config, deriveStateSecret } from '../config.ts';
import { envDifferences } from '../setup/compare-env.ts';
import type { SetupGround } from '../setup/ground.ts';
import { PLANNER } from '../setup/rights.ts';
import { type KnownMember, writeEnvStarter, writePolicyStarter } from '../setup/starter.ts';
import type { SetupDone, SetupStep } from '../setup/step.ts';
import { writeStarter } from '../setup/write-starter.ts';
import { fileTrouble, UsageError } from './failure.ts';

export interface FilesWanted {
  /** Where the `.env` goes; undefined: nowhere. */
  readonly env: string | undefined;
  readonly policy: string | undefined;
}

export interface FilesGround extends SetupGround {
  readonly config: Config;
  /** What was done before: the secrets made there go into the `.env`. */
  readonly done: readonly SetupDone[];
}

/** Throws `UsageError` when a file cannot be where it is to be, before anything is written. */
export async function findFileSteps(
  ground: FilesGround,
  wanted: FilesWanted,
): Promise<readonly SetupStep[]> {
  const { env, policy } = wanted;
  const { project, user } = ground;
  return [
    ...(policy === undefined
      ? []
      : [
          await stepFor('--policy-starter', policy, 'a policy to begin with', false, async () => {
            return { text: writePolicyStarter(project.path, await peopleOf(ground)), note: '' };
          }),
        ]),
    ...(env === undefined
      ? []
      : [
          await stepFor(
            '--env',
            env,
            `the bot's environment, with the token of @${user.username}`,
            true,
            async () => envText(ground, wanted),
          ),
          ...(await olderEnv(ground, env)),
        ]),
  ];
}

/** What an `.env` that stays must be told by hand; none where there is no such file, or none that can be read. */
async function olderEnv(
  { project, config: { gitlabUrl, publicUrl } }: FilesGround,
  file: string,
): Promise<readonly SetupStep[]> {
  const text = await readFile(file, 'utf8').catch(() => null);
  const differ = text === null ? [] : envDifferences(text, { gitlabUrl, publicUrl, project });
  if (differ.length === 0) return [];
  const why = `${differ.join('; ')}. Change it there if the bot is to use the same, and start the bot again.`;
  return [{ kind: 'left', what: `What ${file} says`, why }];
}

/** Where the webhook was made before, only whoever made it knows its secret. */
const withoutSecret =
  " It lacks the webhook's secret, which GitLab shows nobody: put it in, or delete the webhook and the file and run this again.";

/** So many are asked for one by one; of a larger project the names alone tell who is a bot. */
const ASKED = 50;

/** Whoever may be meant in a policy, the person who runs this too, and no bot. */
async function peopleOf({ gitlab, project, policy }: FilesGround): Promise<readonly KnownMember[]> {
  const members = (await gitlab.members(project.id)).filter(({ level }) => level >= PLANNER);
  const people: KnownMember[] = [];
  for (const [at, member] of members.entries()) {
    const known = policy.botUsernames.includes(member.username);
    if (known || (at < ASKED && (await gitlab.isBot(member)))) continue;
    people.push(member);
  }
  return people;
}

async function envText(
  { config, project, user, gitlab, done }: FilesGround,
  { policy }: FilesWanted,
): Promise<Starter> {
  const made = done.flatMap(({ secrets }) => secrets ?? []);
  const secretOf = (variable: string) => made.find((each) => each.variable === variable)?.value;
  const { signing, tokens } = config.hookSecrets;
  const derived = deriveStateSecret(config.gitlabToken ?? '');
  const given = config.stateSecret === derived ? null : config.stateSecret;
  const signingToken = secretOf('WEBHOOK_SIGNING_TOKEN') ?? signing[0] ?? null;
  const secretToken = secretOf('WEBHOOK_SECRET_TOKEN') ?? tokens[0] ?? null;
  const text = writeEnvStarter({
    stateSecret: given ?? randomBytes(32).toString('base64'),
    gitlabUrl: config.gitlabUrl,
    gitlabToken: config.gitlabToken,
    tokenOfPerson: (await gitlab.isBot(user)) ? null : user.username,
    signingToken,
    secretToken,
    project: project.path,
    policyFile: policy ?? config.policyFile,
    publicUrl: config.publicUrl,
  });
  return { text, note: signingToken === null && secretToken === null ? withoutSecret : '' };
}

interface Starter {
  readonly text: string;
  /** Said once the file is written. */
  readonly note: string;
}

async function stepFor(
  flag: string,
  file: string,
  holds: string,
  secret: boolean,
  make: () => Promise<Starter>,
): Promise<SetupStep> {
  if (await isThere(flag, file)) {
    return { kind: 'fine', what: `The file ${file} is there, and stays as it is` };
  }
  return {
    kind: 'do',
    what: `The file ${file}: ${holds}${secret ? '; only you can read it' : ''}`,
    apply: async () => {
      const { text, note } = await make();
      const { written } = await writeStarter(file, text, { secret }).catch((error: unknown) =>
        refuse(flag, file, error),
      );
      return { what: written ? wrote(file) + note : `${file} was there, and stays as it is.` };
    },
  };
}

/** What is said when a file was written. */
export function wrote(file: string): string {
  return `Wrote ${file}.`;
}

async function isThere(flag: string, file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    const folder = await stat(dirname(file)).catch((error: unknown) => refuse(flag, file, error));
    if (folder.isDirectory()) return false;
    throw new UsageError(`${flag} ${file}: a part of its path is no folder`);
  }
}

function refuse(flag: string, file: string, error: unknown): never {
  if (error instanceof Error && 'code' in error) {
    const missing = error.code === 'ENOENT' ? 'there is no such folder' : fileTrouble(error);
    throw new UsageError(`${flag} ${file}: ${missing}`);
  }
  throw error;
}
