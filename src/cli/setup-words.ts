/** What `setup` found and did, in lines for a person. */
import type { Config } from '../config.ts';
import type { SetupGround } from '../setup/ground.ts';
import { roleOf } from '../setup/rights.ts';
import type { SetupDone, SetupStep } from '../setup/step.ts';
import { type PartFound, type SetupRun, stepsToDo } from '../setup/work.ts';
import { paint } from './paint.ts';
import { wrote } from './setup-files.ts';
import { type PartId, partTitles } from './setup-parts.ts';

/** Part by part, as a plan: `+` is to be made, `~` to be changed. */
export function describeFound(
  { project, user, level }: SetupGround,
  { gitlabUrl, policyFile }: Config,
  found: readonly PartFound[],
): readonly string[] {
  const by =
    policyFile === null ? 'the shipped policy (POLICY is not set)' : `the policy ${policyFile}`;
  return [
    `${paint.bold(project.path)} on ${gitlabUrl}, seen by @${user.username} (${roleOf(level)}), compared with ${by}`,
    ...found.flatMap((part) => ['', paint.bold(titleOf(part.id)), ...describePart(part)]),
    '',
    ...legend(found),
    summary(found),
  ];
}

/** After the steps were carried out: what failed, and what the second look still finds. */
export function describeDone({ failed, again }: SetupRun): readonly string[] {
  const undone = stepsToDo(again ?? []).filter(
    ({ what }) => !failed.some((step) => step.what === what),
  );
  return [
    ...failed.map(({ part, what, error }) =>
      paint.red(`  ${titleOf(part)}: ${what}: not done. ${error.message}`),
    ),
    ...(again ?? []).flatMap(({ id, error }) =>
      error ? [paint.red(`  ${titleOf(id)}: nobody could look again. ${error.message}`)] : [],
    ),
    ...undone.map(({ what }) => paint.yellow(`  still to do: ${what}`)),
    '',
    summary(again ?? []),
  ];
}

/** The bot knows labels, stages and questions from its start on, so what was made for a changed policy is half the way. */
export function describeNext(
  { policyFile }: Config,
  done: readonly SetupDone[],
): readonly string[] {
  if (policyFile === null || done.length === 0) return [];
  return [`→ If the service runs, start it again: it reads ${policyFile} only when it starts.`];
}

/** The README's next step; none where something is still to do or to mend. `env`: the file that `--env` names. */
export function describeWayOn(env: string | undefined, code: number): readonly string[] {
  if (code !== 0) return [];
  const doctor =
    env === undefined ? 'scoping-bot doctor' : `node --env-file=${env} dist/main.js doctor`;
  return ['', `next: ${doctor}`];
}

/** Of things that are alike only how many were made. */
export function describeMade(labels: number): readonly string[] {
  if (labels === 0) return [];
  return [labels === 1 ? '  1 label made.' : `  ${labels} labels made.`];
}

/** Each on a line of its own, ready for an environment file; `file` is the one that holds them already. */
export function describeSecrets(
  done: readonly SetupDone[],
  file: string | undefined,
): readonly string[] {
  const secrets = done.flatMap((step) => step.secrets ?? []);
  if (secrets.length === 0) return [];
  if (file !== undefined && done.some(({ what }) => what === wrote(file))) {
    return ['', `${secrets.map(({ variable }) => variable).join(', ')}: new, and only in ${file}.`];
  }
  const where =
    file === undefined
      ? 'the bot needs them in its environment'
      : `put them into ${file}, in place of older ones`;
  return [
    '',
    `Shown this once and kept nowhere; ${where}:`,
    ...secrets.map(({ variable, value }) => `${variable}=${value}`),
  ];
}

function describePart({ steps, error }: PartFound): readonly string[] {
  if (error) return [paint.red(`  ✗ Nobody could look. ${error.message}`)];
  return steps.flatMap(describeStep);
}

function describeStep(step: SetupStep): readonly string[] {
  switch (step.kind) {
    case 'fine':
      return [`  ${paint.green('✓')} ${step.what}`];
    case 'do':
      return [paint.green(`  ${step.changes ? '~' : '+'} ${step.what}`)];
    case 'left':
      if (step.warns) return [paint.yellow(`  ! ${step.what}: ${step.why}`)];
      return [paint.yellow(`  · ${step.what}, left as it is: ${step.why}`)];
    case 'blocked':
      return [paint.red(`  ✗ ${step.what}: not possible. ${step.why}`)];
  }
}

/** Of the marks that only this command has; the others stand beside their words. */
function legend(found: readonly PartFound[]): readonly string[] {
  const todo = stepsToDo(found);
  const marks = [
    ...(todo.some(({ changes }) => !changes) ? ['+ will be made'] : []),
    ...(todo.some(({ changes }) => changes) ? ['~ is there and will be changed'] : []),
  ];
  return marks.length > 0 ? [paint.dim(`${marks.join(', ')}.`)] : [];
}

/** What blocked steps ask for is said once, however many ask for it. */
function summary(found: readonly PartFound[]): string {
  const blocked = found.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'blocked' ? [step.todo] : [])),
  );
  const todo = stepsToDo(found).length;
  const closed = blocked.length + found.filter(({ error }) => error).length;
  const counts = [
    ...(todo > 0 ? [`${todo} to do`] : []),
    ...(closed > 0 ? [`${closed} not possible`] : []),
  ];
  const nothing = nothingToDo(found);
  return [
    counts.length > 0 ? `${counts.join(', ')}.` : nothing,
    ...[...new Set(blocked)].map((sentence) => `→ ${sentence}`),
  ].join('\n');
}

function nothingToDo(found: readonly PartFound[]): string {
  const shown = found.flatMap(({ steps }) => steps.filter((step) => step.kind === 'left'));
  const warnings = shown.filter(({ warns }) => warns).length;
  const left = shown.length - warnings;
  if (shown.length === 0) return 'Nothing to do: the project is as it should be.';
  const parts = [
    ...(left > 0 ? [`${left} left as people have it`] : []),
    ...(warnings > 0 ? [warnings === 1 ? '1 warning' : `${warnings} warnings`] : []),
  ];
  return `Nothing to do here; ${parts.join(', ')}.`;
}

function titleOf(part: string): string {
  return partTitles[part as PartId] ?? (part === 'project' ? 'Project' : 'Files');
}
