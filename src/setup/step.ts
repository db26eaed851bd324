/** What `setup` finds in a project: as it should be, to be done, left to people, or not possible. */
export type SetupStep =
  | { readonly kind: 'fine'; readonly what: string }
  /** `changes`: it brings something that is there up to date; else it makes something new. */
  | {
      readonly kind: 'do';
      readonly what: string;
      readonly changes?: true;
      readonly apply: () => Promise<SetupDone>;
    }
  /** Somebody else's change: shown, never overwritten. `warns`: nobody's change, but a danger of what was asked for. */
  | { readonly kind: 'left'; readonly what: string; readonly why: string; readonly warns?: true }
  /** `todo`: what a person has to do; `exit`: the exit code of `interfaces.md` §3 that it asks for. */
  | {
      readonly kind: 'blocked';
      readonly what: string;
      readonly why: string;
      readonly todo: string;
      readonly exit: 1 | 69 | 77;
    };

export interface SetupDone {
  /** One sentence in the past tense. */
  readonly what: string;
  /** One of many alike: they are told by their number. */
  readonly sort?: 'label';
  /** Values that are shown once and kept nowhere, by the environment variable they belong in. */
  readonly secrets?: readonly { readonly variable: string; readonly value: string }[];
}

/** Only looks; nothing is written before `apply`. Throws `RetryableError` or `TerminalError`. */
export type FindSteps = () => Promise<readonly SetupStep[]>;
