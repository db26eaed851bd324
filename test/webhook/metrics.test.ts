/** What Prometheus gets to see. */
import { describe, expect, it } from 'vitest';
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
    expect(new Map(counted.map(([, outcome, count]) => [outcome, Number(count)]))).toEqual(
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

describe('the numbers of the process', () => {
  it('hold runs, changes, requests, the queue and the last sweep', async () => {
    const metrics = createMetrics({ processMetrics: false });
    metrics.run('done', 0.2);
    metrics.change('update_note');
    metrics.gitlabRequest('GET', '/projects/:id/issues/:iid', 200, 0.1);
    metrics.watchQueue(
      async () =>
        new Map([
          ['waiting', 3],
          ['active', 1],
        ]),
    );
    metrics.swept(1_780_315_200_000);
    const text = await metrics.text();
    expect(text).toContain('scoping_bot_run_seconds_count{outcome="done"} 1');
    expect(text).toContain('scoping_bot_changes_total{kind="update_note"} 1');
    expect(text).toContain(
      'scoping_bot_gitlab_request_seconds_count{method="GET",route="/projects/:id/issues/:iid",status="200"} 1',
    );
    expect(text).toContain('scoping_bot_queue_jobs{state="waiting"} 3');
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

  it('come even when the queue does not', async () => {
    const metrics = createMetrics({ processMetrics: false });
    metrics.change('issue');
    metrics.watchQueue(async () => Promise.reject(new Error('gone')));
    const text = await metrics.text();
    expect(text).toContain('scoping_bot_changes_total{kind="issue"} 1');
    expect(text).not.toMatch(/^scoping_bot_queue_jobs\{/m);
  });

  it('stay few when somebody forgets to use a route with placeholders', async () => {
    const metrics = createMetrics({ processMetrics: false });
    for (let iid = 0; iid < 1000; iid += 1) {
      metrics.gitlabRequest('GET', `/projects/5/issues/${iid}`, 200, 0.1);
    }
    const series = (await metrics.text()).match(/^scoping_bot_gitlab_request_seconds_count/gm);
    expect(series?.length).toBeLessThan(100);
  });
});
