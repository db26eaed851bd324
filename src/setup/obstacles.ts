/** What makes all the rest of `setup` idle: a GitLab too old, an archived project, issues switched off. */
import { checkProject } from '../doctor/project.ts';
import { checkVersion } from '../doctor/version.ts';
import type { SetupGround } from './ground.ts';
import type { SetupStep } from './step.ts';

/** How a sentence of setup begins with what `doctor` found, by doctor's name of the check. */
const BEGINS = new Map([
  ['GitLab version', 'This GitLab is'],
  ['project', 'The project is'],
  ['issues', 'Issues are'],
]);

/**
 * None where setup may begin, else one step `blocked` for each. The rules are those of `doctor`, so that the
 * two never disagree. Throws `RetryableError` or `TerminalError`.
 */
export async function findObstacles(ground: SetupGround): Promise<readonly SetupStep[]> {
  const { gitlab, project } = ground;
  const facts = await gitlab.projectFacts(project.id);
  const findings = [
    checkVersion(await gitlab.version()),
    ...(facts === null ? [] : checkProject(project.path, facts)),
  ];
  return findings
    .filter(({ mark }) => mark === 'failed')
    .map(({ check, found, todo }) => ({
      kind: 'blocked',
      what: `Setting up ${project.path}`,
      why: `${BEGINS.get(check) ?? check} ${found}.`,
      todo: `${sentence(todo ?? '')}, then run this again.`,
      exit: 1,
    }));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
