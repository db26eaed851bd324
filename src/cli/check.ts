/** `check FILE…`: what the bot would say about a Markdown file, offline. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { assess } from '../core/judge/assess.ts';
import type { Assessment } from '../core/model.ts';
import { readStage } from '../core/plan/label-decisions.ts';
import { Known } from '../core/plan/lookups.ts';
import type { Policy } from '../core/policy.ts';
import { readIssue } from '../core/read/issue.ts';
import { writeReport } from '../core/say/report.ts';
import { loadPolicy } from '../policy/load.ts';
import { toCheckJson } from './check-json.ts';
import { exitCodes, fileTrouble, UsageError } from './failure.ts';
import { paint } from './paint.ts';
import { policyFile } from './policy.ts';

export interface CheckOptions {
  readonly title: string;
  readonly label: readonly string[];
  /** `YYYY-MM-DD` or an ISO time; today when not given. */
  readonly now: string | undefined;
  readonly policy: string | undefined;
  readonly json: boolean;
}

/** Exit code 1 when something is missing or blocks, 0 when not. Throws `UsageError` for what cannot be read. */
export async function check(files: readonly string[], options: CheckOptions): Promise<number> {
  const now = readNow(options.now);
  if (files.indexOf('-') !== files.lastIndexOf('-')) {
    throw new UsageError('"-" was given more than once: standard input can be read only once');
  }
  const policy = loadPolicy({ file: options.policy ?? policyFile() });
  let code: number = exitCodes.fine;
  for (const [index, file] of files.entries()) {
    const description = await readText(file);
    const assessment = assessText(description, options, policy, now);
    if (options.json) {
      const data = toCheckJson(assessment, options.title, policy);
      const line = files.length > 1 ? { file, ...data } : data;
      process.stdout.write(`${JSON.stringify(line, null, files.length > 1 ? 0 : 2)}\n`);
    } else {
      if (files.length > 1) process.stdout.write(`${index > 0 ? '\n' : ''}${file}\n\n`);
      process.stdout.write(`${writeReport(assessment, policy, paint).join('\n')}\n`);
    }
    const blocked = assessment.findings.some(({ severity }) => severity === 'block');
    if (blocked || assessment.open.some(({ excused }) => !excused)) code = exitCodes.no;
  }
  return code;
}

/** All labels count as put on by people: offline there is nobody else who could have. */
export function assessText(
  description: string,
  { title, label }: Pick<CheckOptions, 'title' | 'label'>,
  policy: Policy,
  now: string,
): Assessment {
  const labels = lastOfEachScope(label);
  const reading = readIssue({ title, description, labels, writtenAt: now, sets: [] }, policy, now);
  const nobody = {
    bot: { id: 0, username: '', name: '' },
    people: new Map(),
    roles: new Map(),
    loads: new Map(),
    labelEvents: [],
    refusedAssignees: [],
  };
  const stage = readStage(policy, labels, new Known(nobody, {}, []))?.id ?? null;
  const circumstances = { title, labels, peoplesLabels: labels, stage, now };
  return assess(
    { reading, removedServices: new Set<string>(), emKnown: null, ...circumstances },
    policy,
  );
}

/** `rulings.md` 17: of several labels of one scope the last one given counts. */
function lastOfEachScope(labels: readonly string[]): readonly string[] {
  const kept = new Map<string, string>();
  for (const label of labels) {
    const end = label.lastIndexOf('::');
    const key = end < 0 ? label : label.slice(0, end + 2);
    kept.delete(key);
    kept.set(key, label);
  }
  return [...kept.values()];
}

/** A day or a time of ISO 8601 → the same in UTC. `Date` alone would take "1" for a year and the 30th of February for the 2nd of March. */
export function readNow(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString();
  const [, day] =
    /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(
      given,
    ) ?? [];
  const [midnight, date] = [new Date(`${day}T00:00:00Z`), new Date(given)];
  const readable = !Number.isNaN(midnight.getTime()) && !Number.isNaN(date.getTime());
  if (!readable || midnight.toISOString().slice(0, 10) !== day) {
    throw new UsageError(`--now: read "${given}", allowed is a date such as 2026-11-23`);
  }
  return date.toISOString();
}

async function readText(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: cannot be read: ${fileTrouble(error)}`);
  }
}
