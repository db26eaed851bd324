/** What Prometheus gets to see. */
import { describe, expect, it } from 'vitest';
import type { QueueFigures } from '../../src/metrics/queue-metrics.ts';
import { createMetrics } from '../../src/metrics.ts';
import { bot, delivery, givenServer, issueHook } from './given.ts';

describe('GET /metrics', () => {
  it('is Prometheus text, with its content type', async () => {
    const { app } = givenServer();
    const answer = await app.inject('/metrics');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.body).toMatch(/^# HELP scoping_bot_hooks_total /m);
  });

  it('does not exist when metrics are off', async () => {
    const { app } = givenServer({ metrics: null });
    expect((await app.inject('/metrics')).statusCode).toBe(404);
    expect((await app.inject(delivery(issueHook()))).statusCode).toBe(202);
  });

  it('counts deliveries by what became of them', async () => {
    const { app } = givenServer({ accepts: (id) => id === 5 });
    const send = (body: unknown, headers = {}) => app.inject(delivery(body, 'Issue Hook', headers));
    await send(issueHook());
    await send(issueHook());
    await send(issueHook({ type: 'Task' }));
    await send(issueHook({}, { user: bot }));
    await send(issueHook({}, { project: { id: 6 } }));
    await send('not json');
    await send(issueHook(), { 'x-gitlab-token': 'wrong' });
    const text = (await app.inject('/metrics')).body;
    const counted = [...text.matchAll(/^scoping_bot_hooks_total\{outcome="(\w+)"\} (\d+)$/gm)];
    const some = counted.filter(([, , count]) => count !== '0');
    expect(new Map(some.map(([, outcome, count]) => [outcome, Number(count)]))).toEqual(
      new Map([
        ['queued', 2],
        ['not_ours', 1],
        ['own_event', 1],
        ['not_served', 1],
        ['unreadable', 1],
        ['not_authentic', 1],
      ]),
    );
  });
});

const read = (route: string) => ({ method: 'GET', route, status: 200, ms: 100 });
const figures: QueueFigures = {
  counts: async () =>
    new Map([
      ['waiting', 3],
      ['active', 1],
    ]),
  oldestWaiting: async () => 7,
  issues: async () => ({
    stages: new Map([['proposal', 2]]),
    gaps: new Map([['users_planned', 1]]),
  }),
};

describe('the numbers of the process', () => {
  it('hold runs, changes, requests, the queue and the last sweep', async () => {
    const metrics = createMetrics({ processMetrics: false });
    metrics.run('acted', 0.2);
    metrics.change('update_note');
    metrics.gitlabRequest(read('/projects/:id/issues/:id'));
    metrics.watchQueue(figures);
    expect(await metrics.text()).not.toMatch(/^scoping_bot_last_sweep/m);
    metrics.swept(0);
    expect(await metrics.text()).toMatch(/^scoping_bot_last_sweep_timestamp_seconds 0$/m);
    metrics.swept(1_780_315_200_000);
    const text = await metrics.text();
    expect(text).toContain('scoping_bot_run_seconds_count{outcome="acted"} 1');
    expect(text).toContain('scoping_bot_changes_total{kind="update_note"} 1');
    expect(text).toContain(
      'scoping_bot_gitlab_request_seconds_count{method="GET",route="/projects/:id/issues/:id",status="200"} 1',
    );
    expect(text).toContain('scoping_bot_queue_jobs{state="waiting"} 3');
    expect(text).toContain('scoping_bot_queue_oldest_waiting_seconds 7');
    expect(text).toContain('scoping_bot_open_issues{stage="proposal"} 2');
    expect(text).toContain('scoping_bot_issue_gaps{field="users_planned"} 1');
    expect(text).toContain('scoping_bot_last_sweep_timestamp_seconds 1780315200');
  });

  it('hold repairs of the sweep and the states of webhooks, each state always with a number', async () => {
    const metrics = createMetrics({ processMetrics: false });
    expect(await metrics.text()).toContain('scoping_bot_sweep_repairs_total 0');
    metrics.repaired();
    metrics.hookStates(5, ['disabled', 'executable', 'disabled']);
    const text = await metrics.text();
    expect(text).toContain('scoping_bot_sweep_repairs_total 1');
    expect(text).toContain('scoping_bot_hook_state{project="5",state="disabled"} 2');
    expect(text).toContain('scoping_bot_hook_state{project="5",state="executable"} 1');
    metrics.hookStates(5, ['executable']);
    expect(await metrics.text()).toContain(
      'scoping_bot_hook_state{project="5",state="disabled"} 0',
    );
    metrics.hookStates(6, ['executable']);
    metrics.hookStates(5, null);
    expect(await metrics.text()).not.toContain('project="5"');
    expect(await metrics.text()).toContain(
      'scoping_bot_hook_state{project="6",state="executable"} 1',
    );
  });

  it('show what GitLab still allows once it told, and what it told last', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const series = async () =>
      (await metrics.text()).split('\n').filter((line) => /^scoping_bot_gitlab_rate/.test(line));
    metrics.gitlabRequest({ ...read('/user'), remaining: null, limit: null });
    expect(await series()).toEqual([]);
    metrics.gitlabRequest({ ...read('/user'), remaining: 1999, limit: 2000 });
    metrics.gitlabRequest({ ...read('/user'), remaining: 0, limit: 2000 });
    metrics.gitlabRequest({ ...read('/user'), remaining: null, limit: null });
    expect(await series()).toEqual([
      'scoping_bot_gitlab_rate_limit_remaining 0',
      'scoping_bot_gitlab_rate_limit 2000',
    ]);
  });

  it('show it no more when GitLab has not told for three minutes, and again when it tells', async () => {
    let time = Date.UTC(2026, 10, 23, 9);
    const metrics = createMetrics({ processMetrics: false, now: () => time });
    const series = async () =>
      (await metrics.text()).split('\n').filter((line) => /^scoping_bot_gitlab_rate/.test(line));
    metrics.gitlabRequest({ ...read('/user'), remaining: 20, limit: 2000 });
    time += 179_000;
    expect(await series()).toHaveLength(2);
    time += 1_000;
    expect(await series()).toEqual([]);
    metrics.gitlabRequest({ ...read('/user'), remaining: 1999, limit: 2000 });
    expect(await series()).toEqual([
      'scoping_bot_gitlab_rate_limit_remaining 1999',
      'scoping_bot_gitlab_rate_limit 2000',
    ]);
  });

  it('count the notes that GitLab took, new ones and edits, and no others', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const notes = '/projects/:id/issues/:id/notes';
    metrics.gitlabRequest({ ...read(notes), method: 'POST', status: 201 });
    metrics.gitlabRequest({ ...read(notes), method: 'POST', status: 429 });
    metrics.gitlabRequest({ ...read(notes), method: 'POST', status: null });
    metrics.gitlabRequest({ ...read(`${notes}/:id`), method: 'PUT' });
    metrics.gitlabRequest({ ...read(`${notes}/:id`), method: 'PUT' });
    metrics.gitlabRequest(read(notes));
    const text = await metrics.text();
    expect(text).toContain('scoping_bot_notes_written_total{how="new"} 1');
    expect(text).toContain('scoping_bot_notes_written_total{how="edit"} 2');
  });

  it('come even when the queue does not', async () => {
    const metrics = createMetrics({ processMetrics: false });
    metrics.change('issue');
    const gone = async () => Promise.reject(new Error('gone'));
    metrics.watchQueue({ counts: gone, oldestWaiting: gone, issues: gone });
    const text = await metrics.text();
    expect(text).toContain('scoping_bot_changes_total{kind="issue"} 1');
    expect(text).not.toMatch(/^scoping_bot_(queue|open|issue)_\w+[ {]/m);
  });

  it('stay few when somebody forgets to use a route with placeholders', async () => {
    const metrics = createMetrics({ processMetrics: false });
    for (let iid = 0; iid < 1000; iid += 1) {
      metrics.gitlabRequest(read(`/projects/5/issues/${iid}`));
    }
    const series = (await metrics.text()).match(/^scoping_bot_gitlab_request_seconds_count/gm);
    expect(series?.length).toBeLessThan(100);
  });
});
