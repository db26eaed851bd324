/** What the view of the comment is made from, beside the words. */
import type { Assessment, IssueState, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { CommentView } from '../say/view.ts';
import type { AssigneeChange } from './assignees.ts';
import type { Judged } from './commands/judge.ts';
import type { Offers } from './commands/offers.ts';
import type { Standing } from './commands/standing.ts';
import type { LabelChange } from './labels.ts';
import type { Memory } from './memory.ts';
import type { Ending } from './outcome.ts';
import type { People } from './people.ts';
import type { StageMove } from './stage-move.ts';

export interface ViewInput {
  readonly policy: Policy;
  readonly issue: IssueState;
  readonly assessment: Assessment;
  readonly people: People;
  readonly movers: readonly Role[];
  readonly live: readonly number[];
  readonly labels: LabelChange;
  readonly assignees: AssigneeChange;
  readonly move: StageMove;
  readonly twoLabels: boolean;
  readonly internal: boolean;
  readonly botUsername: string;
  readonly judged: readonly Judged[];
  readonly offers: Offers;
  readonly ending: Ending;
  /** The assessment as if the issue had come to the end of the road. */
  readonly atTheEnd: () => Assessment;
  readonly approvals: Standing['approvals'];
  readonly withdrawn: Memory['withdrawn'];
  /** Why the estimate is stale, '' when it is not. */
  readonly staleBecause: string;
  /** What the customer accepted had to be taken from what stands there now. */
  readonly scopeUnsure: boolean;
  /** Opened again, with answers that were old by then. */
  readonly oldAnswers: boolean;
  /** Nobody is called before this day. */
  readonly quietUntil: string | null;
  readonly now: string;
  readonly crm: CommentView['crm'];
  /** Which command the newest `undo` took back. */
  readonly tookBack: string | null;
  /** Said once: who led discovery before. */
  readonly leadChange: string | null;
}
