/** `/metrics` at an address of its own: there and nowhere else, over two real ports. */
import { afterEach, describe, expect, it } from 'vitest';
import { runTs } from '../support/run-ts.ts';
import { freePort } from '../support/servers.ts';
import { type Stage, setStage } from './bot.ts';

let stage: Stage | null = null;

afterEach(async () => {
  await stage?.stop();
  stage = null;
});

const status = async (url: string) => (await fetch(url)).status;

describe('ADMIN_ADDRESS', () => {
  it.each(['127.0.0.1', '[::1]'])(
    '%s has /metrics, and the port for GitLab has it no more',
    async (host) => {
      stage = await setStage();
      const { url, adminUrl, close } = await stage.startBot(undefined, {
        ADMIN_ADDRESS: `${host}:0`,
      });
      expect(adminUrl).toMatch(/^http:\/\//);
      expect(adminUrl).toContain(host);
      expect(await status(`${adminUrl}/metrics`)).toBe(200);
      expect(await status(`${url}/metrics`)).toBe(404);
      for (const page of ['healthz', 'readyz']) {
        expect(await status(`${adminUrl}/${page}`)).toBe(200);
        expect(await status(`${url}/${page}`)).toBe(200);
      }
      const post = (to: string | null) =>
        fetch(`${to}/webhooks/gitlab`, { method: 'POST', body: '{}' });
      expect((await post(adminUrl)).status).toBe(404);
      expect((await post(url)).status).toBe(401);
      await close();
      await expect(fetch(`${adminUrl}/healthz`)).rejects.toThrow();
    },
  );

  it('not set leaves everything at one port', async () => {
    stage = await setStage();
    const { url, adminUrl } = await stage.startBot();
    expect(adminUrl).toBeNull();
    expect(await status(`${url}/metrics`)).toBe(200);
  });

  it('hides /metrics everywhere when METRICS is off', async () => {
    stage = await setStage();
    const env = { ADMIN_ADDRESS: '127.0.0.1:0', METRICS: 'off' };
    const { url, adminUrl } = await stage.startBot(undefined, env);
    expect(await status(`${adminUrl}/metrics`)).toBe(404);
    expect(await status(`${url}/metrics`)).toBe(404);
    expect(await status(`${adminUrl}/healthz`)).toBe(200);
  });

  it('that is taken ends the start with a line that names it, and code 78', async () => {
    stage = await setStage();
    const { url } = await stage.startBot();
    const taken = new URL(url).host;
    const bot = runTs(new URL('../../src/main.ts', import.meta.url), {
      args: ['serve'],
      env: {
        ...stage.environment(),
        DATA_DIR: `${stage.dataDir}/other`,
        PORT: String(await freePort()),
        ADMIN_ADDRESS: taken,
      },
    });
    expect(await bot.exited).toBe(78);
    expect(bot.output()).toContain(
      `ADMIN_ADDRESS: read "${taken}", but another program already listens there`,
    );
  });
});
