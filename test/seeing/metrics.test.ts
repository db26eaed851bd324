/** The figures of a running bot, read over HTTP while it works on the sandbox. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answered, type Stage, setStage } from '../e2e/bot.ts';
import { until } from '../queue/until.ts';
import { figure, scrape } from './scrape.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  await stage.stop();
});

const runs = (url: string, outcome: string) =>
  figure(url, 'scoping_bot_run_seconds_count', { outcome });
const has = async (read: Promise<number | null>, wanted: number | null) => (await read) === wanted;

describe('/metrics of a bot at work', () => {
  it('tells from hook to comment, what acted, what had nothing to do, and the notes', async () => {
    const { url } = await stage.startBot();
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    await until(() => has(runs(url, 'acted'), 1));

    expect(await figure(url, 'scoping_bot_hook_to_comment_seconds_count')).toBe(1);
    const seconds = await figure(url, 'scoping_bot_hook_to_comment_seconds_sum');
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(60);
    expect(await figure(url, 'scoping_bot_notes_written_total', { how: 'new' })).toBe(1);
    expect(await runs(url, 'nothing_to_do')).toBe(0);

    stage.sandbox.as('csm-one').comment(issue, 'Thanks for the summary.');
    await until(() => has(runs(url, 'nothing_to_do'), 1));
    expect(await runs(url, 'acted')).toBe(1);
    expect(await figure(url, 'scoping_bot_hook_to_comment_seconds_count')).toBe(1);
  });

  it('counts the wait of a hook whose look failed first, and the failure', async () => {
    const { url } = await stage.startBot();
    const route = '/projects/:id/issues/:iid/notes';
    stage.sandbox.world.faults.push({
      ...{ kind: 'answer', status: 500, when: 'before' },
      ...{ method: 'POST', route, times: 1 },
    });
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    await until(() => has(runs(url, 'acted'), 1));
    expect(await runs(url, 'retry')).toBe(1);
    // The first try is worked at once, the second after a second at least four fifths long.
    const seconds = await figure(url, 'scoping_bot_hook_to_comment_seconds_sum');
    expect(seconds).toBeGreaterThan(0.8);
    expect(await figure(url, 'scoping_bot_hook_to_comment_seconds_count')).toBe(1);
  });

  it('knows open issues by stage and gaps by field, moves them on, and forgets what is closed', async () => {
    const { url } = await stage.startBot();
    const issue = stage.createIssue();
    const other = stage.createIssue(undefined, 'Oakhollow Mills');
    const at = (name: string) => figure(url, 'scoping_bot_open_issues', { stage: name });
    await until(() => has(at('technical_evaluation'), 2));
    const gaps = (await scrape(url)).filter(({ name }) => name === 'scoping_bot_issue_gaps');
    expect(gaps.length).toBeGreaterThan(5);
    expect(gaps.map(({ value }) => value)).toEqual(gaps.map(() => 2));

    stage.sandbox.as('sa-one').editDescription(issue, answered);
    stage.sandbox.as('ae-one').comment(issue, '/scoping set m_user_provisioning SCIM');
    await until(() => has(at('proposal'), 1));
    expect(await at('technical_evaluation')).toBe(1);
    expect(await figure(url, 'scoping_bot_issue_gaps', { field: 'm_user_provisioning' })).toBe(1);

    stage.sandbox.as('sa-one').comment(other, '/close');
    await until(() => has(at('technical_evaluation'), null));
    expect(await at('proposal')).toBe(1);
  });

  it('knows them again after a restart with an empty queue, within the first sweep', async () => {
    const first = await stage.startBot();
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    await first.close();

    const { url } = await stage.startBot(undefined, {
      DATA_DIR: `${stage.dataDir}/another`,
      SWEEP_INTERVAL: '1h',
    });
    await until(() =>
      has(figure(url, 'scoping_bot_open_issues', { stage: 'technical_evaluation' }), 1),
    );
  });

  it('shows what waits, and how long, while GitLab wants peace', async () => {
    const { url } = await stage.startBot();
    const age = () => figure(url, 'scoping_bot_queue_oldest_waiting_seconds');
    expect(await age()).toBe(0);
    stage.sandbox.world.faults.push({ kind: 'rate_limited', retryAfter: 30, times: 1 });
    stage.createIssue();
    await until(() => has(figure(url, 'scoping_bot_gitlab_rate_limit_remaining'), 0));
    expect(await figure(url, 'scoping_bot_gitlab_rate_limit')).toBe(2000);
    stage.createIssue(undefined, 'Oakhollow Mills');
    await until(async () => ((await age()) ?? 0) > 1);
    expect(await figure(url, 'scoping_bot_queue_jobs', { state: 'waiting' })).toBeGreaterThan(0);
  });
});
