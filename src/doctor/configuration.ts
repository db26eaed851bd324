/** What the environment says: token, webhook secrets, STATE_SECRET, PUBLIC_URL. */
import { type Config, deriveStateSecret } from '../config.ts';
import { type Finding, findingsOn } from './finding.ts';

const { fine, info, warning, failed } = findingsOn();
const SHORT = 16;

/** `version`: GitLab's, as `[major, minor]`; null where it is not known. */
export function checkWebhookSecrets(
  { hookSecrets: { signing, tokens } }: Config,
  version: readonly [number, number] | null,
): Finding {
  const check = 'webhook secrets';
  if (signing.length + tokens.length === 0) {
    return failed(
      check,
      'neither WEBHOOK_SIGNING_TOKEN nor WEBHOOK_SECRET_TOKEN is set, so serve does not start',
      'run scoping-bot setup PROJECT, which makes webhook and secret and shows it once (one that is there already: give its secret, or delete it first), and set the variable it names',
      78,
    );
  }
  const signs = version === null || version[0] >= 19;
  if (tokens.length === 0 && !signs) {
    return failed(
      check,
      `only WEBHOOK_SIGNING_TOKEN is set, and GitLab ${version?.join('.')} does not sign yet (19.0 and later)`,
      'set WEBHOOK_SECRET_TOKEN to the secret token of the webhook',
    );
  }
  const set = [
    ...(signing.length > 0 ? [`WEBHOOK_SIGNING_TOKEN (${signing.length})`] : []),
    ...(tokens.length > 0 ? [`WEBHOOK_SECRET_TOKEN (${tokens.length})`] : []),
  ];
  return fine(check, `set: ${set.join(' and ')}`);
}

/** The key of what the bot remembers in its comment. */
export function checkStateSecret({ stateSecret, gitlabToken }: Config): Finding {
  const check = 'STATE_SECRET';
  if (stateSecret === null || stateSecret === (gitlabToken && deriveStateSecret(gitlabToken))) {
    return info(
      check,
      'derived from GITLAB_TOKEN: with a new token the bot forgets what it noted in its comments; set it to keep that',
    );
  }
  return stateSecret.length < SHORT
    ? warning(
        check,
        `set, but only ${stateSecret.length} characters long`,
        'set it to 32 random characters, such as those of: openssl rand -base64 24',
      )
    : fine(check, 'set');
}

export function checkDryRun({ dryRun }: Config): Finding {
  return dryRun
    ? warning(
        'DRY_RUN',
        'on: the bot decides and logs, and writes nothing to GitLab',
        'set DRY_RUN=off, or leave it out, when it should work',
      )
    : fine('DRY_RUN', 'off: the bot writes to GitLab');
}
