/** What the comment remarks at its top: people's choices that are left as they are, and what changed. */
import type { Person } from '../model.ts';
import type { Policy } from '../policy.ts';
import { isInternal } from '../say/value.ts';
import { claims, sayClaims } from './claims.ts';
import { form, quote } from './commands/context.ts';
import { familyOf } from './label-decisions.ts';
import { keptQuiet } from './mentions.ts';
import { scopeOf } from './scopes.ts';
import type { ViewInput } from './view-input.ts';

/** In the order in which they are said. */
export function viewRemarks(input: ViewInput): readonly string[] {
  const { labels, assignees, twoLabels, move, policy, people, movers } = input;
  const first = [input.leadChange, input.tookBack].filter((each) => each !== null);
  const said = [...first, ...remarksOnCommands(input)];
  // The one thing that is to be done first is said at the top, unless people put the lead elsewhere.
  if (people.manager.kind === 'later' && people.manager.rule === input.assessment.lead.rule) {
    said.push(input.assessment.lead.reason);
  }
  const { refused, memory } = assignees;
  const isUndone = ({ id }: Person): boolean => memory.undone.includes(id);
  const undone = assignees.takenOff.filter(isUndone);
  const takenOff = assignees.takenOff.filter((person) => !isUndone(person));
  if (undone.length > 0) {
    const names = undone.map((person) => openName(person, input)).join(' and ');
    said.push(
      `${form('undo')} took back that I had assigned ${names}, so I do not do it again; ${form('assign sa|csm|em @USER')} does.`,
    );
  }
  if (takenOff.length > 0) {
    // Whom GitLab left out before a person chose is no longer tried either.
    const names = [...takenOff, ...refused].map((person) => openName(person, input)).join(' and ');
    said.push(
      `A person changed the assignees, so I leave them as they are. I would assign ${names}; the table of people below says why.`,
    );
  } else if (refused.length > 0) {
    const names = refused.map((person) => openName(person, input)).join(' and ');
    said.push(
      `GitLab did not take ${names} as a further assignee; the table of people below names everyone.`,
    );
  }
  if (keptQuiet(people, movers, input.assessment).length > 0) {
    said.push(
      'The policy says who may be called on such an issue; whoever else is asked here is named without a mention.',
    );
  }
  const { displaced } = assignees.memory;
  if (displaced) {
    said.push(
      `GitLab takes one assignee only here. The Engagement Manager was named by a command, which is newer, so ${displaced.name} is not assigned any more.`,
    );
  }
  if (twoLabels) {
    said.push('There were two stage labels; I kept the one that was put on last.');
  }
  const { ending } = input;
  const over = ending.close || (input.issue.state === 'closed' && ending.key !== null);
  if (labels.insteadOfStage !== null && !over) {
    said.push(
      `The label ${labels.insteadOfStage} stands in the place of a stage label, so I set none. Put a stage label back when the issue should go on.`,
    );
  } else if (!move.labelled) {
    const title = policy.stages.find(({ id }) => id === move.stage)?.title ?? '';
    said.push(
      `Somebody took the stage label off. I leave it off; put one back when the issue should go on (it was in ${title}).`,
    );
  }
  const held = move.held !== undefined && move.held !== move.stage;
  if (labels.insteadOfStage === null && held && !move.hold) {
    said.push(
      'A person chose this stage, so I leave the issue in it. `/scoping advance` sends it on, or the stage label.',
    );
  }
  if (input.ending.key === null) {
    said.push(...sayClaims(policy, allLabels(input), input.assessment));
  }
  for (const { stands, would } of labels.differs) {
    const claim = stands !== null && policy.approvals.some((each) => claims(each, stands));
    if (!claim) said.push(differing(stands, would, policy));
  }
  return said;
}

/** As they will stand, those that are none of our business included. */
function allLabels({ issue, labels, policy }: ViewInput): readonly string[] {
  return [...labels.after, ...issue.labels.filter((label) => !familyOf(policy, label))];
}

/** Whoever was named internally has no name where everybody reads. */
function openName(
  { id, name }: Person,
  { policy, people, assessment, internal }: ViewInput,
): string {
  const hidden = policy.roles.some(
    ({ id: role, field }) =>
      people.byRole.get(role)?.person?.id === id && isInternal(field ?? '', assessment.answers),
  );
  return hidden && !internal ? 'somebody who was named internally' : name;
}

function remarksOnCommands(input: ViewInput): readonly string[] {
  const { withdrawn, staleBecause, scopeUnsure, quietUntil, ending, issue, policy } = input;
  const said = Object.entries(withdrawn).map(([id, by]) => {
    const title = policy.approvals.find((approval) => approval.id === id)?.title ?? id;
    return `The approval for ${title} by ${quote(`@${by}`)} does not count any more: its comment was edited or deleted, or the estimate, the statement of work or the stage has changed since. It has to be given anew.`;
  });
  if (staleBecause !== '') {
    said.push(
      `The scope has changed since the customer accepted it (${staleBecause}). The estimate may be stale; a new one goes in with ${form('estimate URL AMOUNT')}.`,
    );
  }
  if (scopeUnsure) {
    said.push(
      `My earlier comment was deleted, and with it what I knew of the scope that the customer accepted. If the scope has changed since, a new estimate goes in with ${form('estimate URL AMOUNT')}; if it has not, ${form('accept scope')} says so once more.`,
    );
  }
  if (quietUntil !== null) {
    said.push(`Somebody asked me to call nobody before ${quietUntil}, so I do not.`);
  }
  if (ending.reopenedAt !== null && ending.key === null) {
    const day = ending.reopenedAt.slice(0, 10);
    const old = input.oldAnswers
      ? ' Some answers are older than three months; please look whether they still hold.'
      : '';
    said.push(`This was opened again on ${day}; I go on where it stood.${old}`);
  }
  if (issue.state === 'closed' && ending.key === null) {
    said.push('This issue is closed, so I ask nobody; opened again, I go on where it stood.');
  }
  return said;
}

function differing(stands: string | null, would: string | null, policy: Policy): string {
  if (stands && would)
    return `The label ${stands} was set by a person and stays; I would have said ${would}.`;
  if (stands)
    return `The label ${stands} was set by a person and stays; from what I read it would not be needed.`;
  // Which of a scope they took off is not known any more at the next look; ours need not be the one.
  const family = familyOf(policy, would ?? '');
  if (family?.scoped && would) {
    const scope = would.includes('::') ? scopeOf(family, would) : family.id;
    return `A person took the ${scope} label off, so I set none; I would have said ${would}.`;
  }
  return `A person took ${would ?? 'a label'} off, so I leave it off, although what I read still says so.`;
}
