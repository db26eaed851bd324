/** Sees to it that the labels the bot is about to use exist (`rulings.md` 36). */
import { Cache } from './cache.ts';
import { RetryableError, TerminalError } from './errors.ts';
import type { Resources } from './resources.ts';
import { labelNamesSchema, readAs } from './schema.ts';

export interface LabelWanted {
  readonly name: string;
  readonly colour: string;
  readonly description: string;
}

const KEPT_MS = 300_000;

export class LabelShelf {
  readonly #api: Resources;
  readonly #names: Cache<Set<string>>;
  /** One at a time per project, so that two issues do not both make the same label. */
  readonly #turns = new Map<number, Promise<void>>();

  constructor(api: Resources, now: () => number) {
    this.#api = api;
    this.#names = new Cache(now);
  }

  /**
   * Makes those of `labels` that neither the project nor a group above it has; names count to the letter.
   * Unknown names in `add_labels` would become labels of a random colour (`gitlab-platform.md` §3.2).
   */
  ensure(projectId: number, labels: readonly LabelWanted[]): Promise<void> {
    const before = this.#turns.get(projectId) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.#ensureNow(projectId, labels));
    this.#turns.set(projectId, turn);
    const leave = () => {
      if (this.#turns.get(projectId) === turn) this.#turns.delete(projectId);
    };
    turn.then(leave, leave);
    return turn;
  }

  async #ensureNow(projectId: number, labels: readonly LabelWanted[]): Promise<void> {
    let justRead = false;
    const known = await this.#names.get(String(projectId), KEPT_MS, () => {
      justRead = true;
      return this.#list(projectId);
    });
    if (lacking(labels, known).length === 0) return;
    // Somebody may have made it since the list was read.
    const fresh = justRead ? known : await this.#refreshed(projectId);
    for (const label of lacking(labels, fresh)) {
      await this.#create(projectId, label);
      fresh.add(label.name);
    }
  }

  async #create(projectId: number, label: LabelWanted): Promise<void> {
    const isThere = async () => (await this.#refreshed(projectId)).has(label.name);
    try {
      await createLabel(this.#api, projectId, label, isThere);
    } catch (error) {
      if (error instanceof RetryableError) this.#names.forget(String(projectId));
      throw error;
    }
  }

  #refreshed(projectId: number): Promise<Set<string>> {
    this.#names.forget(String(projectId));
    return this.#names.get(String(projectId), KEPT_MS, () => this.#list(projectId));
  }

  async #list(projectId: number): Promise<Set<string>> {
    const names = new Set<string>();
    const query = { include_ancestor_groups: true };
    for await (const page of this.#api.pages(`projects/${projectId}/labels`, query)) {
      for (const { name } of readAs(labelNamesSchema, page.items, 'GET /projects/:id/labels')) {
        names.add(name);
      }
    }
    return names;
  }
}

/** That somebody else made it meanwhile is fine; `isThere` looks. */
export async function createLabel(
  api: Resources,
  projectId: number,
  { name, colour, description }: LabelWanted,
  isThere: () => Promise<boolean>,
): Promise<void> {
  try {
    await api.labels.create(projectId, name, colour, { description });
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    if (error.status === 409) return;
    // Some versions answer 400 to a name that was taken a moment ago.
    if (error.status !== 400 || !(await isThere())) throw error;
  }
}

function lacking(labels: readonly LabelWanted[], known: ReadonlySet<string>): LabelWanted[] {
  return labels.filter(({ name }, at) => {
    const first = labels.findIndex((other) => other.name === name) === at;
    return first && !known.has(name);
  });
}
