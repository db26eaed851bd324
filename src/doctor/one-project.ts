/** One served project from its existence to its webhook; what needs more than the bot may is not looked at. */
import type { Config } from '../config.ts';
import type { ForeignMark } from '../core/model.ts';
import { findForeignMarks } from '../core/plan/foreign-marks.ts';
import { isScopingIssue } from '../core/plan/recognise.ts';
import type { Policy } from '../core/policy.ts';
import type { MemberFacts, ProjectFacts } from '../gitlab/doctor/project.ts';
import type { SetupGround } from '../setup/ground.ts';
import { findLabelSteps } from '../setup/labels.ts';
import { whereInScope } from '../setup/rights.ts';
import type { FindSteps } from '../setup/step.ts';
import { findTemplateSteps } from '../setup/templates.ts';
import type { Admission } from './access.ts';
import { checkDeliveries, hasFailed } from './deliveries.ts';
import type { Finding } from './finding.ts';
import { checkAddressOfHook, checkHidden, checkHook, ourHooks } from './hook.ts';
import {
  checkMissing,
  checkOwner,
  checkProject,
  checkRole,
  checkTier,
  roleName,
} from './project.ts';
import { summariseSteps } from './set-up.ts';
import { checkStatusComments, MOST_ISSUES } from './status-comments.ts';
import { troubleFinding } from './trouble.ts';

export interface ProjectPatient {
  readonly admission: Admission;
  readonly config: Config;
  readonly policy: Policy;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** GitLab is asked to send a test where the last delivery failed: the only thing here that is not reading. */
  readonly sendTest: boolean;
}

interface Seen {
  readonly path: string;
  readonly members: readonly MemberFacts[] | null;
}

/** `name`: id or path as written. At the end its members, for the look at people. Throws `RetryableError` or `TerminalError`. */
export async function* examineProject(
  name: string,
  patient: ProjectPatient,
): AsyncGenerator<Finding | Seen> {
  const { admission, now } = patient;
  const { gitlab, bot, version, enterprise } = admission;
  const project = await gitlab.projects.readProject(/^\d+$/.test(name) ? Number(name) : name);
  if (project === null) {
    yield checkMissing(name, bot.username);
    return;
  }
  yield* checkProject(name, project);
  if (project.archived) return;
  const members = await gitlab.projects.listMembers(project.id);
  const me = members?.find(({ id }) => id === bot.id) ?? null;
  yield checkRole(project, me, bot.username, version, now);
  const owner = checkOwner(project, me, bot);
  if (owner !== null) yield owner;
  yield checkTier(project, enterprise);
  yield* examineHooks(project, me, patient);
  yield* examineSetUp(project, me, patient);
  if (project.issuesEnabled) yield await examineStatusComments(project, patient);
  yield { path: project.path, members };
}

async function* examineHooks(
  project: ProjectFacts,
  me: MemberFacts | null,
  { admission: { gitlab }, config, now, sendTest }: ProjectPatient,
): AsyncGenerator<Finding> {
  const all = await gitlab.hooks.listHooks(project.id);
  if (all === null) {
    yield checkHidden(project, me === null ? 'no member' : roleName(me.level));
    return;
  }
  yield checkAddressOfHook(project, all, config);
  for (const hook of ourHooks(all, config)) {
    const last = await gitlab.hooks.lastDeliveries(project.id, hook.id);
    const wanted = sendTest && (hook.state !== 'executable' || hasFailed(last));
    let test: boolean | null = null;
    try {
      if (wanted) test = await gitlab.setup.hooks.testHook(project.id, hook.id);
    } catch (error) {
      // GitLab waits for the receiver about as long as we wait for GitLab.
      yield troubleFinding('webhook test', error, project.path);
    }
    // A test that arrives switches the webhook on again.
    const again = test === true ? await gitlab.hooks.listHooks(project.id) : null;
    yield* checkHook(project, again?.find(({ id }) => id === hook.id) ?? hook, config);
    yield checkDeliveries(project, { hookId: hook.id, last, test, now });
  }
}

/** A part that cannot be looked at does not keep the others from it. */
async function* examineSetUp(
  { id, path }: ProjectFacts,
  me: MemberFacts | null,
  { admission: { gitlab, bot, scopes }, policy }: ProjectPatient,
): AsyncGenerator<Finding> {
  const ground: SetupGround = {
    ...{ gitlab: gitlab.setup, policy, user: bot, scopes },
    project: { id, path },
    level: me?.level ?? null,
  };
  const parts: readonly (readonly [check: string, find: FindSteps])[] = [
    ['labels', () => findLabelSteps(ground)],
    [
      'templates',
      async () =>
        whereInScope(
          ground,
          await findTemplateSteps({ repository: gitlab.setup.repository, projectId: id, policy }),
        ),
    ],
  ];
  for (const [check, find] of parts) {
    try {
      yield summariseSteps(path, check, await find());
    } catch (error) {
      yield troubleFinding(check, error, path);
    }
  }
}

/** At most `MOST_ISSUES` and one requests, however many issues there are. */
async function examineStatusComments(
  { id, path }: ProjectFacts,
  { admission: { gitlab, bot }, config, policy }: ProjectPatient,
): Promise<Finding> {
  try {
    const issues = (await gitlab.issues.newestOpen(id))
      .filter((issue) => isScopingIssue(issue, policy))
      .slice(0, MOST_ISSUES);
    const found: ForeignMark[] = [];
    for (const { ref } of issues) {
      const notes = await gitlab.issues.firstComments(ref);
      found.push(...findForeignMarks({ ref, notes }, bot, policy, config.stateSecret));
    }
    return checkStatusComments(path, issues.length, found);
  } catch (error) {
    return troubleFinding('status comments', error, path);
  }
}
