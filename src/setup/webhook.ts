/** Step of `setup`: the project's webhook, with the four triggers the bot needs and a secret. */
import { RetryableError, TerminalError } from '../gitlab/errors.ts';
import { type HookFound, TRIGGERS } from '../gitlab/hook-facts.ts';
import type { SetupHooks } from '../gitlab/setup/hooks.ts';
import { isOurs } from '../hook-watch.ts';
import { addressInUse, hookAddress, judgeAddress } from './hook-address.ts';
import { judgeHook, twiceIfLost } from './hook-judge.ts';
import {
  type ChosenSecret,
  type ConfiguredSecrets,
  chooseSecret,
  isUnfit,
  shownOnce,
  tokenSecret,
  variableOf,
} from './hook-secret.ts';
import { byHand } from './hook-words.ts';
import type { SetupDone, SetupStep } from './step.ts';

export interface WebhookSetup {
  readonly hooks: SetupHooks;
  readonly projectId: number;
  /** Where GitLab reaches the bot, without a slash at its end; null: nobody told. */
  readonly publicUrl: string | null;
  readonly configured: ConfiguredSecrets;
}

/** At exactly this number the limit of GitLab.com, and of every GitLab by default, is reached (§1.3). */
const USUAL_LIMIT = 100;

/** The same once it is known where. */
interface Placed extends WebhookSetup {
  readonly publicUrl: string;
}

/** Looks only. Throws `RetryableError` or `TerminalError`; a token that may not look gives a step `blocked`. */
export async function findWebhookSteps(setup: WebhookSetup): Promise<readonly SetupStep[]> {
  const { hooks, projectId } = setup;
  const all = await hooks.list(projectId).catch((error: unknown) => {
    if (!(error instanceof TerminalError)) throw error;
    if (error.kind !== 'forbidden' && error.kind !== 'not_found') throw error;
    return null;
  });
  if (setup.publicUrl !== null) return await stepsAt({ ...setup, publicUrl: setup.publicUrl }, all);
  const publicUrl = addressInUse(all ?? []);
  if (publicUrl === null) return [noAddress];
  const taken = `No address was told (--url or PUBLIC_URL), so it is taken from the one webhook that is there: ${publicUrl}`;
  return [{ kind: 'fine', what: taken }, ...(await stepsAt({ ...setup, publicUrl }, all))];
}

async function stepsAt(
  setup: Placed,
  all: readonly HookFound[] | null,
): Promise<readonly SetupStep[]> {
  const { hooks, publicUrl, configured } = setup;
  const address = hookAddress(publicUrl);
  if (all === null) return [mayNotLook(address)];
  const ours = all.filter(({ url }) => isOurs(url, publicUrl)).sort(readiestFirst);
  const others = all.filter((hook) => !ours.includes(hook) && isOurs(hook.url, null));
  const secret = chooseSecret(configured, await hooks.takesSigningTokens());
  const fresh = ours.length === 0 && secret.isNew ? variableOf(secret.kind) : null;
  const about = [
    ...judgeAddress(publicUrl),
    ...others.map((each) => elsewhere(each, publicUrl, fresh)),
  ];
  if (secret.kind === 'signing' && isUnfit(secret)) return [unfit(address), ...about];
  const [hook, ...more] = ours;
  if (hook !== undefined) {
    const steps = judgeHook({ ...setup, address, hook, secret });
    return [...steps, ...more.map((each) => twice(address, each)), ...about];
  }
  if (all.length === USUAL_LIMIT) return [full(address), ...about];
  return [
    {
      kind: 'do',
      what: `Make the webhook ${address}: issues and comments, confidential ones too, and nothing else; ${secret.kind === 'signing' ? 'signed' : 'with a secret token'}`,
      apply: () => make(setup, address, secret),
    },
    ...about,
  ];
}

async function make(setup: Placed, address: string, secret: ChosenSecret): Promise<SetupDone> {
  const { hooks, projectId, configured } = setup;
  const hook = await create(setup, address, secret);
  const taken = hook.secrets?.has(secret.kind) === true;
  if (secret.kind === 'token' || taken) {
    return { what: `Made the webhook ${address}.`, ...shownOnce(secret) };
  }
  const token = tokenSecret(configured);
  await twiceIfLost(() => hooks.complete(projectId, hook, { secret: token }));
  return {
    what: `Made the webhook ${address}; this GitLab does not sign, so it has a secret token.`,
    ...shownOnce(token),
  };
}

/**
 * When the answer is lost the hook may be there with our secret, which nobody could ever read again: so it
 * is looked for before the error goes on.
 */
async function create(
  { hooks, projectId, publicUrl }: Placed,
  address: string,
  secret: ChosenSecret,
): Promise<HookFound> {
  try {
    return await hooks.create(projectId, address, secret);
  } catch (error) {
    if (!(error instanceof RetryableError) || !error.lostAnswer) throw error;
    const made = (await hooks.list(projectId)).find(({ url }) => isOurs(url, publicUrl));
    if (made === undefined) throw error;
    return made;
  }
}

/** Of several, the one that lacks least is completed. */
function readiestFirst(one: HookFound, other: HookFound): number {
  return lack(one) - lack(other);
}

function lack({ triggers, secrets, hasTemplate }: HookFound): number {
  const missing = TRIGGERS.filter((name) => !triggers.has(name)).length;
  return missing + (secrets?.size === 0 ? 1 : 0) + (hasTemplate ? 1 : 0);
}

const noAddress: SetupStep = {
  kind: 'blocked',
  what: 'The webhook',
  why: 'Where GitLab reaches the bot is not known.',
  todo: 'Say with --url https://bot.example.com (or PUBLIC_URL) where GitLab reaches the bot.',
  exit: 1,
};

function mayNotLook(address: string): SetupStep {
  return {
    kind: 'blocked',
    what: `The webhook ${address}`,
    why: 'The token may not look at the webhooks of this project: that takes the role Maintainer and the scope api.',
    todo: byHand(address),
    exit: 77,
  };
}

function unfit(address: string): SetupStep {
  return {
    kind: 'blocked',
    what: `The webhook ${address}`,
    why: 'GitLab would refuse the token in WEBHOOK_SIGNING_TOKEN: it must be whsec_ and the base64 of exactly 32 bytes.',
    todo: 'Take WEBHOOK_SIGNING_TOKEN out of the configuration and run this again: a fitting one is made.',
    exit: 1,
  };
}

function full(address: string): SetupStep {
  return {
    kind: 'blocked',
    what: `The webhook ${address}`,
    why: `The project has ${USUAL_LIMIT} webhooks, and GitLab allows no more.`,
    todo: 'Ask a project maintainer to delete one that nobody needs under Settings > Webhooks, then run this again.',
    exit: 77,
  };
}

function twice(address: string, { id }: HookFound): SetupStep {
  return {
    kind: 'left',
    what: `A second webhook to ${address} (number ${id})`,
    why: 'GitLab sends everything twice. The bot copes, but each delivery counts towards the limits: delete one of the two under Settings > Webhooks.',
  };
}

/**
 * Not the whole address: its query may hold somebody's secret. `fresh`: the variable of a secret that the
 * webhook of this bot is about to get.
 */
function elsewhere({ id, url }: HookFound, publicUrl: string, fresh: string | null): SetupStep {
  const secret = fresh === null ? '' : ` and ${fresh} to the new secret`;
  return {
    kind: 'left',
    what: `Another webhook to a bot like this one (number ${id}, ${url.replace(/[?#].*$/s, '')})`,
    why: `If the bot has moved from there, set PUBLIC_URL=${publicUrl}${secret} in its .env, start it again, and then delete that webhook under Settings > Webhooks: GitLab goes on sending there until then. If a second bot serves this project, only one of the two should.`,
  };
}
