/** How the opportunity's stage in the CRM has changed, an axis of its own: told, never a reason to move or to stop (`domain.md` §8.9). */
import type { Answers, Note } from '../model.ts';
import type { Policy } from '../policy.ts';
import { isInternal } from '../say/value.ts';
import type { CrmView } from '../say/view.ts';
import { type CrmSeen, keyedHash, type Memory } from './memory.ts';

/** The history of an opportunity is short; what is older tells nothing. */
const most = 20;

/** The stage as it is reported now; null while nobody told it for sure. */
export function crmStageOf({ crmStage }: Policy, answers: Answers): number | null {
  const answer = crmStage ? answers.get(crmStage.field) : undefined;
  return answer?.state === 'answered' && typeof answer.value === 'number' ? answer.value : null;
}

/** With the stage as it is reported now; a stage that is not told, or not for sure, changes nothing. */
export function rememberCrm(
  policy: Policy,
  answers: Answers,
  memory: Memory,
  now: string,
  key: string,
): Memory['crm'] {
  const field = policy.crmStage?.field ?? '';
  const stage = crmStageOf(policy, answers);
  if (stage === null) return memory.crm;
  const hash = hashOf(stage, key);
  if (memory.crm.at(-1)?.hash === hash) return memory.crm;
  const seen = { hash, at: now, ...(isInternal(field, answers) ? { internal: true } : {}) };
  return [...memory.crm, seen].slice(-most);
}

/**
 * What the comment tells of it; null while it only ever was one stage. Outsiders are told nothing of stages
 * that were reported internally. `notes`: of people; words of theirs since
 * it went back, or beside the command that said so, are taken for the reason.
 */
export function viewCrm(
  policy: Policy,
  crm: Memory['crm'],
  answers: Answers,
  notes: readonly Note[],
  outsidersCanRead: boolean,
  key: string,
): CrmView | null {
  const told = outsidersCanRead ? crm.filter(({ internal }) => !internal) : crm;
  const moves = told.flatMap((seen) => {
    const stage = stageOf(seen, policy, key);
    return stage === null ? [] : [{ stage, at: seen.at }];
  });
  const last = moves.at(-1);
  if (!last || moves.length < 2 || told.at(-1) !== crm.at(-1)) return null;
  const before = moves.slice(0, -1).findLast(({ stage }) => stage > last.stage);
  const wentBack =
    before && moves.slice(moves.indexOf(before)).find(({ stage }) => stage < before.stage);
  if (!before || !wentBack) return { moves, back: null };
  const saidIn = answers.get(policy.crmStage?.field ?? '')?.where?.note?.id;
  const asked = !notes.some(
    ({ id, createdAt, body }) => (createdAt > wentBack.at || id === saidIn) && hasWords(body),
  );
  return { moves, back: { from: before.stage, at: wentBack.at, asked } };
}

function stageOf({ hash }: CrmSeen, policy: Policy, key: string): number | null {
  const question = policy.questionById.get(policy.crmStage?.field ?? '');
  const values = policy.vocabularies.get(question?.vocabulary ?? '')?.values ?? [];
  const found = values.map(({ id }) => Number(id)).find((stage) => hashOf(stage, key) === hash);
  return found ?? null;
}

function hashOf(stage: number, key: string): string {
  return keyedHash(`crm ${stage}`, key);
}

/** Something beside commands. */
function hasWords(body: string): boolean {
  return body.split('\n').some((line) => /\p{L}/u.test(line) && !/^\s*[/@>]/u.test(line));
}
