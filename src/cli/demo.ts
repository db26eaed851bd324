/** `demo`: a local GitLab look-alike, the bot and a few scoping issues, told in the terminal as it happens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { loadPolicy } from '../policy/load.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../sandbox/seed.ts';
import { type Sandbox, startSandbox } from '../sandbox/start.ts';
import type { Service } from '../service/options.ts';
import { startService } from '../service.ts';
import { addHook } from './demo-look.ts';
import { tellStory } from './demo-story.ts';
import { say } from './demo-tell.ts';
import { readTexts } from './demo-texts.ts';
import { makeTrouble } from './demo-trouble.ts';
import { tellTurns } from './demo-turns.ts';
import { exitCodes, UsageError } from './failure.ts';
import { readListenTrouble } from './listening.ts';
import { untilStopped } from './stopping.ts';

export interface DemoOptions {
  readonly once: boolean;
  /** With everything around the bot failing meanwhile. */
  readonly chaos: boolean;
  readonly tier: 'free' | 'premium' | 'ultimate';
  readonly port: string | undefined;
}

/** The texts of the story and the policy of the demo's team. */
const folder = fileURLToPath(new URL('../../demo', import.meta.url));

/** Runs until stopped, or with `once` until the story is told. */
export async function demo(options: DemoOptions): Promise<number> {
  const port = readPort(options.port);
  const sandbox = await startSandbox({ tier: options.tier, port }).catch((error: unknown) => {
    const trouble = readListenTrouble(error);
    throw trouble ? new UsageError(`--port: read "${port}", but ${trouble.sentence}`) : error;
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'scoping-bot-demo-'));
  let service: Service | null = null;
  const trouble = options.chaos ? makeTrouble(sandbox) : null;
  try {
    say(`A GitLab look-alike (${options.tier}) listens at ${sandbox.url}`);
    service = await startBot(sandbox, dataDir, options.chaos);
    say(`The bot listens at ${service.url}, its queue is embedded in ${dataDir}`);
    say('\nEach turn is followed by what it changed. Of the labels, needs: says whose move it is,');
    say(
      'discovery:: how complete the answers are, lead:: who asks for them, fit:: what can be sold.',
    );
    trouble?.begin();
    const texts = await readTexts(folder);
    await tellStory(sandbox, texts);
    await tellTurns(sandbox, texts);
    trouble?.end();
    if (!options.once) {
      say('\nAll of it can be looked at there. Ctrl+C ends it.');
      await untilStopped();
    }
  } finally {
    trouble?.stop();
    await service?.close();
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  }
  return exitCodes.fine;
}

function readPort(port: string | undefined): number {
  const number = /^\d{1,5}$/.test(port ?? '0') ? Number(port ?? 0) : Number.NaN;
  if (number <= 65_535) return number;
  throw new UsageError(`--port: read "${port}", allowed is a whole number from 0 to 65535`);
}

/** The service as `serve` starts it, on a free port, with the hook that `setup` would make. */
async function startBot(sandbox: Sandbox, dataDir: string, chaos: boolean): Promise<Service> {
  const secret = 'the-demo-hook-secret';
  const config = readConfig(
    {
      GITLAB_URL: sandbox.url,
      GITLAB_TOKEN: sandbox.token(DEMO_BOT),
      WEBHOOK_SECRET_TOKEN: secret,
      DATA_DIR: dataDir,
      PORT: '0',
      // What a lost hook would have told is found soon, so that the story goes on.
      ...(chaos ? { SWEEP_INTERVAL: '5s' } : {}),
    },
    ['gitlab', 'hook'],
  );
  const policy = loadPolicy({ file: join(folder, 'policy.yaml') });
  // The look-alike ends every request within a second.
  const limits = new Map([...policy.limits, ['late_write_seconds', 2]]);
  const service = await startService({
    config,
    policy: chaos ? { ...policy, limits } : policy,
    log: createLog(chaos ? 'error' : 'warn', process.stderr),
    processMetrics: false,
  });
  await addHook(sandbox, DEMO_PROJECT, `${service.url}/webhooks/gitlab`, secret);
  return service;
}
