/** What `setup` would still do in a project, as one line of `doctor` for each part. */
import type { SetupStep } from '../setup/step.ts';
import { type Finding, findingsOn } from './finding.ts';

/** More than these few are counted, not named. */
const NAMED = 5;

type Kind = SetupStep['kind'];

/**
 * `do` and `blocked`: a warning, since the bot works without what is missing there (it makes a label before it
 * writes one, and reads issues without a template). `left`: people's own, told and nothing more.
 */
export function summariseSteps(
  project: string,
  check: string,
  steps: readonly SetupStep[],
): Finding {
  const { fine, info, warning } = findingsOn(project);
  const of = (kind: Kind) => steps.filter((step) => step.kind === kind);
  const [done, missing, left] = [of('fine'), of('do'), of('left')];
  const blocked = steps.filter((step) => step.kind === 'blocked');
  const found = [
    ...done.map(({ what }) => what),
    ...(missing.length > 0 ? [`still to do: ${names(missing)}`] : []),
    ...(blocked.length > 0 ? [`missing, and not for this token: ${names(blocked)}`] : []),
    ...(left.length > 0 ? [`people's own, left as they are: ${names(left)}`] : []),
  ].join('; ');
  const [first] = blocked;
  if (missing.length > 0) return warning(check, found, `run scoping-bot setup ${project}`);
  if (first?.exit === 77) {
    // The bot works without it, so it needs no higher role for this: somebody else may do it once.
    return warning(check, found, `run scoping-bot setup ${project} with a Maintainer's token`);
  }
  if (first !== undefined) return warning(check, found, withoutStop(first.todo));
  return left.length > 0 ? info(check, found) : fine(check, withoutStop(found));
}

/** The first words of each: what follows two spaces or a colon is for `setup` to show. */
function names(steps: readonly SetupStep[]): string {
  const short = steps.map(({ what }) =>
    withoutStop(what.split(/ {2}|: /)[0] ?? what).replace(/^The /, 'the '),
  );
  const more = short.length - NAMED;
  return [...short.slice(0, NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function withoutStop(text: string): string {
  return text.trim().replace(/\.$/, '');
}
