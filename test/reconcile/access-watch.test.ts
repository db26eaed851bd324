/** When a 403 is a matter of one issue and when it stops everything, by the clock. */
import { expect, it } from 'vitest';
import { type AccessWatchOptions, watchAccess } from '../../src/access-watch.ts';
import type { IssueRef } from '../../src/core/model.ts';
import { TerminalError } from '../../src/gitlab/errors.ts';
import { createLog } from '../../src/log.ts';
import { until } from '../queue/until.ts';

const forbidden = new TerminalError('forbidden', 403, 'no');
const unauthorised = new TerminalError('unauthorised', 401, 'no');
const issue = (issueIid: number): IssueRef => ({ projectId: 7, issueIid });

/** `answers`: what the probes come to, the last one for ever. */
function watching(...answers: readonly (Error | 'fine')[]) {
  const state = { clock: 0, probes: 0, paused: false };
  const queued: number[] = [];
  const logged: string[] = [];
  const queue: AccessWatchOptions['queue'] = {
    pause: async () => {
      state.paused = true;
    },
    resume: async () => {
      state.paused = false;
    },
    enqueue: async ({ issueIid }) => void queued.push(issueIid),
  };
  const watch = watchAccess({
    queue,
    probe: async () => {
      const answer = answers[Math.min(state.probes, answers.length - 1)];
      state.probes += 1;
      if (answer instanceof Error) throw answer;
    },
    log: createLog('info', { write: (line) => void logged.push(line) }),
    now: () => state.clock,
    probeMs: 5,
  });
  return { watch, state, queued, logged };
}

it('three issues within a minute stop everything; when it is over they are queued again', async () => {
  const { watch, state, queued, logged } = watching(forbidden, forbidden, 'fine');
  await watch.failed(issue(1), forbidden);
  await watch.failed(issue(2), forbidden);
  expect([state.probes, watch.why()]).toEqual([0, null]);
  await watch.failed(issue(3), forbidden);
  expect(state).toMatchObject({ probes: 1, paused: true });
  expect(watch.why()).toBe('GitLab answers 403 to everything.');
  await until(() => !state.paused);
  await until(() => queued.length === 3);
  expect([state.probes, watch.why()]).toEqual([3, null]);
  expect(queued).toEqual([1, 2, 3]);
  expect(logged.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual([
    'error',
    'info',
  ]);
});

it.each([
  ['the same issue again', [1, 1, 1, 1], 0, false],
  ['issues further apart than a minute', [1, 2, 3, 4], 30_000, false],
  ['a success in between', [1, 2, 3, 4], 0, true],
])('%s is not everything, and nothing is even asked', async (_what, iids, apartMs, success) => {
  const { watch, state } = watching(forbidden);
  for (const [turn, iid] of iids.entries()) {
    if (success && turn === 2) watch.succeeded();
    await watch.failed(issue(iid), forbidden);
    state.clock += apartMs;
  }
  expect(state).toMatchObject({ probes: 0, paused: false });
});

it.each([
  ['works', 'fine' as const],
  ['cannot be answered now', new Error('GitLab is away')],
])('a probe that %s stops nothing', async (_what, answer) => {
  const { watch, state } = watching(answer);
  for (const iid of [1, 2, 3]) await watch.failed(issue(iid), forbidden);
  expect(state).toMatchObject({ probes: 1, paused: false });
  expect(watch.why()).toBeNull();
});

it('a token that is refused while everything is, is told too, and one probe ends both', async () => {
  const { watch, state, logged } = watching(forbidden, unauthorised, 'fine');
  for (const iid of [1, 2, 3]) await watch.failed(issue(iid), forbidden);
  await until(() => !state.paused);
  expect(logged.map((line) => (JSON.parse(line) as { msg: string }).msg)).toMatchObject([
    expect.stringContaining('403 to everything'),
    expect.stringContaining('GITLAB_TOKEN'),
    expect.stringContaining('the token works again'),
  ]);
});

it('a 401 where no issue is concerned stops at once, a 403 there asks one probe', async () => {
  const token = watching(unauthorised);
  await token.watch.refused(unauthorised);
  expect([token.state.paused, token.watch.why()]).toEqual([true, 'GitLab refuses the token.']);
  token.watch.stop();

  const ban = watching(forbidden, 'fine');
  await Promise.all([ban.watch.refused(forbidden), ban.watch.refused(forbidden)]);
  expect(ban.state).toMatchObject({ probes: 1, paused: true });
  await until(() => !ban.state.paused);

  const role = watching('fine');
  await role.watch.refused(forbidden);
  await role.watch.refused(new TerminalError('not_found', 404, 'gone'));
  expect(role.state).toMatchObject({ probes: 1, paused: false });
});

it('asks no more once it is stopped', async () => {
  const { watch, state } = watching(unauthorised);
  await watch.failed(issue(1), unauthorised);
  await until(() => state.probes > 1);
  watch.stop();
  const before = state.probes;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(state.probes).toBe(before);
});
