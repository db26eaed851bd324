/** Where an issue stands on its way, and which gates of the next stage hold, each with its reason. */
import type { Answers, StageView } from '../model.ts';
import type { Policy, Scope, Stage } from '../policy.ts';
import { fillSentence } from '../say/sentence.ts';
import { holds } from './scope.ts';

/** The stage an issue is treated as being in: the first as soon as it is recognised. */
export function stageOrFirst(policy: Policy, current: string | null): Stage | undefined {
  return policy.stages.find(({ id }) => id === current) ?? policy.stages[0];
}

/** `scope` must hold the counters that gates name (see `assess`). */
export function judgeStage(
  policy: Policy,
  current: string | null,
  answers: Answers,
  scope: Scope,
): StageView {
  const at = stageOrFirst(policy, current);
  const next = at ? policy.stages[policy.stages.indexOf(at) + 1] : undefined;
  if (!next) return { current, next: null, passed: false, gates: [] };
  const extra = new Map([...scope].filter(([, value]) => typeof value === 'bigint'));
  const gates = next.enterWhen.map((gate) => {
    const passed = holds(gate.when, scope);
    const sentence = passed ? gate.passed : gate.open;
    return { id: gate.id, passed, reason: fillSentence(sentence, { policy, answers, extra }) };
  });
  return { current, next: next.id, passed: gates.every(({ passed }) => passed), gates };
}
