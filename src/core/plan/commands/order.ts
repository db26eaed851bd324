/** What a command asks for, once it is understood (`interfaces.md` §5). */
import type { FieldId, Role } from '../../model.ts';
import type { Approval } from '../../policy.ts';

/** An answer in the words of the command; `offered`: the words stand elsewhere, see `Offers`. */
export interface SaidAnswer {
  readonly field: FieldId;
  readonly text: string;
  /** Goes on with it although nobody has confirmed it. */
  readonly assumed?: boolean;
  /** Put off until that day. */
  readonly until?: string;
}

export type Order =
  | { readonly kind: 'answer'; readonly answers: readonly SaidAnswer[] }
  | { readonly kind: 'take'; readonly field: FieldId; readonly from: string }
  /** `answers` start what was accepted before anew. */
  | { readonly kind: 'estimate'; readonly answers: readonly SaidAnswer[] }
  | { readonly kind: 'service'; readonly add: boolean; readonly id: string }
  | {
      readonly kind: 'lead';
      readonly role: 'sa' | 'csm' | 'ae' | 'em';
      readonly answers: readonly SaidAnswer[];
    }
  | { readonly kind: 'assign'; readonly role: Role; readonly answers: readonly SaidAnswer[] }
  | { readonly kind: 'approve'; readonly approval: Approval['id'] }
  | { readonly kind: 'snooze'; readonly until: string }
  | { readonly kind: 'help' | 'explain' | 'recheck' }
  | OnceOrder;

/** Done once, when it is read for the first time (`rulings.md` 26). */
export type OnceOrder =
  | { readonly kind: 'advance'; readonly force: boolean; readonly reason: string }
  | { readonly kind: 'back'; readonly stage: string; readonly reason: string }
  | { readonly kind: 'hold'; readonly until: string; readonly reason: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'outcome'; readonly outcome: string; readonly reason: string }
  | { readonly kind: 'undo' };

/** Why a command cannot be carried out, as the sentences of the one reply. */
export interface Problem {
  readonly problem: string;
}

const once: ReadonlySet<string> = new Set<OnceOrder['kind']>([
  'advance',
  'back',
  'hold',
  'resume',
  'outcome',
  'undo',
]);

export function isOnce(order: Order): order is OnceOrder {
  return once.has(order.kind);
}
