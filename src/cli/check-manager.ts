/** The Engagement Manager of a checked file: offline nobody is looked up, so it is said whom the bot would choose. */

import type { Assessment } from '../core/model.ts';
import { matchManagers } from '../core/plan/manager-match.ts';
import type { Policy } from '../core/policy.ts';
import { roleField } from '../core/role-field.ts';

/**
 * The judgement of a file. `judge` judges it as if the Engagement Manager were known or not; the gates on
 * which that makes a difference hold when the text names one, or when the policy's table tells who it will be.
 */
export function withManager(
  judge: (emKnown: boolean | null) => Assessment,
  policy: Policy,
): Assessment {
  const without = judge(null);
  const { holds, reason } = outlook(without, policy);
  const judged = holds ? judge(true) : without;
  const passed = new Map(judge(true).stage.gates.map((gate) => [gate.id, gate.passed]));
  const hinges = new Set(
    without.stage.gates.filter((gate) => !gate.passed && passed.get(gate.id)).map(({ id }) => id),
  );
  const gates = judged.stage.gates.map((gate) =>
    hinges.has(gate.id) ? { ...gate, reason } : gate,
  );
  return { ...judged, stage: { ...judged.stage, gates } };
}

function outlook(
  { answers }: Assessment,
  policy: Policy,
): { readonly holds: boolean; readonly reason: string } {
  const field = roleField(policy, 'em') ?? '';
  const named = answers.get(field);
  if (named?.state === 'answered') {
    return { holds: true, reason: 'One is named in the text (not looked up offline).' };
  }
  const managers = policy.people.engagementManagers;
  if (managers.length === 0) {
    return { holds: false, reason: 'Not checked offline: this policy lists nobody.' };
  }
  const { left, missing, what } = matchManagers(managers, policy, answers);
  const names = left.map(({ username }) => username).join(', ');
  if (left.length === 0) return { holds: false, reason: `Nobody in the policy covers ${what}.` };
  if (left.length === 1) return { holds: true, reason: `The bot will choose ${names}.` };
  if (missing.length > 0) {
    const asks = missing.map((each) => policy.questionById.get(each)?.ask ?? each).join('; ');
    return { holds: false, reason: `The bot chooses once this is known: ${asks}.` };
  }
  return { holds: true, reason: `The bot will choose one of ${names}, by what is open with each.` };
}
