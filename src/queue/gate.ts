/** Holds back work that was fetched just before a pause, until the pause ends or the process leaves. */

export interface Gate {
  close(): void;
  open(): void;
  /** For good: whoever waits, and whoever comes, is sent back. */
  leave(): void;
  closed(): boolean;
  /** Resolves with true when the way is free, with false when the process leaves. */
  passed(): Promise<boolean>;
}

export function createGate(): Gate {
  let state: 'open' | 'closed' | 'left' = 'open';
  let waiting: (() => void)[] = [];

  function change(next: 'open' | 'left') {
    if (state === 'left') return;
    state = next;
    const all = waiting;
    waiting = [];
    for (const wake of all) wake();
  }

  return {
    close: () => {
      if (state === 'open') state = 'closed';
    },
    open: () => change('open'),
    leave: () => change('left'),
    closed: () => state === 'closed',
    passed: async () => {
      while (state === 'closed') await new Promise<void>((resolve) => waiting.push(resolve));
      return state === 'open';
    },
  };
}
