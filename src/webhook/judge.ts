/** What a delivery comes to once it counts as GitLab's: an issue to look at, or why there is none. Also what `replay` shows. */
import type { IssueRef } from '../core/model.ts';
import { isOwn, parseEvent } from './event.ts';
import type { ServerOptions } from './ports.ts';

export type Judged =
  | {
      readonly outcome: 'accepted';
      readonly ref: IssueRef;
      /** As the payload names it; null when it does not. */
      readonly projectPath: string | null;
    }
  | { readonly outcome: 'unreadable' | 'not_ours' | 'own_event'; readonly reason: string }
  | { readonly outcome: 'not_served'; readonly reason: string; readonly ref: IssueRef };

/** `header` is `X-Gitlab-Event` when there was one. Never throws, whatever the bytes are. */
export function judgeDelivery(
  header: string | undefined,
  body: Uint8Array,
  { bot, accepts }: Pick<ServerOptions, 'bot' | 'accepts'>,
): Judged {
  const event = parseEvent(header, body);
  if (event.kind !== 'issue') return { outcome: event.kind, reason: event.reason };
  const { ref, projectPath, actor } = event;
  const self = bot();
  if (self !== null && isOwn(actor, self))
    return { outcome: 'own_event', reason: 'caused by the bot' };
  if (!accepts(ref.projectId, projectPath)) {
    return { outcome: 'not_served', reason: 'a project that is not served', ref };
  }
  return { outcome: 'accepted', ref, projectPath };
}
