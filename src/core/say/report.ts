/** What `check` prints on a terminal: the same judgement as the comment, in at most 100 columns. */
import type { Answer, Assessment, Finding, OpenQuestion, Owner } from '../model.ts';
import type { Policy } from '../policy.ts';
import { deciders, offeringWords } from './advice.ts';
import { completeness } from './headline.ts';
import { plainInline } from './inert.ts';
import { asSentence } from './markdown.ts';
import { roleTitle, stageTitle } from './names.ts';
import type { Paint } from './view.ts';
import { sentenceAsPlain } from './words.ts';
import { wrap } from './wrap.ts';

const COLUMNS = 100;
const QUOTE_LENGTH = 60;

/** Lines without line ends; colours only through `paint`, never counted as columns. */
export function writeReport(assessment: Assessment, policy: Policy, paint: Paint): string[] {
  const sections = [
    writeTop(assessment, policy, paint),
    ...writeOpen(assessment, policy, paint),
    writeChecks(assessment, paint),
    writeOffering(assessment, policy, paint),
    writeGates(assessment, policy, paint),
    writeCounts(assessment, paint),
  ].filter((lines) => lines.length > 0);
  return sections.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

function writeTop(assessment: Assessment, policy: Policy, paint: Paint): string[] {
  const { serviceTypes, stage, lead } = assessment;
  const title = [stageTitle(stage.current, policy), completeness(assessment)].filter(Boolean);
  const services = serviceTypes.map(({ id, from }) => {
    const known = policy.services.find((service) => service.id === id)?.title ?? id;
    return from === 'inferred' ? `${known} (inferred)` : known;
  });
  return [
    ...item(title.join(' · '), '', paint.bold),
    ...item(`Services: ${services.length === 0 ? 'not clear yet' : services.join(', ')}`),
    ...item(
      `Lead: ${lead.role === 'unknown' ? 'not clear yet' : roleTitle(lead.role, policy)}. ${say(lead.reason)}`,
    ),
  ];
}

function writeOpen(
  { open, answers, typedUnderExample }: Assessment,
  policy: Policy,
  paint: Paint,
): string[][] {
  const owners = [...new Set(open.map(({ owner }) => owner))];
  return owners.map((owner: Owner) => [
    ...item(`Still open · ${roleTitle(owner, policy)}`, '', paint.bold),
    ...open
      .filter((question) => question.owner === owner)
      .flatMap((question) => [
        ...item(`${situation(question, answers.get(question.field))}${question.question}`, '- '),
        ...item(hints(question, typedUnderExample.get(question.field)), '  ', paint.dim),
      ]),
  ]);
}

function situation({ reason, excused }: OpenQuestion, answer: Answer | undefined): string {
  const raw = answer ? plainInline(answer.raw, QUOTE_LENGTH) : '';
  const quote = raw === '' ? '' : ` (“${raw}”)`;
  if (excused) return `promised${quote}, holds nothing up: `;
  switch (reason) {
    case 'unanswered':
      return '';
    case 'deferred':
      return `put off${quote}: `;
    case 'unknown':
      return `not known yet${quote}: `;
    case 'ambiguous':
      return `unclear${quote}: `;
    case 'contradictory':
      return `two answers disagree${quote}: `;
    case 'invalid':
      return `not readable${quote}: `;
  }
}

function hints({ why, example, field }: OpenQuestion, typed: string | undefined): string {
  const shown = example.trim() === '' ? '' : ` For example “${example.trim()}”.`;
  const under =
    typed === undefined
      ? ''
      : ` “${plainInline(typed, QUOTE_LENGTH)}” stands in the example column.`;
  return `${say(`it ${why}`)}${shown}${under} [${field}]`;
}

function writeChecks({ findings }: Assessment, paint: Paint): string[] {
  if (findings.length === 0) return [];
  const marks: Readonly<Record<Finding['severity'], (text: string) => string>> = {
    block: paint.red,
    warn: paint.yellow,
    info: paint.dim,
  };
  return [
    ...item('Please check', '', paint.bold),
    ...findings.flatMap(({ severity, message, id }) =>
      item(`${say(message)} [${id}]`, `${severity.padEnd(5)} `, marks[severity]),
    ),
  ];
}

function writeOffering({ recommendation }: Assessment, policy: Policy, paint: Paint): string[] {
  const { reasons, wouldChange, kind } = recommendation;
  return [
    ...item('Recommendation', '', paint.bold),
    ...item(offeringWords(recommendation, policy, (title) => title)),
    ...reasons.flatMap((reason) => item(say(reason), '- ')),
    ...writeWouldChange(kind, wouldChange, paint),
  ];
}

function writeWouldChange(
  kind: Assessment['recommendation']['kind'],
  wouldChange: readonly string[],
  paint: Paint,
): string[] {
  if (wouldChange.length === 0) return [];
  if (kind === 'undecided') return item(`What decides: ${deciders(wouldChange)}.`, '', paint.dim);
  return [
    ...item('What would change this:'),
    ...wouldChange.flatMap((change) => item(say(change), '- ', paint.dim)),
  ];
}

function writeGates({ stage }: Assessment, policy: Policy, paint: Paint): string[] {
  const next = policy.stages.find(({ id }) => id === stage.next);
  if (!next || stage.gates.length === 0) return [];
  return [
    ...item(`To move to ${next.title}`, '', paint.bold),
    ...stage.gates.flatMap(({ id, passed, reason }) => {
      const title = next.enterWhen.find((gate) => gate.id === id)?.title ?? id;
      const mark = passed ? '✓ ' : '– ';
      return item(`${title}: ${say(reason)}`, mark, passed ? paint.green : paint.yellow);
    }),
  ];
}

function writeCounts({ answers, unplaced, typedUnderExample }: Assessment, paint: Paint): string[] {
  const read = [...answers.values()].filter(({ state }) => state !== 'unanswered').length;
  const counts = [
    `${read} answers read`,
    unplaced.length === 0
      ? ''
      : `${unplaced.length} ${unplaced.length === 1 ? 'line' : 'lines'} not placed`,
    typedUnderExample.size === 0 ? '' : `${typedUnderExample.size} typed into the example column`,
  ];
  return item(`${counts.filter(Boolean).join(', ')}. --json shows all of them.`, '', paint.dim);
}

function say(sentence: string): string {
  return asSentence(sentenceAsPlain(sentence));
}

/** One paragraph behind its mark, later lines indented to the same column, painted after it is wrapped. */
function item(
  text: string,
  mark = '',
  paint: (text: string) => string = (plain) => plain,
): string[] {
  const indent = ' '.repeat(mark.length);
  return wrap(plainInline(text, Number.MAX_SAFE_INTEGER), COLUMNS - mark.length).map((line, at) =>
    paint(`${at === 0 ? mark : indent}${line}`),
  );
}
