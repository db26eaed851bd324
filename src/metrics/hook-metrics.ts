/** Figures about hooks: what became of deliveries, how much of them is held, and whether GitLab still sends them. */
import { Counter, Gauge, type Registry } from 'prom-client';

const outcomes = [
  'queued',
  'own_event',
  'not_ours',
  'not_served',
  'not_authentic',
  'unreadable',
  'too_large',
  'malformed',
  'failed',
  'queue_down',
  'shed',
] as const;
/** What became of a delivery at `POST /webhooks/gitlab`. */
export type HookOutcome = (typeof outcomes)[number];

/** GitLab's words for a webhook's state. */
const hookStates = ['executable', 'temporarily_disabled', 'disabled'] as const;
export type HookState = (typeof hookStates)[number];

export interface HookMetrics {
  hook(outcome: HookOutcome): void;
  /** Asked at every scrape: bytes of hooks being received and held. */
  watchHeldBytes(read: () => number): void;
  /** The states of our webhooks in this project, one for each hook; null when they may not be known. */
  hookStates(projectId: number, states: readonly HookState[] | null): void;
}

export function countHooks(registry: Registry): HookMetrics {
  const registers = [registry];
  const hooks = new Counter({
    name: 'scoping_bot_hooks_total',
    help: 'Deliveries received from GitLab, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  // A series that begins with its first event shows no increase, and no alert would see that event.
  for (const outcome of outcomes) hooks.inc({ outcome }, 0);
  const hookState = new Gauge({
    name: 'scoping_bot_hook_state',
    help: "Webhooks that lead here, by project id and by GitLab's word for their state; told by the process that made the last sweep.",
    labelNames: ['project', 'state'],
    registers,
  });
  return {
    hook: (outcome) => hooks.inc({ outcome }),
    watchHeldBytes: (read) => {
      new Gauge({
        name: 'scoping_bot_hook_bytes_held',
        help: 'Bytes of hooks that are being received or answered, as announced where they are announced.',
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    hookStates: (projectId, states) => {
      for (const state of hookStates) {
        const labels = { project: String(projectId), state };
        if (states === null) hookState.remove(labels);
        else hookState.set(labels, states.filter((each) => each === state).length);
      }
    },
  };
}
