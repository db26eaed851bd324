/** Figures about requests to GitLab: by route and status, the notes among them, and what GitLab still allows. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** One attempt on the wire. */
export interface GitLabRequest {
  readonly method: string;
  /** With placeholders: `/projects/:id/issues/:id`. */
  readonly route: string;
  /** Null: no answer came. */
  readonly status: number | null;
  readonly ms: number;
  /** `RateLimit-Remaining` and `RateLimit-Limit`; null where GitLab did not say. */
  readonly remaining?: number | null;
  readonly limit?: number | null;
}

export interface GitLabMetrics {
  gitlabRequest(request: GitLabRequest): void;
}

const mostRoutes = 60;
/** GitLab counts by the minute: what it said so long ago says nothing about today. */
const saidForMs = 3 * 60_000;

/** `now` in milliseconds. */
export function countRequests(registry: Registry, now: () => number): GitLabMetrics {
  const registers = [registry];
  const requests = new Histogram({
    name: 'scoping_bot_gitlab_request_seconds',
    help: 'Requests to GitLab; status 0 means that no answer came.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const notes = new Counter({
    name: 'scoping_bot_notes_written_total',
    help: 'Notes that GitLab took, by whether they are new or edits of one; only new ones count against its limit of notes a minute.',
    labelNames: ['how'],
    registers,
  });
  for (const how of ['new', 'edit']) notes.inc({ how }, 0);
  const remaining = lastSaid(
    registry,
    'scoping_bot_gitlab_rate_limit_remaining',
    'Requests that GitLab still allows in its present window, as its last answer that told said (RateLimit-Remaining); no series when it has told nothing for three minutes.',
    now,
  );
  const limit = lastSaid(
    registry,
    'scoping_bot_gitlab_rate_limit',
    'Requests that GitLab allows in one window, as its last answer that told said (RateLimit-Limit); no series when it has told nothing for three minutes.',
    now,
  );
  const routes = new Set<string>();
  return {
    gitlabRequest: (done) => {
      const { method, route, status } = done;
      if (routes.size < mostRoutes) routes.add(route);
      const label = routes.has(route) ? route : 'other';
      requests.observe({ method, route: label, status: String(status ?? 0) }, done.ms / 1_000);
      const how = writesNote(method, route);
      if (how !== null && status !== null && status >= 200 && status < 300) notes.inc({ how });
      remaining(done.remaining ?? null);
      limit(done.limit ?? null);
    },
  };
}

function writesNote(method: string, route: string): 'new' | 'edit' | null {
  if (method === 'POST' && route.endsWith('/notes')) return 'new';
  return method === 'PUT' && route.endsWith('/notes/:id') ? 'edit' : null;
}

/**
 * A gauge without a series until the first figure (0 would look like a limit that is used up), and again when the last
 * one is old: a bot that has nothing to ask would stay at its limit for ever.
 */
function lastSaid(
  registry: Registry,
  name: string,
  help: string,
  now: () => number,
): (figure: number | null) => void {
  let last: { readonly figure: number; readonly at: number } | null = null;
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      if (last === null || now() - last.at >= saidForMs) this.remove();
      else this.set(last.figure);
    },
  });
  return (figure) => {
    if (figure !== null) last = { figure, at: now() };
  };
}
