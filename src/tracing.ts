/** Traces of the way from a hook to its comment, as the rest of the bot sees them. */

export interface TracedRequest {
  readonly method: string;
  readonly route: string;
  /** Null: no answer came. */
  readonly status: number | null;
  readonly ms: number;
}

/** Kinds, ids and figures; never words of people. */
type Say = (facts: Readonly<Record<string, string | number>>) => void;

export interface Tracing {
  readonly on: boolean;
  /** Does the work as one step of the trace that it is called in; `say` adds what is known of the step. */
  span<T>(name: string, work: (say: Say) => Promise<T>): Promise<T>;
  /** A request to GitLab that has just ended. */
  request(done: TracedRequest): void;
  /** Hands on what is left, for two seconds at most, and registers nothing any more. */
  close(): Promise<void>;
}

/** Nothing is traced. */
export const noTracing: Tracing = {
  on: false,
  span: (_name, work) => work(() => undefined),
  request: () => undefined,
  close: async () => undefined,
};
