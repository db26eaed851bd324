/** What `setup` found and did, as data. */
import type { PartFound, SetupRun } from '../setup/work.ts';

/** One JSON object and a line end. `again` is the second look after writing, null when nothing was written. */
export function setupJson({ ground, found, done, failed, again }: SetupRun): string {
  const { project, user, level } = ground;
  const data = {
    project: project.path,
    project_id: project.id,
    user: user.username,
    access_level: level,
    parts: found.map(partData),
    done: done.map(({ what }) => what),
    failed: failed.map(({ part, what, error }) => ({ part, what, why: error.message })),
    again: again?.map(partData) ?? null,
    secrets: done.flatMap(({ secrets }) => secrets ?? []),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

function partData({ id, steps, error }: PartFound): object {
  return {
    part: id,
    problem: error?.message ?? null,
    // `apply` is a function and falls away; `warns` is for the lines.
    steps: steps.map((step) => ({ ...step, warns: undefined })),
  };
}
