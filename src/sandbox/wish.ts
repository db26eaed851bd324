/** What somebody wants of an issue, whichever way they say it. */
import type { LabelWish } from './labels.ts';

/** Absent keys stay as they are. */
export interface IssueWish {
  title?: string;
  description?: string | null;
  labels?: LabelWish;
  assigneeIds?: readonly number[];
  confidential?: boolean;
  stateEvent?: 'close' | 'reopen';
}
