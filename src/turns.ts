/** One choice of an engagement manager at a time in a project, so that the next one sees it (`rulings.md` 24). */

/** Ends of the line by project, for each place where loads are counted. */
const lines = new WeakMap<object, Map<number, Promise<void>>>();

/** One look's place in the line: taken when it begins to choose, given up when its choice is written. */
export interface Turn {
  /** Resolves when nobody is before us; true when somebody was. The second call is free. */
  take(): Promise<boolean>;
  /** Lets the next one go on. May be called without having taken, and twice. */
  end(): void;
}

/** `counted`: whatever counts the choices, so that two GitLabs do not wait for each other. */
export function openTurn(counted: object, projectId: number): Turn {
  const line = lines.get(counted) ?? new Map<number, Promise<void>>();
  lines.set(counted, line);
  let finish: (() => void) | null = null;
  let ended = false;
  return {
    async take() {
      if (finish || ended) return false;
      const before = line.get(projectId);
      const mine = new Promise<void>((resolve) => {
        finish = resolve;
      });
      line.set(projectId, mine);
      void mine.then(() => {
        if (line.get(projectId) === mine) line.delete(projectId);
      });
      if (!before) return false;
      await before;
      return true;
    },
    end() {
      ended = true;
      finish?.();
    },
  };
}
