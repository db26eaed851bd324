/** Starts sandbox and bot for an end-to-end test, in this process or in one that can be killed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { addHook, type Seen, see } from '../../src/cli/demo-look.ts';
import { type Environment, readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { type Sandbox, type SandboxSettings, startSandbox } from '../../src/sandbox/start.ts';
import type { Issue } from '../../src/sandbox/world.ts';
import type { Service, ServiceOptions } from '../../src/service/options.ts';
import { startService } from '../../src/service.ts';
import { checkRequest } from '../support/openapi.ts';
import { runTs, type TsProcess } from '../support/run-ts.ts';
import { keepSaid } from '../support/said.ts';
import { freePort } from '../support/servers.ts';

const demoFolder = fileURLToPath(new URL('../../demo/', import.meta.url));
const secret = 'e2e-hook-secret-canary';

/** The texts of the demo: an opened issue with gaps, the same with the answers, and with what a proposal needs. */
export const opened = readFileSync(join(demoFolder, '1-opened.md'), 'utf8');
export const answered = readFileSync(join(demoFolder, '2-edited.md'), 'utf8');
export const proposed = readFileSync(join(demoFolder, '3-proposal.md'), 'utf8');

export type BotOptions = Pick<ServiceOptions, 'probeMs' | 'processMetrics'>;

export interface Stage {
  readonly sandbox: Sandbox;
  readonly dataDir: string;
  /** Requests that GitLab's OpenAPI file does not know, as sentences; empty when all is well. */
  readonly strange: readonly string[];
  /** What a bot is started with, for a test that starts one in its own way; `hookTo` sends it the hooks. */
  environment(queueUrl?: string): Record<string, string>;
  hookTo(url: string): Promise<void>;
  createIssue(description?: string, customer?: string): Issue;
  see(issue: Issue): Seen;
  /** What bots that were started here logged, line by line. */
  readonly logged: readonly { readonly level: string; readonly msg: string }[];
  /** The bot's requests since the last call, as `METHOD route`. */
  requests(): readonly string[];
  /** Starts the bot here; stopped with the stage. */
  startBot(queueUrl?: string, env?: Environment, more?: BotOptions): Promise<Service>;
  /** Starts it in a process of its own, each `at` at a port of its own; the hook points to the first. `args` stand behind `serve`. */
  spawnBot(
    queueUrl?: string,
    env?: Environment,
    at?: number,
    args?: readonly string[],
  ): Promise<TsProcess & { readonly url: string }>;
  stop(): Promise<void>;
}

export async function setStage(settings: SandboxSettings = {}): Promise<Stage> {
  const strange: string[] = [];
  const sandbox = await startSandbox({
    ...settings,
    onRequest: (request) => {
      const { method, path, query, body } = request;
      strange.push(...checkRequest(method, path, query, body));
    },
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'scoping-bot-e2e-'));
  const running: { stop(): Promise<unknown> }[] = [];
  const environment = (queueUrl?: string): Record<string, string> => ({
    GITLAB_URL: sandbox.url,
    GITLAB_TOKEN: sandbox.token(DEMO_BOT),
    WEBHOOK_SECRET_TOKEN: secret,
    DATA_DIR: dataDir,
    POLICY: join(demoFolder, 'policy.yaml'),
    SWEEP_INTERVAL: 'off',
    ...(queueUrl ? { QUEUE_URL: queueUrl } : {}),
  });
  const ports = new Map<number, number>();
  let hooked = '';
  const hookTo = async (url: string): Promise<void> => {
    const hooks = sandbox.world.projects[0]?.hooks;
    if (hooked === url) return;
    hooks?.splice(0, hooks.length);
    await addHook(sandbox, DEMO_PROJECT, `${url}/webhooks/gitlab`, secret);
    hooked = url;
  };
  let counted = 0;
  const logged: { level: string; msg: string }[] = [];
  const keep = (chunk: unknown, done: () => void): void => {
    keepSaid(String(chunk));
    logged.push(JSON.parse(String(chunk)) as { level: string; msg: string });
    done();
  };
  return {
    logged,
    sandbox,
    dataDir,
    strange,
    environment,
    hookTo,
    createIssue: (description = opened, customer = 'Tarnfield Insurance') =>
      sandbox.as('sa-one').createIssue(DEMO_PROJECT, {
        title: `${customer} - Scope Issue and Write SOW`,
        description,
        labels: ['Services Calculator'],
      }),
    see: (issue) => see(sandbox, DEMO_PROJECT, issue),
    requests() {
      const all = sandbox.world.requests.filter(({ username }) => username === DEMO_BOT);
      const since = all.slice(counted);
      counted = all.length;
      return since.map(({ method, route }) => `${method} ${route}`);
    },
    async startBot(queueUrl, env = {}, more = {}) {
      const given = { ...environment(queueUrl), PORT: '0', ...env };
      const config = readConfig(given, ['gitlab', 'hook']);
      const service = await startService({
        config,
        policy: loadPolicy({ file: config.policyFile ?? undefined }),
        log: createLog(
          'debug',
          new Writable({ write: (chunk, _encoding, done) => keep(chunk, done) }),
        ),
        processMetrics: false,
        ...more,
      });
      let open = true;
      const close = async (): Promise<void> => {
        if (!open) return;
        open = false;
        await service.close();
      };
      running.push({ stop: close });
      await hookTo(service.url);
      return { ...service, close };
    },
    async spawnBot(queueUrl, env = {}, at = 0, args = []) {
      const port = ports.get(at) ?? (await freePort());
      ports.set(at, port);
      const bot = runTs(new URL('../../src/main.ts', import.meta.url), {
        args: ['serve', ...args],
        env: { ...environment(queueUrl), ...env, PORT: String(port) },
      });
      running.push({ stop: () => bot.kill('SIGKILL') });
      await bot.prints('"msg":"listening"');
      const url = `http://127.0.0.1:${port}`;
      if (at === 0) await hookTo(url);
      return { ...bot, url };
    },
    async stop() {
      for (const each of running) await each.stop();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
