/** The way into GitLab: address, token, version, clock; nothing behind it can be judged without. */
import type { Config } from '../config.ts';
import { connectDoctor, type DoctorConnection } from '../gitlab/doctor/connect.ts';
import { findApi } from '../gitlab/doctor/find-api.ts';
import type { TokenFacts, TokenUser, VersionFacts } from '../gitlab/doctor/instance.ts';
import { checkAddress } from './address.ts';
import { checkClock } from './clock.ts';
import { type Finding, findingsOn } from './finding.ts';
import { checkExpiry, checkRefusal, checkScopes } from './token.ts';
import { troubleFinding } from './trouble.ts';
import { checkVersion, parseVersion, type Version } from './version.ts';

/** What is known of GitLab once it has let us in. */
export interface Admission {
  readonly gitlab: DoctorConnection;
  readonly bot: TokenUser;
  /** Null where GitLab does not tell. */
  readonly scopes: readonly string[] | null;
  readonly version: Version | null;
  readonly enterprise: boolean | null;
}

/** Address, token, version and clock; at the end the admission, when there is one. */
export async function* examineAccess(
  config: Config,
  now: () => number,
): AsyncGenerator<Finding | Admission> {
  const { fine, failed, notLookedAt } = findingsOn();
  const { gitlabUrl, gitlabToken } = config;
  if (gitlabToken === null) {
    const todo = 'set it to an access token of the bot with scope api';
    yield failed('token', 'GITLAB_TOKEN is not set', todo, 78);
    yield notLookedAt('GITLAB_URL', 'there is no token to ask with');
    return;
  }
  const gitlab = connectDoctor({ url: gitlabUrl, token: gitlabToken, now });
  let facts: { token: TokenFacts | null; bot: TokenUser };
  try {
    facts = { token: await gitlab.instance.readToken(), bot: await gitlab.instance.readUser() };
  } catch (error) {
    const address = await checkAddress(gitlabUrl, error, findApi);
    if (address !== null) {
      yield address;
      yield notLookedAt('token', 'GITLAB_URL has to be right and GitLab there first');
      return;
    }
    yield fine('GITLAB_URL', `GitLab answers at ${gitlabUrl}`);
    yield checkRefusal(error) ?? troubleFinding('token', error);
    return;
  }
  yield fine('GITLAB_URL', `GitLab answers at ${gitlabUrl}`);
  yield fine('token', `valid, of @${facts.bot.username}`);
  yield checkScopes(facts.token);
  yield checkExpiry(facts.token, now());
  const version = await readVersion(gitlab);
  yield 'check' in version ? version : checkVersion(version);
  yield checkClock(gitlab.instance.clock(), config.hookSecrets.signing.length > 0);
  const known = 'check' in version ? null : version;
  yield {
    gitlab,
    bot: facts.bot,
    scopes: facts.token?.scopes ?? null,
    version: known && parseVersion(known.version),
    enterprise: known?.enterprise ?? null,
  };
}

async function readVersion({ instance }: DoctorConnection): Promise<VersionFacts | Finding> {
  try {
    return await instance.readVersion();
  } catch (error) {
    return troubleFinding('GitLab version', error);
  }
}
