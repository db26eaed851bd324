/** Gathers what the status comment says beside the assessment: people, moves, remarks. */
import { roadOf } from '../judge/stages.ts';
import type { CommentView } from '../say/view.ts';
import type { ViewInput } from './view-input.ts';
import { viewEnded, viewMoves, viewOffers, viewPause, viewShow } from './view-moves.ts';
import { viewRemarks } from './view-remarks.ts';
import { viewRoles } from './view-roles.ts';

export function buildView(input: ViewInput): CommentView {
  const { assessment, move, movers, internal } = input;
  const last = move.history.at(-1);
  const before = move.history.at(-2);
  const show = viewShow(input);
  // Stopped before our first comment, we find our own label further on: then we have moved it too.
  const found = last?.by === null && last.stage !== roadOf(input.policy)[0]?.id;
  const moved = last && (before || found) ? { from: before?.stage ?? null, to: last.stage } : null;
  return {
    assessment,
    roles: viewRoles(input),
    movers,
    audience: internal ? 'internal' : 'everyone who can read the issue',
    outsidersCanRead: !internal,
    remarks: viewRemarks(input),
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
