/** Gathers what the status comment says beside the assessment: people, moves, remarks. */
import type { Assessment, IssueState, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { CommentView, Move, RoleView } from '../say/view.ts';
import type { AssigneeChange } from './assignees.ts';
import type { LabelChange } from './labels.ts';
import type { Memory } from './memory.ts';
import type { People } from './people.ts';
import type { StageMove } from './stage-move.ts';

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
}

export function buildView(input: ViewInput): CommentView {
  const { assessment, move, movers, internal } = input;
  const last = move.history.at(-1);
  const before = move.history.at(-2);
  const moved = last && before ? { from: before.stage, to: last.stage } : null;
  return {
    assessment,
    roles: viewRoles(input),
    movers,
    audience: internal ? 'internal' : 'everyone who can read the issue',
    outsidersCanRead: !internal,
    remarks: remarks(input),
    ...(moved ? { stageChangedNow: moved } : {}),
    history: move.history.map(asMove),
    botUsername: input.botUsername,
    language: 'en',
  };
}

function asMove({ stage, at, by }: StageMove['history'][number]): Move {
  if (by === null) return { stage, at, by: 'bot' };
  return { stage, at, by: by === '' ? 'person' : { username: by } };
}

/** Who is mentioned live: whose move it is, and who was not called for this stage before (`rulings.md` 25). */
export function findLive(
  people: People,
  movers: readonly Role[],
  stage: string | null,
  memory: Memory,
  botId: number,
): readonly number[] {
  const earlier = Object.hasOwn(memory.mentioned, stage ?? '')
    ? (memory.mentioned[stage ?? ''] ?? [])
    : [];
  const ids = movers.flatMap((role) => people.byRole.get(role)?.person?.id ?? []);
  return [...new Set(ids)].filter(
    (id) => id !== botId && (!earlier.includes(id) || memory.live.includes(id)),
  );
}

/** The roles that a question names, and whoever else was found; a role nobody is asked for is not shown. */
function viewRoles(input: ViewInput): CommentView['roles'] {
  const { policy, people } = input;
  const shown = policy.roles.filter(
    ({ id, field }) => id === 'em' || field !== null || people.byRole.has(id),
  );
  return new Map(shown.map(({ id }): [Role, RoleView] => [id, viewRole(id, input)]));
}

function viewRole(role: Role, { policy, people, movers, live, assessment }: ViewInput): RoleView {
  const found = people.byRole.get(role);
  if (found) {
    return {
      username: found.username,
      name: found.person?.name ?? '',
      known: found.person !== null,
      source: found.source,
      inferred: found.inferred,
      mention: found.person !== null && movers.includes(role) && live.includes(found.person.id),
    };
  }
  if (role === 'em') return { username: null, reason: whyNoManager(people, policy) };
  const field = policy.roles.find(({ id }) => id === role)?.field;
  const asked = field !== null && field !== undefined && assessment.applicable.includes(field);
  return { username: null, reason: asked ? 'not named yet' : 'not needed for this one' };
}

function whyNoManager({ manager }: People, policy: Policy): string {
  if (manager.kind === 'waiting') {
    const questions = manager.missing.map((id) => policy.questionById.get(id)?.ask ?? id);
    return `I will find one as soon as this is answered: ${questions.join('; ')}`;
  }
  const { fallback } = policy.assignment;
  const ask = fallback === '' ? 'please name one here' : `please ask ${fallback}`;
  return manager.kind === 'nobody' ? `${manager.reason}; ${ask}` : ask;
}

function remarks({ labels, assignees, twoLabels, move, policy }: ViewInput): readonly string[] {
  const said: string[] = [];
  if (assignees.refused.length > 0) {
    const names = assignees.refused.map(({ name }) => name).join(' and ');
    said.push(
      `GitLab did not take ${names} as a further assignee; the table of people below names everyone.`,
    );
  }
  if (twoLabels) {
    said.push('There were two stage labels; I kept the one that was put on last.');
  }
  if (!move.labelled) {
    const title = policy.stages.find(({ id }) => id === move.stage)?.title ?? '';
    said.push(
      `Somebody took the stage label off. I leave it off; put one back when the issue should go on (it was in ${title}).`,
    );
  }
  if (move.held !== undefined && move.held !== move.stage) {
    said.push(
      'A person chose this stage, so I leave the issue in it. Move the stage label when it should go on.',
    );
  }
  for (const { stands, would } of labels.differs) said.push(differing(stands, would));
  return said;
}

function differing(stands: string | null, would: string | null): string {
  if (stands && would)
    return `The label ${stands} was set by a person and stays; I would have said ${would}.`;
  if (stands)
    return `The label ${stands} was set by a person and stays; from what I read it would not be needed.`;
  return `A person took ${would ?? 'a label'} off, so I leave it off, although what I read still says so.`;
}
