/** The labels of the policy in a project: which are there, which are missing, which people have made their own. */
import { foldLabel } from '../core/label-spelling.ts';
import { type WantedLabel, wantedLabels } from '../core/wanted-labels.ts';
import type { LabelFound } from '../gitlab/setup/labels.ts';
import type { SetupGround } from './ground.ts';
import { PLANNER, refusalOf } from './rights.ts';
import type { SetupStep } from './step.ts';

/** Of labels that cannot be made, more than these few are counted, not named. */
const NAMED = 5;

/** What is there in one line, the rest label by label. Throws `RetryableError` or `TerminalError`. */
export async function findLabelSteps(ground: SetupGround): Promise<readonly SetupStep[]> {
  const wanted = wantedLabels(ground.policy);
  const found = await ground.gitlab.setupLabels.list(ground.project.id);
  const there = wanted.filter(({ name }) => withName(found, name).length > 0);
  const alike = wanted.filter((label) => !there.includes(label) && spelledAs(found, label));
  const missing = wanted.filter((label) => !there.includes(label) && !alike.includes(label));
  return [
    ...(there.length > 0 ? [describeThere(there, found)] : []),
    ...there.flatMap((label) => differences(label, withName(found, label.name))),
    ...alike.map((label) => otherSpelling(label, spelledAs(found, label)?.name ?? '')),
    ...stepsToMake(ground, missing),
  ];
}

function withName(found: readonly LabelFound[], wanted: string): readonly LabelFound[] {
  return found.filter(({ name }) => name === wanted);
}

function spelledAs(found: readonly LabelFound[], wanted: WantedLabel): LabelFound | undefined {
  return found.find(({ name }) => foldLabel(name) === foldLabel(wanted.name));
}

function describeThere(there: readonly WantedLabel[], found: readonly LabelFound[]): SetupStep {
  const above = there
    .map(({ name }) => name)
    .filter((name) => withName(found, name).every(({ ofProject }) => !ofProject));
  const count = there.length === 1 ? '1 label is there' : `${there.length} labels are there`;
  const groups = above.length === 0 ? '' : `, from a group above the project: ${above.join(', ')}`;
  return { kind: 'fine', what: `${count}${groups}` };
}

function stepsToMake(ground: SetupGround, missing: readonly WantedLabel[]): readonly SetupStep[] {
  const refusal = refusalOf(ground, PLANNER);
  if (refusal && missing.length > 0) {
    const names = missing.slice(0, NAMED).map(({ name }) => name);
    const more = missing.length - names.length;
    const what = `Making the labels ${names.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
    return [{ kind: 'blocked', what, ...refusal, exit: 77 }];
  }
  return missing.map((label) => ({
    kind: 'do',
    what: `${label.name}  ${label.colour}  ${label.description}`,
    apply: async () => {
      await ground.gitlab.setupLabels.create(ground.project.id, label);
      return { what: `The label ${label.name} was made.`, sort: 'label' };
    },
  }));
}

/** Read as the policy's label, but not what the bot writes (`canonical-labels.ts`). */
function otherSpelling({ name }: WantedLabel, theirs: string): SetupStep {
  return {
    kind: 'left',
    what: `The label ${theirs}`,
    why: `It is read as ${name}, but the bot would write ${name} beside it: rename it in GitLab (issues keep it), or write its name into the policy.`,
  };
}

/** How people have it, where that is not how the policy says; one of several such labels is enough. */
function differences(wanted: WantedLabel, same: readonly LabelFound[]): readonly SetupStep[] {
  const told = same.map(({ colour, description }) => [
    ...(colour.toLowerCase() === wanted.colour.toLowerCase()
      ? []
      : [`the colour ${colour} (policy: ${wanted.colour})`]),
    ...(description === wanted.description
      ? []
      : [`${quoted(description)} (policy: "${wanted.description}")`]),
  ]);
  const first = told[0];
  if (!first || told.some((differ) => differ.length === 0)) return [];
  return [
    { kind: 'left', what: `The label ${wanted.name}`, why: `It has ${first.join(' and ')}.` },
  ];
}

function quoted(description: string): string {
  return description === '' ? 'no description' : `the description "${description}"`;
}
