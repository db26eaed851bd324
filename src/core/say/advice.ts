/** What the bot makes of the answers: points to check, and which offering fits. */
import type { Assessment, Finding, Recommendation } from '../model.ts';
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { inertInline } from './inert.ts';
import { asSentence, blocks, bullets, command, fold } from './markdown.ts';
import { roleTitle } from './names.ts';
import { remedyOf } from './remedy.ts';
import type { CommentView } from './view.ts';

/** What decides an undecided offering: the first few are enough to go on with. */
const MOST_DECIDERS = 4;

const CONFIDENCE: Readonly<Record<Recommendation['confidence'], string>> = {
  high: 'high confidence',
  medium: 'medium confidence',
  low: 'low confidence',
};

/** Contradictions and risks first; what is merely good to know is folded. */
export function writeFindings({ findings: all }: Assessment): string {
  const findings = all.filter(({ internal }) => !internal);
  const item = (finding: Finding): string => {
    const { severity, message } = finding;
    const remedy = remedyOf(finding);
    const settled = remedy === '' ? '' : ` Settled when: ${calm(asSentence(remedy))}`;
    const words = `${calm(asSentence(message))}${settled}`;
    return severity === 'block' ? `**To settle first:** ${words}` : words;
  };
  const block = findings.filter(({ severity }) => severity === 'block');
  const warn = findings.filter(({ severity }) => severity === 'warn');
  const info = findings.filter(({ severity }) => severity === 'info');
  const pressing = [...block, ...warn];
  return blocks([
    pressing.length === 0 ? '' : `#### Please check\n\n${bullets(pressing.map(item))}`,
    info.length === 0
      ? ''
      : fold(
          info.length === 1 ? 'One thing worth knowing' : `${info.length} things worth knowing`,
          bullets(info.map(item)),
        ),
  ]);
}

/** '' while nothing at all is known of the service wanted: that question is asked already. */
export function writeRecommendation(view: CommentView, policy: Policy): string {
  const { recommendation, serviceTypes } = view.assessment;
  const { kind, reasons, wouldChange } = recommendation;
  const nothingToSay = serviceTypes.length === 0 || reasons.length + wouldChange.length === 0;
  if (kind === 'undecided' && nothingToSay) return '';
  const sentences = (items: readonly string[]): string =>
    bullets(items.map((item) => calm(asSentence(item))));
  const verdict = offeringWords(recommendation, policy, (title) => `**${calm(title)}**`);
  if (kind === 'undecided') {
    const decide = wouldChange.length === 0 ? '' : ` What decides: ${calm(deciders(wouldChange))}.`;
    return blocks(['#### Recommendation', verdict + decide, sentences(reasons)]);
  }
  return blocks([
    '#### Recommendation',
    verdict,
    sentences(reasons),
    wouldChange.length === 0 ? '' : `What would change this:\n\n${sentences(wouldChange)}`,
    whoDecides(view, policy),
  ]);
}

/** The verdict as one sentence; `name` dresses an offering's title. */
export function offeringWords(
  { kind, offering, also, confidence }: Recommendation,
  policy: Policy,
  name: (title: string) => string,
): string {
  const title = (id: string): string =>
    name(policy.offerings.find((known) => known.id === id)?.title ?? id.replaceAll('_', ' '));
  const others = also.length === 0 ? '' : ` together with ${also.map(title).join(' and ')}`;
  const sure = `(${CONFIDENCE[confidence]})`;
  switch (kind) {
    case 'sku':
      return `${offering === null ? name('A standard package') : title(offering)}${others} fits ${sure}.`;
    case 'sow':
      return `This needs a ${name('custom statement of work')}${others} ${sure}.`;
    case 'partner':
      return `${name('A partner')} is the better way here ${sure}.`;
    case 'none':
      return `${name('No offering')} fits as things stand ${sure}.`;
    default:
      return offering === null
        ? 'Too early to say.'
        : `Not decided yet; ${title(offering)} is a likely one.`;
  }
}

/** The first few questions that decide, in one line. */
export function deciders(questions: readonly string[]): string {
  const shown = questions.slice(0, MOST_DECIDERS).map((question) => question.replace(/[?.]$/, ''));
  const more = questions.length - shown.length;
  return more > 0 ? `${shown.join('; ')}; and ${more} more` : shown.join('; ');
}

/** A package or a partner is only ever proposed (`rulings.md` 18). */
function whoDecides({ assessment, fitLabel, ended }: CommentView, policy: Policy): string {
  const { kind } = assessment.recommendation;
  const checked = `Checked against the catalogue of ${calm(policy.catalogueVersion)}.`;
  const decision =
    fitLabel && !ended
      ? `A person has decided: the label ${inertInline(fitLabel, 80)} stands. `
      : '';
  if (ended || (kind !== 'sku' && kind !== 'partner')) return `${decision}${checked}`;
  const names = policy.labels.find(({ id }) => id === 'fit')?.names;
  const sow = inertInline(names?.get('sow') ?? 'fit sow', 80);
  const end = command(policy.commands.find(({ id }) => id === kind)?.form ?? `${kind} REASON`);
  if (fitLabel) {
    const sold = fitLabel === names?.get(kind) ? `${end} ends this issue once it is sold. ` : '';
    return `${decision}${sold}${checked}`;
  }
  // Our own fit label stands on the issue already, so nobody could decide by adding it.
  return `The ${calm(roleTitle('em', policy))} decides: ${end} if that is sold, which ends this issue, or the label ${sow} for a custom statement of work. ${checked}`;
}
