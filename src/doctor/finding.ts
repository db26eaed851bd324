/** What one check of `doctor` comes to: a mark, what was found, and what to do. */

/** `info` and `not_looked_at` ask for nothing; only `failed` makes the exit code other than 0. */
export type Mark = 'fine' | 'info' | 'warning' | 'failed' | 'not_looked_at';

/**
 * Why the command ends with another code than 0 (`interfaces.md` §3): 1 a check failed; 69 GitLab or the queue
 * could not be reached; 77 GitLab does not let us in; 78 the configuration is wrong.
 */
export type FailureCode = 1 | 69 | 77 | 78;

export interface Finding {
  /** Stays the same from run to run, such as `token expiry`. */
  readonly check: string;
  /** The path of the project it is about; null: the whole bot. */
  readonly project: string | null;
  readonly mark: Mark;
  /** One sentence part without a full stop; never a secret. */
  readonly found: string;
  /** Names the command, variable or page; null where nothing has to be done. */
  readonly todo: string | null;
  /** Only of `failed`. */
  readonly code: FailureCode | null;
}

/** Findings of one subject; `project` is its path. */
export function findingsOn(project: string | null = null) {
  const make =
    (mark: Mark) =>
    (check: string, found: string, todo: string | null = null): Finding => ({
      check,
      project,
      mark,
      found,
      todo,
      code: null,
    });
  return {
    fine: make('fine'),
    info: make('info'),
    /** `because` completes "not looked at, because …". */
    notLookedAt: (check: string, because: string, todo: string | null = null) =>
      make('not_looked_at')(check, `not looked at, because ${because}`, todo),
    warning: (check: string, found: string, todo: string) => make('warning')(check, found, todo),
    failed: (check: string, found: string, todo: string, code: FailureCode = 1): Finding => ({
      ...make('failed')(check, found, todo),
      code,
    }),
  };
}
