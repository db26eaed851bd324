/** What the tests of the client share: a server per test, a clock that only moves when something sleeps, GitLab's shapes. */
import { afterEach } from 'vitest';
import {
  connectGitLab,
  type GitLabConnection,
  type GitLabOptions,
} from '../../../src/gitlab/connect.ts';
import { type Asked, type Behaviour, type ScriptedServer, startServer } from './scripted-server.ts';

export const TOKEN = 'glpat-canary-3f9c1d';
export const REF = { projectId: 4, issueIid: 7 };
export const ISSUE_PATH = '/api/v4/projects/4/issues/7';

const open: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

export interface World extends GitLabConnection {
  readonly server: ScriptedServer;
  /** Milliseconds; grows by what was slept. */
  readonly clock: { now: number };
  readonly slept: number[];
  readonly pauses: number[];
  /** A further client of the same server and clock. */
  connect(options?: Partial<GitLabOptions>): GitLabConnection;
}

export async function startWorld(
  answer: (asked: Asked, before: number) => Behaviour | Promise<Behaviour>,
  options: Partial<GitLabOptions> = {},
): Promise<World> {
  const server = await startServer(answer);
  open.push(server);
  const clock = { now: Date.now() };
  const slept: number[] = [];
  const pauses: number[] = [];
  const connect = (more: Partial<GitLabOptions> = {}) =>
    connectGitLab({
      url: server.url,
      token: TOKEN,
      now: () => clock.now,
      sleep: (ms) => {
        slept.push(ms);
        clock.now += ms;
        return Promise.resolve();
      },
      random: () => 0.5,
      onPause: (ms) => pauses.push(ms),
      ...options,
      ...more,
    });
  return { ...connect(), server, clock, slept, pauses, connect };
}

/** The error that a promise ends with; the test fails when it ends well. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected a failure');
}

export const ANN = { id: 11, username: 'ann', name: 'Ann', state: 'active' };
export const BOT = { id: 99, username: 'scoping-bot', name: 'Scoping Bot', state: 'active' };

export function issueJson(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 4007,
    iid: 7,
    project_id: 4,
    title: 'Acme - Scope Issue and Write SOW',
    description: 'text',
    state: 'opened',
    confidential: false,
    labels: ['stage::proposal'],
    assignees: [ANN],
    author: ANN,
    web_url: 'https://gitlab.example/acme/scoping/-/issues/7',
    created_at: '2026-05-01T08:00:00.000Z',
    updated_at: '2026-05-02T08:00:00.000Z',
    ...more,
  };
}

export function noteJson(id: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    body: `note ${id}`,
    author: ANN,
    created_at: '2026-05-01T09:00:00.000Z',
    updated_at: '2026-05-01T09:00:00.000Z',
    system: false,
    internal: false,
    ...more,
  };
}

/** `Link` header to page `page` of what was asked for. */
export function linkTo(asked: Asked, page: number): Record<string, string> {
  const query = new URLSearchParams(asked.query);
  query.set('page', String(page));
  const next = `<https://gitlab.example${asked.path}?${query}>; rel="next"`;
  return { link: `<https://gitlab.example${asked.path}?page=1>; rel="first", ${next}` };
}
