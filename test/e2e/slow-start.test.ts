/** A GitLab that hangs, is away or refuses the token while the bot starts, and a bot that is stopped while it starts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { runTs } from '../support/run-ts.ts';
import { type Stage, setStage } from './bot.ts';
import { type Mood, type MoodyGitLab, openMoodyGitLab } from './moody-gitlab.ts';

describe('a start', () => {
  let stage: Stage;
  let gitlab: MoodyGitLab;

  const meet = async (mood: Mood): Promise<void> => {
    gitlab = await openMoodyGitLab(stage.sandbox.url, mood);
  };
  const said = (part: string) => stage.logged.filter(({ msg }) => msg.includes(part));

  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(async () => {
    await stage.stop();
    await gitlab.close();
  });

  it('listens although GitLab takes connections and says nothing; what hooks tell is done when it speaks', async () => {
    await meet('hangs');
    const starting = stage.startBot(undefined, { GITLAB_URL: gitlab.url });
    await until(() => said('GitLab does not answer yet').length === 1, 60_000);
    // The second try comes after ten seconds: the wait was over before.
    expect(gitlab.connections()).toBe(1);
    await starting;
    const issue = stage.createIssue();
    await stage.sandbox.settled();
    expect(stage.sandbox.world.deliveries.map(({ code }) => code)).toEqual([202]);
    gitlab.turn('open');
    await until(() => stage.see(issue).comment !== null, 90_000);
    expect(said('GitLab knows us')).toHaveLength(1);
  }, 180_000);

  it('with GitLab away, and a token that is refused once it is there: one sentence, probes, and on again', async () => {
    await meet('shut');
    const bot = await stage.startBot(undefined, { GITLAB_URL: gitlab.url }, { probeMs: 500 });
    const ready = async (): Promise<string> => (await fetch(`${bot.url}/readyz`)).text();
    expect(await ready()).toContain('GitLab could not be reached yet.');
    gitlab.turn('refuses');
    await until(async () => (await ready()).includes('GitLab refuses the token.'), 60_000);
    expect(await ready()).not.toContain('could not be reached');
    expect(said('put a valid one into GITLAB_TOKEN')).toMatchObject([{ level: 'error' }]);
    const before = gitlab.refused();
    await until(() => gitlab.refused() > before + 1);
    gitlab.turn('open');
    await until(async () => (await fetch(`${bot.url}/readyz`)).status === 200, 60_000);
    expect(said('the token works again')).toHaveLength(1);
    expect(said('put a valid one into GITLAB_TOKEN')).toHaveLength(1);
  }, 180_000);

  it('is ended by SIGTERM at once and with 0 while it waits for GitLab', async () => {
    await meet('hangs');
    const bot = runTs(new URL('../../src/main.ts', import.meta.url), {
      args: ['serve'],
      env: { ...stage.environment(), GITLAB_URL: gitlab.url, PORT: '0' },
    });
    await until(() => gitlab.connections() > 0, 60_000);
    bot.child.kill('SIGTERM');
    expect(await bot.exited).toBe(0);
    expect(bot.output()).toContain('"msg":"closing"');
    expect(bot.output()).not.toContain('"msg":"listening"');
  }, 90_000);

  it('that is given up while the queue is being opened leaves nothing open', async () => {
    await meet('open');
    const ended = runTs(new URL('./stopped-start.ts', import.meta.url), {
      env: { ...stage.environment(), GITLAB_URL: gitlab.url, SWEEP_INTERVAL: '1s', PORT: '0' },
    });
    expect(await ended.exited).toBe(0);
    expect(ended.output()).toContain('given up');
    // The folder is locked to one process: this would be refused.
    expect(await stage.startBot()).toHaveProperty('url');
  }, 120_000);
});
