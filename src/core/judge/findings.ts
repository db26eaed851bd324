/** The policy's checks on the answers, and what an answer's own state gives away. */
import type { Answers, FieldId, Finding, Reading } from '../model.ts';
import type { Policy, Scope } from '../policy.ts';
import { shortTitle } from '../say/open-questions.ts';
import { fillSentence } from '../say/sentence.ts';
import { holds } from './scope.ts';

/** So many rows with examples for answers are named. */
const MOST_ROWS = 8;

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
  const extra = new Map([
    ['same_customer_issues', sameCustomer.map((iid) => `#${iid}`).join(', ')],
    ['suggested_services', titlesOf(policy, scope)],
  ]);
  const raised = policy.checks
    .filter(({ when }) => holds(when, scope))
    .map(({ id, severity, when, fields, message: words, wouldClear, internal }): Finding => {
      const aboutExamples = fields.length === 0 && when.source.includes('copied_examples');
      const about = aboutExamples ? reading.copiedExamples : fields;
      const finding = { id, severity, fields: about };
      const sources = { policy, answers, extra };
      const said = fillSentence(words, sources);
      const clears = wouldClear === '' ? {} : { wouldClear: fillSentence(wouldClear, sources) };
      const hidden = internal !== null && holds(internal, scope);
      const message = aboutExamples ? `${said} ${nameRows(about, policy)}` : said;
      return { ...finding, message, ...clears, ...(hidden ? { internal: true } : {}) };
    });
  return [...raised, ...pointers(policy, answers, applicable)].toSorted(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity),
  );
}

/** "Those rows: “GitLab tier”, “Segment” and 3 more." */
function nameRows(fields: readonly FieldId[], policy: Policy): string {
  const names = fields.map((id) => policy.questionById.get(id)?.ask ?? id);
  const short = names.map((name) => `“${shortTitle(name)}”`);
  const more = short.length - MOST_ROWS;
  const shown = more > 1 ? [...short.slice(0, MOST_ROWS), `${more} more`] : short;
  return `Those rows: ${[shown.slice(0, -1).join(', '), shown.at(-1)].filter(Boolean).join(' and ')}.`;
}

/** The service types that the text suggests, as they are called. */
function titlesOf(policy: Policy, scope: Scope): string {
  const suggested = scope.get('suggested_services') as readonly string[] | undefined;
  const titles = policy.services.filter(({ id }) => suggested?.includes(id));
  return titles.map(({ title }) => title).join(', ');
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
