/** Where it is going: the recommended offering with what would flip it, and what the next stage asks for. */
import type { Assessment } from '../model.ts';
import type { Policy } from '../policy.ts';
import { deciders, offeringWords } from './advice.ts';
import { heading, item, type Look, say } from './report-lines.ts';

export function writeOffering(
  { recommendation }: Assessment,
  policy: Policy,
  look: Look,
): string[] {
  const { reasons, wouldChange, kind } = recommendation;
  const undecided = kind === 'undecided';
  const change = undecided
    ? item(`What decides: ${deciders(wouldChange)}.`, '  ', look)
    : [
        ...item('What would change this:', '  ', look),
        ...wouldChange.flatMap((each) => item(say(each), '  • ', look, look.paint.dim)),
      ];
  return [
    ...heading('Recommendation', look),
    ...item(
      offeringWords(recommendation, policy, (title) => title),
      '  ',
      look,
      undecided ? look.paint.yellow : look.paint.green,
    ),
    ...reasons.flatMap((reason) => item(say(reason), '  • ', look)),
    ...(wouldChange.length === 0 ? [] : change),
  ];
}

export function writeGates({ stage }: Assessment, policy: Policy, look: Look): string[] {
  const next = policy.stages.find(({ id }) => id === stage.next);
  if (!next || stage.gates.length === 0) return [];
  return [
    ...heading(`To move to ${next.title}`, look),
    ...stage.gates.flatMap(({ id, passed, reason }) => {
      const title = next.enterWhen.find((gate) => gate.id === id)?.title ?? id;
      const { green, yellow } = look.paint;
      return item(
        `${title}: ${say(reason)}`,
        passed ? '  ✓ ' : '  – ',
        look,
        passed ? green : yellow,
      );
    }),
  ];
}
