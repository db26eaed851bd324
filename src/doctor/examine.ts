/** All checks in their order; what rests on a failed one is not looked at, and said so once. */

import type { Config } from '../config.ts';
import type { Policy } from '../core/policy.ts';
import { type Admission, examineAccess } from './access.ts';
import { checkDryRun, checkStateSecret, checkWebhookSecrets } from './configuration.ts';
import { type Finding, findingsOn } from './finding.ts';
import { checkQueue } from './queue.ts';
import { checkServed } from './served.ts';

export interface Patient {
  readonly config: Config;
  /** Null when it cannot be read, which was told before. */
  readonly policy: Policy | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Lets GitLab send a test to each webhook whose last delivery failed, or that it has switched off. */
  readonly sendTest: boolean;
}

/** Each finding as soon as it is known. Reads from GitLab and the queue, and writes nothing to GitLab; a test is GitLab's own doing. */
export async function* examine(patient: Patient): AsyncGenerator<Finding> {
  const { config, policy, now, sendTest } = patient;
  let admission: Admission | null = null;
  for await (const each of examineAccess(config, now)) {
    if ('gitlab' in each) admission = each;
    else yield each;
  }
  yield checkWebhookSecrets(config, admission?.version ?? null);
  yield checkStateSecret(config);
  yield checkDryRun(config);
  yield* await checkQueue(config);
  const because = admission === null ? 'GitLab did not let us in' : 'the policy cannot be read';
  if (admission === null || policy === null) {
    for (const check of ['projects', 'people']) yield findingsOn().notLookedAt(check, because);
    return;
  }
  yield* checkServed(admission, config, policy, { now: now(), sendTest });
}
