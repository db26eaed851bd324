/** A project's labels as people see them listed: names, colours, descriptions, whose they are. */
import { z } from 'zod';
import { createLabel, type LabelWanted } from '../labels.ts';
import type { Resources } from '../resources.ts';
import { readAs } from '../schema.ts';

export interface LabelFound {
  readonly id: number;
  readonly name: string;
  readonly colour: string;
  /** '' when there is none. */
  readonly description: string;
  /** False: it comes from a group above the project. */
  readonly ofProject: boolean;
}

/** Both throw `RetryableError` or `TerminalError` and nothing else. */
export interface SetupLabels {
  /** Those of the project and of the groups above it. */
  list(projectId: number): Promise<readonly LabelFound[]>;
  /** One POST; that it is there already is fine. */
  create(projectId: number, label: LabelWanted): Promise<void>;
}

const LABELS = 'GET /projects/:id/labels';

const labelsSchema = z.array(
  z
    .object({
      id: z.number(),
      name: z.string(),
      color: z.string(),
      description: z.string().nullish(),
      is_project_label: z.boolean().nullish(),
    })
    .transform(
      ({ id, name, color, description, is_project_label }): LabelFound => ({
        id,
        name,
        colour: color,
        description: description ?? '',
        ofProject: is_project_label ?? true,
      }),
    ),
);

export function openSetupLabels(api: Resources): SetupLabels {
  async function list(projectId: number): Promise<readonly LabelFound[]> {
    const found: LabelFound[] = [];
    const query = { include_ancestor_groups: true };
    for await (const page of api.pages(`projects/${projectId}/labels`, query)) {
      found.push(...readAs(labelsSchema, page.items, LABELS));
    }
    return found;
  }
  return {
    list,
    create: (projectId, label) =>
      createLabel(api, projectId, label, async () =>
        (await list(projectId)).some(({ name }) => name === label.name),
      ),
  };
}
