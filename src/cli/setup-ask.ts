/** The questions that `setup` asks on a terminal, and only for what is missing. */
import type { Readable, Writable } from 'node:stream';
import { confirm, isCancel, multiselect, password, text } from '@clack/prompts';
import { accessToken, webAddress } from '../config/values.ts';
import type { Environment } from '../config.ts';
import { UsageError } from './failure.ts';
import { type PartId, partIds, partTitles } from './setup-parts.ts';

/** Where questions are asked and answered. */
export interface Dialogue {
  readonly input: Readable;
  readonly output: Writable;
}

/** Null where nobody sits at a terminal. */
export function openDialogue(): Dialogue | null {
  const { stdin: input, stdout: output } = process;
  return input.isTTY && output.isTTY ? { input, output } : null;
}

/**
 * What the environment lacks, as variables. The token is always asked for, the rest only where `brief` is
 * false. Throws `UsageError` when the person breaks off; nothing has been written then.
 */
export async function fillIn(
  dialogue: Dialogue,
  project: string,
  env: Environment,
  brief: boolean,
): Promise<Environment> {
  const lacks = (name: string) => !env[name]?.trim();
  const answers: Record<string, string> = {};
  if (lacks('GITLAB_URL') && !brief) {
    const initialValue = URL.canParse(project) ? new URL(project).origin : 'https://gitlab.com';
    const message = 'Which GitLab? (GITLAB_URL)';
    answers.GITLAB_URL = given(
      await text({ ...dialogue, message, initialValue, validate: refusing(GITLAB) }),
    );
  }
  if (lacks('GITLAB_TOKEN')) {
    const message = 'A token with scope api, of somebody with the role Maintainer (GITLAB_TOKEN)';
    answers.GITLAB_TOKEN = given(
      await password({ ...dialogue, message, validate: refusing(accessToken) }),
    );
  }
  if (lacks('PUBLIC_URL') && !brief) {
    const message = 'Where does GitLab reach the bot? (PUBLIC_URL; leave it empty to do without)';
    const answer = await text({
      ...dialogue,
      message,
      placeholder: 'https://bot.example.com',
      validate: (said) => (said?.trim() ? refusing(BOT)(said) : undefined),
    });
    answers.PUBLIC_URL = given(answer);
  }
  return answers;
}

/** Which parts to look at; all are ticked to begin with. Throws `UsageError` when the person breaks off. */
export async function chooseParts(dialogue: Dialogue): Promise<readonly PartId[]> {
  const answer = await multiselect<PartId>({
    ...dialogue,
    message: 'Which parts?',
    options: partIds.map((value) => ({ value, label: partTitles[value] })),
    initialValues: partIds,
    required: true,
  });
  return isCancel(answer) ? brokenOff() : answer;
}

/** True for a yes; breaking off is a no. */
export async function confirmSteps(
  dialogue: Dialogue,
  count: number,
  project: string,
): Promise<boolean> {
  const what = count === 1 ? 'this' : `these ${count} things`;
  const answer = await confirm({
    ...dialogue,
    message: `Do ${what} in ${project}?`,
    initialValue: false,
  });
  return answer === true;
}

const GITLAB = webAddress('https://gitlab.example.com/gitlab', /\/api\/v4$/i);
const BOT = webAddress('https://bot.example.com');

/** For clack: the sentence to show, or undefined when the value is allowed. */
function refusing(schema: typeof BOT | typeof accessToken): (said?: string) => string | undefined {
  return (said) => {
    const read = schema.safeParse((said ?? '').trim());
    return read.success ? undefined : `Allowed: ${read.error.issues[0]?.message}`;
  };
}

function given(answer: string | symbol | undefined): string {
  if (isCancel(answer)) return brokenOff();
  return typeof answer === 'string' ? answer.trim() : '';
}

function brokenOff(): never {
  throw new UsageError('Broken off: nothing was written.');
}
