/** The policy's checks on the answers, and what an answer's own state gives away. */
import type { Answers, Finding, Reading } from '../model.ts';
import type { Policy, Scope } from '../policy.ts';
import { fillSentence } from '../say/sentence.ts';
import { holds } from './scope.ts';

const order: readonly Finding['severity'][] = ['block', 'warn', 'info'];

/** Block first; a check that cannot be judged yet raises nothing. */
export function judgeFindings(
  policy: Policy,
  answers: Answers,
  applicable: ReadonlySet<string>,
  reading: Pick<Reading, 'copiedExamples'>,
  scope: Scope,
  sameCustomer: readonly number[] = [],
): readonly Finding[] {
  const issues = sameCustomer.map((iid) => `#${iid}`).join(', ');
  const extra = new Map([['same_customer_issues', issues]]);
  const raised = policy.checks
    .filter(({ when }) => holds(when, scope))
    .map(({ id, severity, when, fields, message, internal }): Finding => {
      const aboutExamples = fields.length === 0 && when.source.includes('copied_examples');
      const about = aboutExamples ? reading.copiedExamples : fields;
      const finding = { id, severity, fields: about };
      const said = fillSentence(message, { policy, answers, extra });
      const hidden = internal !== null && holds(internal, scope);
      return { ...finding, message: said, ...(hidden ? { internal: true } : {}) };
    });
  return [...raised, ...pointers(policy, answers, applicable)].toSorted(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity),
  );
}

/** `rulings.md` 6: a pointer and half an answer are accepted, and said. */
function pointers(
  policy: Policy,
  answers: Answers,
  applicable: ReadonlySet<string>,
): readonly Finding[] {
  return [...answers.values()].flatMap((answer): Finding[] => {
    if (answer.state !== 'reference' && answer.state !== 'partial') return [];
    const question = policy.questionById.get(answer.field);
    if (!question || !applicable.has(answer.field)) return [];
    const message =
      answer.state === 'reference'
        ? `${question.ask}: the answer is kept elsewhere, where I cannot read it. Please put it into the row when you have a minute.`
        : `${question.ask}: ${answer.remark ?? 'part of the answer is here; the rest would make the estimate firmer.'}`;
    return [{ id: answer.state, severity: 'info', fields: [answer.field], message }];
  });
}
