/** What is right and wrong about a webhook that leads to the bot already, and what may be done about it. */
import { RetryableError } from '../gitlab/errors.ts';
import { type HookFound, TRIGGERS } from '../gitlab/hook-facts.ts';
import type { SetupHooks } from '../gitlab/setup/hooks.ts';
import {
  type ChosenSecret,
  type ConfiguredSecrets,
  shownOnce,
  tokenSecret,
  variableOf,
} from './hook-secret.ts';
import { triggerNames } from './hook-words.ts';
import type { SetupDone, SetupStep } from './step.ts';

export interface HookToJudge {
  readonly hooks: SetupHooks;
  readonly projectId: number;
  readonly configured: ConfiguredSecrets;
  readonly address: string;
  readonly hook: HookFound;
  /** What it would get if it has none. */
  readonly secret: ChosenSecret;
}

/** Adds what is missing; what people set otherwise is shown and left. */
export function judgeHook(about: HookToJudge): readonly SetupStep[] {
  const { hook } = about;
  return [complete(about), ...mismatch(about), ...left(about), ...off(about, hook)];
}

/** Only what is not there at all is added, so nothing that somebody set is overwritten. */
function complete(about: HookToJudge): SetupStep {
  const { address, hook, secret } = about;
  const missing = TRIGGERS.filter((name) => !hook.triggers.has(name));
  const bare = hook.secrets?.size === 0;
  if (missing.length === 0 && !bare) {
    return { kind: 'fine', what: `The webhook ${address} is there${knownSecret(about)}` };
  }
  const adds = [
    ...(missing.length > 0 ? [`the triggers ${triggerNames(missing)}`] : []),
    ...(bare ? [secret.kind === 'signing' ? 'a signing token' : 'a secret token'] : []),
  ].join(' and ');
  return {
    kind: 'do',
    changes: true,
    what: `Add ${adds} to the webhook ${address}`,
    apply: () => add(about, missing, bare ? secret : undefined, adds),
  };
}

async function add(
  { hooks, projectId, configured, address, hook }: HookToJudge,
  triggers: readonly string[],
  secret: ChosenSecret | undefined,
  adds: string,
): Promise<SetupDone> {
  const what = `Added ${adds} to the webhook ${address}.`;
  const given = { triggers, ...(secret && { secret }) };
  const now = await twiceIfLost(() => hooks.complete(projectId, hook, given));
  if (secret === undefined) return { what };
  if (secret.kind === 'token' || now.secrets?.has('signing') === true) {
    return { what, ...shownOnce(secret) };
  }
  const token = tokenSecret(configured);
  await twiceIfLost(() => hooks.complete(projectId, hook, { secret: token }));
  return {
    what: `${what} This GitLab does not sign, so it has a secret token.`,
    ...shownOnce(token),
  };
}

/** Setting the same once more is harmless, and a secret whose setting was not answered would be lost. */
export async function twiceIfLost<T>(set: () => Promise<T>): Promise<T> {
  try {
    return await set();
  } catch (error) {
    if (error instanceof RetryableError && error.lostAnswer) return await set();
    throw error;
  }
}

/** GitLab never shows a secret, so nobody can tell whether it is the configured one. */
function knownSecret({ hook, configured }: HookToJudge): string {
  if (hook.secrets === null) {
    return '; whether it has a secret this version of GitLab does not tell';
  }
  if (configured.signing.length + configured.tokens.length > 0) return '';
  const [kind = 'token'] = hook.secrets;
  return ` and has a secret, which GitLab does not show: it belongs in ${variableOf(kind)}. If nobody has it any more, delete the webhook and run this again`;
}

/** The bot judges a signed delivery by its signature alone, another one by its token. */
function mismatch({ hook, configured, address }: HookToJudge): readonly SetupStep[] {
  const kind = hook.secrets?.has('signing') ? 'signing' : 'token';
  const has = kind === 'signing' ? configured.signing : configured.tokens;
  const none = configured.signing.length + configured.tokens.length === 0;
  if (hook.secrets === null || hook.secrets.size === 0 || none || has.length > 0) return [];
  return [
    {
      kind: 'blocked',
      what: `The secret of the webhook ${address}`,
      why: `It has a ${kind === 'signing' ? 'signing token' : 'secret token'}, but ${variableOf(kind)} is not set: the bot would turn its deliveries away (401).`,
      todo: `Set ${variableOf(kind)} to what was given to GitLab; or delete the webhook under Settings > Webhooks and run this again.`,
      exit: 1,
    },
  ];
}

function left({ hook, address }: HookToJudge): readonly SetupStep[] {
  const steps: SetupStep[] = [];
  const extra = [...hook.triggers].filter((name) => !TRIGGERS.some((each) => each === name));
  if (extra.length > 0) {
    steps.push({
      kind: 'left',
      what: `The webhook ${address} also sends: ${triggerNames(extra)}`,
      why: 'The bot ignores these, but each one counts towards the limits of GitLab. Unless somebody wants them, switch them off under Settings > Webhooks.',
    });
  }
  if (!hook.verifiesCertificate) {
    steps.push({
      kind: 'left',
      what: `SSL verification of the webhook ${address} is switched off`,
      why: 'Somebody between GitLab and the bot could read the text of issues. Switch it on under Settings > Webhooks once the certificate of the bot is trusted.',
    });
  }
  if (hook.hasTemplate) {
    steps.push({
      kind: 'left',
      what: `The webhook ${address} has a custom webhook template`,
      why: "It makes the bot blind: what arrives does not say in GitLab's own form which issue it is about, and the bot has to wait for its sweep. Empty the template under Settings > Webhooks.",
    });
  }
  return steps;
}

function off({ address }: HookToJudge, { state, until }: HookFound): readonly SetupStep[] {
  if (state === 'executable') return [];
  const how = state === 'disabled' ? 'for good' : `for a while${until ? ` (until ${until})` : ''}`;
  return [
    {
      kind: 'blocked',
      what: `The webhook ${address} is switched off ${how}`,
      why: 'GitLab does so when deliveries fail several times in a row: it could not reach the bot, or the bot turned them away.',
      todo: 'See that the bot runs and that GitLab reaches its address. The bot then switches the webhook on again with its next sweep; or a project maintainer opens Settings > Webhooks, edits it and presses Test > Issues events.',
      exit: 1,
    },
  ];
}
