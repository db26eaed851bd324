/** Where an issue stands on its way, and which gates hold, each with its reason (`rulings.md`, stages and their gates). */
import type { Answers, GateResult, OpenQuestion, StageView } from '../model.ts';
import type { Gate, Policy, Scope, Stage } from '../policy.ts';
import { fillSentence } from '../say/sentence.ts';
import { holds } from './scope.ts';

/** The stages in their order, pauses left out. */
export function roadOf(policy: Policy): readonly Stage[] {
  return policy.stages.filter(({ hold }) => !hold);
}

/** The stage an issue is treated as being in: the first as soon as it is recognised. */
export function stageOrFirst(policy: Policy, current: string | null): Stage | undefined {
  const road = roadOf(policy);
  return road.find(({ id }) => id === current) ?? road[0];
}

/** Whether the label of this stage says that the issue is on hold. */
export function isPause(labelled: string | null, { stages }: Policy): boolean {
  return stages.some(({ id, hold }) => hold && id === labelled);
}

/** `current`: a stage of the road. `scope` must hold the counters that gates name (see `assess`). */
export function judgeStage(
  policy: Policy,
  current: string | null,
  answers: Answers,
  open: readonly OpenQuestion[],
  scope: Scope,
): StageView {
  const road = roadOf(policy);
  const at = stageOrFirst(policy, current);
  const reached = at ? road.indexOf(at) : -1;
  const next = road[reached + 1];
  const extra = new Map([...scope].filter(([, value]) => typeof value === 'bigint'));
  const judge = (gate: Gate): GateResult => {
    const passed = holds(gate.when, scope);
    const sentence = passed ? gate.passed : gate.open;
    const reason = fillSentence(sentence, { policy, answers, extra, open });
    return { id: gate.id, passed, reason };
  };
  const gates = (next?.enterWhen ?? []).map(judge);
  const behind = new Set(road.slice(0, reached + 1).flatMap(({ enterWhen }) => enterWhen));
  const lapsed = [...behind].map(judge).filter(({ passed }) => !passed);
  // At the end of the road nothing may be missing that the stages before asked for.
  const whole = next?.done !== true || lapsed.length === 0;
  const passed = next !== undefined && whole && gates.every((gate) => gate.passed);
  return { current, next: next?.id ?? null, passed, gates, lapsed };
}

/** The gates that keep the issue out of `next`: its own, and before the end of the road every earlier one. */
export function gatesBefore(
  next: Stage | undefined,
  { gates, lapsed }: Pick<StageView, 'gates' | 'lapsed'>,
): readonly GateResult[] {
  const own = gates.filter(({ passed }) => !passed);
  const named = new Set(own.map(({ id }) => id));
  return next?.done ? [...own, ...lapsed.filter(({ id }) => !named.has(id))] : own;
}
