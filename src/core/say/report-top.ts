/** The first lines of the report: what the state is, and what to do next. */
import type { Assessment, OpenQuestion } from '../model.ts';
import type { Policy } from '../policy.ts';
import { offeringWords } from './advice.ts';
import { completeness, nothingRead } from './headline.ts';
import { asSentence } from './markdown.ts';
import { roleTitle, stageTitle } from './names.ts';
import { blockingFindings, contradictions, waiting } from './report-counts.ts';
import { countOf, item, type Look, say } from './report-lines.ts';
import { sentenceAsPlain } from './words.ts';

const FACT_WIDTH = 16;
/** Owners named in the next step; the rest stand below. */
const MOST_OWNERS = 3;

export function writeTop(
  assessment: Assessment,
  now: readonly OpenQuestion[],
  policy: Policy,
  look: Look,
): string[] {
  const { stage } = assessment;
  const title = [stageTitle(stage.current, policy), completeness(assessment)].filter(Boolean);
  return [
    ...item(title.join(' · '), '', look, look.paint.bold),
    ...writeVerdict(assessment, policy, look),
    ...item(nextStep(assessment, now, policy), '', look),
    '',
    ...writeFacts(assessment, policy, look),
  ];
}

function writeVerdict(assessment: Assessment, policy: Policy, look: Look): string[] {
  const { paint } = look;
  const { stage, completeness: counted } = assessment;
  const open = waiting(assessment).length;
  const blocking = blockingFindings(assessment).length + contradictions(assessment).length;
  const next = stage.next === null ? '' : ` for ${stageTitle(stage.next, policy)}`;
  if (open + blocking > 0) {
    const parts = [
      blocking === 0 ? '' : `${countOf(blocking, 'problem')} to settle`,
      open === 0 ? '' : `${countOf(open, 'question')} open`,
    ].filter(Boolean);
    const half = counted.needed - counted.answered - assessment.open.length;
    const are = half === 1 ? 'is' : 'are';
    const aside = half > 0 ? ` (${half} more ${are} half answered, which holds nothing up)` : '';
    return item(
      `Not ready${next}: ${parts.join(', ')}${aside}.`,
      '',
      look,
      blocking > 0 ? paint.red : paint.yellow,
    );
  }
  if (stage.next === null || stage.passed) {
    return item(`Ready${next}: nothing is missing.`, '', look, paint.green);
  }
  const held = stage.gates.filter(({ passed }) => !passed);
  const reasons = held.map(({ reason }) => say(reason)).join(' ');
  return item(`All questions are answered. Left${next}: ${reasons}`, '', look, paint.yellow);
}

function nextStep(assessment: Assessment, now: readonly OpenQuestion[], policy: Policy): string {
  const problems = blockingFindings(assessment).length + contradictions(assessment).length;
  const settle = problems > 0 ? 'settle what does not go together' : '';
  if (nothingRead(assessment) && now.length > 0) {
    return 'No answers were found in this text. Next: put them behind the words of the questions below. “scoping-bot templates” writes forms to start from.';
  }
  const owners = [...new Set(now.map(({ owner }) => owner))];
  const asked = owners.slice(0, MOST_OWNERS).map((owner) => {
    const count = now.filter((question) => question.owner === owner).length;
    const title = roleTitle(owner, policy);
    const who = owner === 'lead' ? title.charAt(0).toLowerCase() + title.slice(1) : `the ${title}`;
    return `${who} (${count})`;
  });
  const more = owners.length > MOST_OWNERS ? [`${owners.length - MOST_OWNERS} more`] : [];
  const ask = asked.length === 0 ? '' : `ask ${enumerateNames([...asked, ...more])}`;
  const steps = [settle, ask].filter(Boolean);
  return steps.length === 0 ? '' : asSentence(`Next: ${steps.join(', then ')}`);
}

function enumerateNames(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function writeFacts(assessment: Assessment, policy: Policy, look: Look): string[] {
  const { serviceTypes, lead, recommendation } = assessment;
  const services = serviceTypes.map(({ id, from }) => {
    const known = policy.services.find((service) => service.id === id)?.title ?? id;
    if (from === 'field') return known;
    return `${known} (${from === 'label' ? 'from a label' : 'concluded from the text'})`;
  });
  const who = lead.role === 'unknown' ? 'Not clear yet' : roleTitle(lead.role, policy);
  const fact = (name: string, words: string): string[] =>
    item(words, name.padEnd(FACT_WIDTH), look);
  return [
    ...fact('Service', services.length === 0 ? 'Not clear yet' : services.join(', ')),
    ...fact('Lead', `${who}. ${asSentence(sentenceAsPlain(lead.reason))}`),
    ...fact(
      'Recommendation',
      `${offeringWords(recommendation, policy, (title) => title)} Checked against the catalogue of ${policy.catalogueVersion}.`,
    ),
  ];
}
