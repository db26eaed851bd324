/** What is wrong with a policy: every problem with its place, all of them thrown together. */

/** One thing to correct; `line` is 1-based. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** A place in a policy file. */
export interface Spot {
  readonly file: string;
  readonly line: number;
}

/** Thrown by `loadPolicy`: the message has a line `file:line: message` for each problem. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
    this.problems = problems;
  }
}

/** Collects problems while a policy is read, so that one run names them all. */
export class Problems {
  readonly #all = new Map<string, Problem>();

  add(spot: Spot, message: string): void {
    const problem = { file: spot.file, line: spot.line, message };
    this.#all.set(`${spot.file}\n${spot.line}\n${message}`, problem);
  }

  /** Throws when there is any problem; ordered by file and line. */
  throwIfAny(): void {
    if (this.#all.size === 0) return;
    const order = (a: Problem, b: Problem) =>
      a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
    throw new PolicyError([...this.#all.values()].sort(order));
  }
}
