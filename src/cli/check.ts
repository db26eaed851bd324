/** `check FILE…`: what the bot would say about Markdown files, offline. */
import { type Exposed, findExposed } from '../core/exposed.ts';
import { assess } from '../core/judge/assess.ts';
import { foldLabel } from '../core/label-spelling.ts';
import type { Assessment } from '../core/model.ts';
import { canonicalLabel } from '../core/plan/canonical-labels.ts';
import { readStage } from '../core/plan/label-decisions.ts';
import { Known } from '../core/plan/lookups.ts';
import type { Policy } from '../core/policy.ts';
import { readIssue } from '../core/read/issue.ts';
import { plainInline } from '../core/say/inert.ts';
import { writeReport } from '../core/say/report.ts';
import { isHeldUp } from '../core/say/report-counts.ts';
import type { FileFacts } from '../core/say/report-file.ts';
import type { Look } from '../core/say/report-lines.ts';
import { type Checked, writeSummary } from '../core/say/report-summary.ts';
import { columnsOf } from '../core/say/wrap.ts';
import { loadPolicy } from '../policy/load.ts';
import { readDescription } from './check-input.ts';
import { toCheckJson } from './check-json.ts';
import { withManager } from './check-manager.ts';
import { exitCodes, UsageError } from './failure.ts';
import { columnsFor, paintFor, wantsColour } from './paint.ts';
import { policyFile } from './policy.ts';

/** Lines from which on a text that answers nothing is taken for something else … */
const LONG_TEXT = 40;
/** … when fewer than one in so many of its lines is an answer. */
const FEW_ANSWERS = 8;

export interface CheckOptions {
  readonly title: string;
  readonly label: readonly string[];
  /** `YYYY-MM-DD` or an ISO time; today when not given. */
  readonly now: string | undefined;
  readonly policy: string | undefined;
  readonly json: boolean;
  /** Every question and answer in full; the most pressing ones when not given. */
  readonly all?: boolean;
  /** `--color` or `--no-color`; the environment and the terminal decide when not given. */
  readonly color?: boolean | undefined;
}

/**
 * Exit code 1 when something is missing or blocks, 0 when not; 2 when a file could not be read, which is
 * told in one line on standard error while the others are checked all the same. Throws `UsageError`
 * for wrong options.
 */
export async function check(files: readonly string[], options: CheckOptions): Promise<number> {
  const now = readNow(options.now);
  if (files.indexOf('-') !== files.lastIndexOf('-')) {
    throw new UsageError('"-" was given more than once: standard input can be read only once');
  }
  const policy = loadPolicy({ file: options.policy ?? policyFile() });
  const several = files.length > 1;
  const look = lookOf(options);
  const checked: Checked[] = [];
  for (const file of files) {
    const read = await readDescription(file);
    if ('trouble' in read) {
      process.stderr.write(`${file}: cannot be read: ${read.trouble}\n`);
      checked.push({ file, trouble: read.trouble });
      continue;
    }
    const { text } = read;
    const assessment = assessText(text, options, policy, now);
    checked.push({ file, assessment });
    if (options.json) {
      const data = toCheckJson(assessment, options.title, policy, exposedIn(text, options));
      print(several ? JSON.stringify({ file, ...data }) : JSON.stringify(data, null, 2));
    } else {
      if (several) print(`${title(file, look)}\n`);
      print(
        `${writeReport(assessment, policy, look, factsOf(text, assessment, options, policy)).join('\n')}${several ? '\n' : ''}`,
      );
    }
  }
  if (several && !options.json) print(writeSummary(checked, policy, look).join('\n'));
  return exitCode(checked);
}

function lookOf({ all, color }: CheckOptions): Look {
  const { stdout } = process;
  return {
    paint: paintFor(wantsColour(color, process.env, stdout)),
    columns: columnsFor(stdout),
    all: all === true,
  };
}

/** A file's name as a rule across the page. */
function title(file: string, { columns, paint }: Look): string {
  const name = file === '-' ? 'standard input' : plainInline(file, columns - 4);
  return paint.bold(`── ${name} ${'─'.repeat(Math.max(0, columns - columnsOf(name) - 4))}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function exitCode(checked: readonly Checked[]): number {
  if (checked.some((each) => 'trouble' in each)) return exitCodes.usage;
  return checked.some((each) => 'assessment' in each && isHeldUp(each.assessment))
    ? exitCodes.no
    : exitCodes.fine;
}

/** All labels count as put on by people: offline there is nobody else who could have. */
export function assessText(
  description: string,
  { title, label }: Pick<CheckOptions, 'title' | 'label'>,
  policy: Policy,
  now: string,
): Assessment {
  const labels = lastOfEachScope(label.map((each) => canonicalLabel(policy, each)));
  const reading = readIssue({ title, description, labels, writtenAt: now, sets: [] }, policy, now);
  const nobody = {
    bot: { id: 0, username: '', name: '' },
    people: new Map(),
    roles: new Map(),
    loads: new Map(),
    names: new Map(),
    customers: new Map(),
    newLink: false,
    labelEvents: [],
    assigneeEvents: [],
    refusedAssignees: [],
  };
  const stage = readStage(policy, labels, new Known(nobody, {}, []))?.id ?? null;
  const circumstances = { title, labels, peoplesLabels: labels, stage, now };
  const exposed = exposedIn(description, { title });
  const removedServices = new Set<string>();
  return withManager(
    (emKnown) => assess({ reading, removedServices, emKnown, exposed, ...circumstances }, policy),
    policy,
  );
}

function exposedIn(text: string, { title }: Pick<CheckOptions, 'title'>): readonly Exposed[] {
  return [...findExposed(title, 0), ...findExposed(text)];
}

function factsOf(
  text: string,
  { answers }: Assessment,
  { title, label }: CheckOptions,
  policy: Policy,
): FileFacts {
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  const read = [...answers.values()].filter(({ where }) => where?.line !== undefined).length;
  const ignore = label.find((each) => foldLabel(each) === foldLabel(policy.ignoreLabel));
  return {
    exposed: exposedIn(text, { title }),
    handsOff: ignore === undefined ? null : `the label ${ignore} is set`,
    foreign: lines >= LONG_TEXT && read * FEW_ANSWERS < lines,
    titled: title !== '',
  };
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
