/** `doctor`: one line for each check of configuration, GitLab, projects, people and queue, with what to do. */
import { describeConfig } from '../config/describe.ts';
import { type Config, ConfigError, processEnvironment, readConfig } from '../config.ts';
import type { Policy } from '../core/policy.ts';
import { examine } from '../doctor/examine.ts';
import { type Finding, findingsOn, type Mark } from '../doctor/finding.ts';
import { loadPolicy } from '../policy/load.ts';
import { PolicyError } from '../policy/problems.ts';
import { exitCodes } from './failure.ts';
import { paint } from './paint.ts';

export interface DoctorOptions {
  /** One object at the end; else each line as soon as it is known. */
  readonly json: boolean;
  /** Lets GitLab send a test where the last delivery of a webhook failed. */
  readonly sendTest: boolean;
}

export async function doctor(options: DoctorOptions): Promise<number> {
  const { sendTest } = options;
  const findings: Finding[] = [];
  let config: Config | null = null;
  const told = (each: Finding): void => {
    findings.push(each);
    if (!options.json) print(line(each));
  };
  try {
    config = readConfig(processEnvironment(), []);
    if (!options.json) print(`${describeConfig(config).join('\n')}\n`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) told(wrongVariable(problem));
    told(findingsOn().notLookedAt('everything else', 'the configuration cannot be read'));
  }
  if (config !== null) {
    const policy = readPolicy(config, told);
    for await (const each of examine({ config, policy, now: Date.now, sendTest })) told(each);
  }
  const code = exitCode(findings);
  if (options.json) print(JSON.stringify(asJson(config, findings, code), null, 2));
  else print(`\n${summary(findings)}`);
  return code;
}

function wrongVariable(problem: string): Finding {
  const [, name = 'configuration', rest = problem] = /^([A-Z_]+): (.*)$/s.exec(problem) ?? [];
  return findingsOn().failed(name, rest, `set ${name} to what is allowed`, exitCodes.configuration);
}

function readPolicy(config: Config, told: (finding: Finding) => void): Policy | null {
  const { fine, failed } = findingsOn();
  try {
    const policy = loadPolicy({ file: config.policyFile ?? undefined });
    const { questions, checks, stages } = policy;
    const parts = `${questions.length} questions, ${checks.length} checks, ${stages.length} stages`;
    told(fine('policy', `${config.policyFile ?? 'the shipped one'}: ${parts}`));
    return policy;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const [first, ...more] = error.problems;
    const place = first ? `${first.file}:${first.line}: ${first.message.replace(/\.$/, '')}` : '';
    const others = more.length > 0 ? ` (and ${more.length} more)` : '';
    told(
      failed(
        'policy',
        `${place}${others}`,
        `run scoping-bot policy check${config.policyFile ? ` ${config.policyFile}` : ''} and correct what it names`,
        exitCodes.configuration,
      ),
    );
    return null;
  }
}

/**
 * `interfaces.md` §3: 1 is "failed checks". Where a look could not be made at all the code says why, so that
 * a script tells "fix this" from "ask again later": wrong configuration before everything, since nothing
 * behind it could be judged; then GitLab or the queue out of reach; then GitLab that does not let us in.
 */
function exitCode(findings: readonly Finding[]): number {
  const codes = new Set(findings.map(({ code }) => code));
  const order = [exitCodes.configuration, exitCodes.unreachable, exitCodes.notAllowed];
  return [...order, exitCodes.no].find((code) => codes.has(code)) ?? exitCodes.fine;
}

const signs: Readonly<Record<Mark, string>> = {
  fine: paint.green('✓'),
  info: paint.dim('·'),
  warning: paint.yellow('!'),
  failed: paint.red('✗'),
  not_looked_at: paint.dim('–'),
};

function line({ check, project, mark, found, todo }: Finding): string {
  const about = project === null ? check : `${project}, ${check}`;
  return `${signs[mark]} ${paint.bold(about)}: ${found}${todo === null ? '' : paint.bold(` → ${todo}`)}`;
}

function summary(findings: readonly Finding[]): string {
  const count = (mark: Mark) => findings.filter((each) => each.mark === mark).length;
  const [failed, warnings] = [count('failed'), count('warning')];
  const hidden = count('not_looked_at');
  return [
    failed === 0
      ? 'Nothing must be done'
      : failed === 1
        ? '1 thing to do'
        : `${failed} things to do`,
    ...(warnings > 0 ? [warnings === 1 ? '1 warning' : `${warnings} warnings`] : []),
    `${count('fine')} fine`,
    ...(hidden > 0 ? [`${hidden} not looked at`] : []),
  ]
    .join(', ')
    .concat('.');
}

function asJson(config: Config | null, findings: readonly Finding[], code: number): object {
  const read = config === null ? [] : describeConfig(config);
  return {
    exit_code: code,
    configuration: Object.fromEntries(
      read.map((each) => {
        const [name = '', value = ''] = each.split(/ +(.*)/s);
        return [name, value];
      }),
    ),
    checks: findings.map(({ check, project, mark, found, todo }) => ({
      check,
      project,
      result: mark,
      found,
      todo,
    })),
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
