/** What does not go together: problems that block, and points to check, each with the places it is about. */
import type { Assessment, Finding, OpenQuestion } from '../model.ts';
import type { Policy } from '../policy.ts';
import { whySentence } from './markdown.ts';
import { ownForm } from './question.ts';
import { remedyOf } from './remedy.ts';
import { example, situation } from './report-answer.ts';
import { blockingFindings, contradictions } from './report-counts.ts';
import { heading, isSaid, item, type Look, nameOf, quoteWithPlace, say } from './report-lines.ts';

/** Places of one problem; a finding about ten fields would bury its own sentence. */
const MOST_PLACES = 4;

/** Findings that block and answers that contradict each other, in that order. */
export function writeBlocking(assessment: Assessment, policy: Policy, look: Look): string[] {
  const blocking = blockingFindings(assessment);
  const disagreeing = contradictions(assessment);
  if (blocking.length + disagreeing.length === 0) return [];
  return [
    ...heading('Settle first', look),
    ...blocking.flatMap((finding) => writeFinding(finding, assessment, policy, look)),
    ...disagreeing.flatMap((question) => writeContradiction(question, assessment, policy, look)),
  ];
}

/** Warnings first, then what is merely good to know. */
export function writeFindings(assessment: Assessment, policy: Policy, look: Look): string[] {
  const findings = assessment.findings.filter(({ severity }) => severity !== 'block');
  if (findings.length === 0) return [];
  return [
    ...heading('Please check', look),
    ...findings.flatMap((finding) => writeFinding(finding, assessment, policy, look)),
  ];
}

function writeFinding(
  finding: Finding,
  { answers }: Assessment,
  policy: Policy,
  look: Look,
): string[] {
  const { severity, message, id, fields } = finding;
  const { paint } = look;
  const [mark, colour] = {
    block: ['  ✗ ', paint.red] as const,
    warn: ['  ! ', paint.yellow] as const,
    info: ['  i ', (text: string) => text] as const,
  }[severity];
  const said = fields.flatMap((field) => {
    const answer = answers.get(field);
    if (!isSaid(answer)) return [];
    return item(
      `${nameOf(answer, policy)}: ${quoteWithPlace(answer.raw, answer.where, policy)}`,
      '      ',
      look,
      paint.dim,
    );
  });
  const places = fields.length > MOST_PLACES ? [] : said;
  const clears = remedyOf(finding);
  return [
    ...item(`${say(message)} [${id}]`, mark, look, colour),
    ...(clears === '' ? [] : item(`Settled when: ${say(clears)}`, '      ', look, paint.dim)),
    ...places,
  ];
}

function writeContradiction(
  question: OpenQuestion,
  { answers }: Assessment,
  policy: Policy,
  look: Look,
): string[] {
  const { paint } = look;
  const answer = answers.get(question.field);
  const statements = answer?.statements ?? [];
  const why = [say(whySentence(question.why)), example(question, policy)].filter(Boolean).join(' ');
  const what =
    statements.length > 1
      ? [
          ...item(`${question.question}: two places disagree.`, '  ✗ ', look, paint.red),
          ...statements.flatMap(({ raw, where }) =>
            item(quoteWithPlace(raw, where, policy), '      ', look),
          ),
        ]
      : [
          ...item(question.question, '  ✗ ', look, paint.red),
          ...item(situation(question, answer, policy), '      ', look),
        ];
  return [
    ...what,
    ...item(why, '    ', look, paint.dim),
    ...item(
      `${statements.length > 1 ? 'Keep the one that holds' : 'Put it right'}, or comment: ${(ownForm(question.field, policy) ?? `/scoping set ${question.field} …`).replaceAll('`', '')}`,
      '    → ',
      look,
      paint.green,
    ),
  ];
}
