/** Gathers what the status comment says beside the assessment: people, moves, remarks. */
import type { Answer, Assessment, IssueState, Person, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import { readHandles } from '../read/link.ts';
import { quietName } from '../say/names.ts';
import { isInternal } from '../say/value.ts';
import type { CommentView, RoleView } from '../say/view.ts';
import type { AssigneeChange } from './assignees.ts';
import { claims, sayClaims } from './claims.ts';
import { form, quote } from './commands/context.ts';
import type { Judged } from './commands/judge.ts';
import type { Offers } from './commands/offers.ts';
import type { Standing } from './commands/standing.ts';
import { familyOf } from './label-decisions.ts';
import type { LabelChange } from './labels.ts';
import type { Memory } from './memory.ts';
import { keptQuiet } from './mentions.ts';
import type { Ending } from './outcome.ts';
import { type People, sayPool } from './people.ts';
import { scopeOf } from './scopes.ts';
import type { StageMove } from './stage-move.ts';
import { viewEnded, viewMoves, viewOffers, viewPause, viewShow } from './view-moves.ts';

interface ViewInput {
  readonly policy: Policy;
  readonly issue: IssueState;
  readonly assessment: Assessment;
  readonly people: People;
  readonly movers: readonly Role[];
  readonly live: readonly number[];
  readonly labels: LabelChange;
  readonly assignees: AssigneeChange;
  readonly move: StageMove;
  readonly twoLabels: boolean;
  readonly internal: boolean;
  readonly botUsername: string;
  readonly judged: readonly Judged[];
  readonly offers: Offers;
  readonly ending: Ending;
  /** The assessment as if the issue had come to the end of the road. */
  readonly atTheEnd: () => Assessment;
  readonly approvals: Standing['approvals'];
  readonly withdrawn: Memory['withdrawn'];
  /** Why the estimate is stale, '' when it is not. */
  readonly staleBecause: string;
  /** What the customer accepted had to be taken from what stands there now. */
  readonly scopeUnsure: boolean;
  /** Opened again, with answers that were old by then. */
  readonly oldAnswers: boolean;
  /** Nobody is called before this day. */
  readonly quietUntil: string | null;
  readonly now: string;
  readonly crm: CommentView['crm'];
  /** Said once: who led discovery before. */
  readonly leadChange: string | null;
}

export function buildView(input: ViewInput): CommentView {
  const { assessment, move, movers, internal } = input;
  const last = move.history.at(-1);
  const before = move.history.at(-2);
  const show = viewShow(input);
  const moved = last && before ? { from: before.stage, to: last.stage } : null;
  return {
    assessment,
    roles: viewRoles(input),
    movers,
    audience: internal ? 'internal' : 'everyone who can read the issue',
    outsidersCanRead: !internal,
    remarks: remarks(input),
    ...(moved ? { stageChangedNow: moved } : {}),
    history: viewMoves(input),
    pause: viewPause(input),
    ended: viewEnded(input),
    offers: viewOffers(input, assessment.open),
    show,
    fitLabel: fitDecided(input),
    unfinished: show.handOff ? unfinished(input) : null,
    approvals: new Map([...input.approvals].map(([id, { by }]) => [id, by])),
    crm: input.crm ?? null,
    botUsername: input.botUsername,
    language: 'en',
  };
}

/** The offering as a person's label says it; what is ours, by our own conclusion, decides nothing. */
function fitDecided({ policy, labels }: ViewInput): string | null {
  const names = policy.labels.find(({ id }) => id === 'fit')?.names;
  const standing = [...(names?.values() ?? [])].filter((name) => labels.after.includes(name));
  return standing.find((name) => !labels.own.includes(name)) ?? null;
}

function unfinished({ atTheEnd }: ViewInput): NonNullable<CommentView['unfinished']> {
  const { stage, open } = atTheEnd();
  return { gates: stage.lapsed, open };
}

/** The roles that a question names, and whoever else was found; a role nobody is asked for is not shown. */
function viewRoles(input: ViewInput): CommentView['roles'] {
  const { policy, people } = input;
  const shown = policy.roles.filter(
    ({ id, field }) => id === 'em' || field !== null || people.byRole.has(id),
  );
  return new Map(shown.map(({ id }): [Role, RoleView] => [id, viewRole(id, input)]));
}

function viewRole(
  role: Role,
  { policy, people, movers, live, assessment, internal }: ViewInput,
): RoleView {
  const found = people.byRole.get(role);
  const field = policy.roles.find(({ id }) => id === role)?.field ?? '';
  const said = assessment.answers.get(field);
  // Somebody who was named internally is not named where everybody reads.
  if (found && !internal && isInternal(field, assessment.answers)) {
    return { username: null, reason: 'answered internally' };
  }
  if (found) {
    return {
      username: found.username,
      name: found.name,
      known: found.known,
      source: sayCandidate(role, assessment) + found.source + sayFirst(found.username, said),
      inferred: found.inferred,
      mention: found.person !== null && movers.includes(role) && live.includes(found.person.id),
    };
  }
  if (role === 'em') return { username: null, reason: whyNoManager(people, policy) };
  return { username: null, reason: whyNobody(role, assessment, people, policy) };
}

/** Where an answer names several people, the first is taken, and that is said. */
function sayFirst(username: string, said: Answer | undefined): string {
  if (said?.state !== 'answered' || String(said.value).toLowerCase() !== username.toLowerCase()) {
    return '';
  }
  const all = readHandles(said.raw).length;
  return all > 1 ? `; of the ${all} who are named there I take the first` : '';
}

/** `domain.md` §8.8 L7: both are listed while nobody knows who leads. */
function sayCandidate(role: Role, { lead }: Assessment): string {
  return lead.candidates?.includes(role) ? 'may lead discovery; ' : '';
}

function whyNobody(role: Role, assessment: Assessment, people: People, policy: Policy): string {
  const unclear = people.unclear.get(role);
  if (unclear !== undefined) return unclear;
  const pool = sayPool(policy, role);
  const rule = assessment.pools.find((found) => found.role === role);
  if (rule && pool !== '') return `not named; ${rule.reason}: ${pool}`;
  const field = policy.roles.find(({ id }) => id === role)?.field;
  const asked =
    assessment.lead.role === role ||
    (field !== null && field !== undefined && assessment.applicable.includes(field));
  const candidate = sayCandidate(role, assessment);
  return asked || candidate !== '' ? `${candidate}not named yet` : 'not needed for this one';
}

function whyNoManager({ manager }: People, policy: Policy): string {
  if (manager.kind === 'waiting') {
    const questions = manager.missing.map((id) => policy.questionById.get(id)?.ask ?? id);
    return `I will find one as soon as this is answered: ${questions.join('; ')}`;
  }
  if (manager.kind === 'later') return manager.reason;
  const { fallback } = policy.assignment;
  const desk = fallback === '' ? sayPool(policy, 'em') : quietName(fallback);
  const ask = desk === '' ? 'please name one here' : `please ask ${desk}`;
  return manager.kind === 'nobody' ? `${manager.reason}; ${ask}` : ask;
}

function remarks(input: ViewInput): readonly string[] {
  const { labels, assignees, twoLabels, move, policy, leadChange, people, movers } = input;
  const said = [...(leadChange === null ? [] : [leadChange]), ...remarksOnCommands(input)];
  // The one thing that is to be done first is said at the top, unless people put the lead elsewhere.
  if (people.manager.kind === 'later' && people.manager.rule === input.assessment.lead.rule) {
    said.push(input.assessment.lead.reason);
  }
  const { takenOff, refused } = assignees;
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
