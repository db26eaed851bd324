/** What the log may say about a delivery, of headers that anyone can send. */
import type { IncomingHttpHeaders } from 'node:http';

/** GitLab's own names (`gitlab-platform.md` §1.1), so that a wrong trigger can be found; nobody's words are among them. */
const events: ReadonlySet<string> = new Set(
  [
    ...['Issue', 'Confidential Issue', 'Work Item', 'Confidential Work Item'],
    ...['Note', 'Confidential Note', 'Emoji', 'Milestone', 'Push', 'Tag Push', 'Merge Request'],
    ...['Pipeline', 'Job', 'Build', 'Deployment', 'Release', 'Wiki Page', 'Feature Flag'],
    ...['Member', 'Project', 'Subgroup', 'Vulnerability', 'Resource Access Token'],
    ...['System', 'Service'],
  ].map((name) => `${name} Hook`),
);
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * `webhook-id` and `Idempotency-Key` stay the same when a delivery is repeated; the UUID headers do not
 * (`gitlab-platform.md` §1.1). GitLab writes both as a UUID: anything else may be a secret in the wrong
 * field or somebody's words, and is left out, as is every event that GitLab does not know.
 */
export function describeDelivery(headers: IncomingHttpHeaders): {
  readonly delivery: string | undefined;
  readonly event: string | undefined;
} {
  const ids = [headers['webhook-id'], headers['idempotency-key']];
  const delivery = ids.find((id): id is string => typeof id === 'string' && uuid.test(id));
  const event = headers['x-gitlab-event'];
  return {
    delivery: delivery?.toLowerCase(),
    event: typeof event === 'string' && events.has(event) ? event : undefined,
  };
}
