/** `demo`: a local GitLab look-alike, the bot and one scoping issue, told in the terminal as it happens. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { loadPolicy } from '../policy/load.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../sandbox/seed.ts';
import { type Sandbox, startSandbox } from '../sandbox/start.ts';
import { type Service, startService } from '../service.ts';
import { addHook, type Seen, see } from './demo-look.ts';
import { exitCodes, UsageError } from './failure.ts';
import { readListenTrouble } from './listening.ts';
import { paint } from './paint.ts';
import { untilStopped } from './serve.ts';

export interface DemoOptions {
  readonly once: boolean;
  readonly tier: 'free' | 'premium' | 'ultimate';
  readonly port: string | undefined;
}

/** The texts of the story and the policy of the demo's team. */
const folder = fileURLToPath(new URL('../../demo', import.meta.url));
const patienceMs = 30_000;

/** Runs until stopped, or with `once` until the story is told. */
export async function demo(options: DemoOptions): Promise<number> {
  const port = readPort(options.port);
  const sandbox = await startSandbox({ tier: options.tier, port }).catch((error: unknown) => {
    const trouble = readListenTrouble(error);
    throw trouble ? new UsageError(`--port: read "${port}", but ${trouble.sentence}`) : error;
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'scoping-bot-demo-'));
  let service: Service | null = null;
  try {
    say(`A GitLab look-alike (${options.tier}) listens at ${sandbox.url}`);
    service = await startBot(sandbox, dataDir);
    say(`The bot listens at ${service.url}, its queue is embedded in ${dataDir}`);
    await tellStory(sandbox);
    if (!options.once) {
      say('\nAll of it can be looked at there. Ctrl+C ends it.');
      await untilStopped();
    }
  } finally {
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
async function startBot(sandbox: Sandbox, dataDir: string): Promise<Service> {
  const secret = 'the-demo-hook-secret';
  const config = readConfig(
    {
      GITLAB_URL: sandbox.url,
      GITLAB_TOKEN: sandbox.token(DEMO_BOT),
      WEBHOOK_SECRET_TOKEN: secret,
      DATA_DIR: dataDir,
      PORT: '0',
    },
    ['gitlab', 'hook'],
  );
  const service = await startService({
    config,
    policy: loadPolicy({ file: join(folder, 'policy.yaml') }),
    log: createLog('warn', process.stderr),
    processMetrics: false,
  });
  await addHook(sandbox, DEMO_PROJECT, `${service.url}/webhooks/gitlab`, secret);
  return service;
}

async function tellStory(sandbox: Sandbox): Promise<void> {
  const sa = sandbox.as('sa-one');
  chapter('Samira, a solutions architect, opens a scoping issue. Half of it is still "to-do".');
  const issue = sa.createIssue(DEMO_PROJECT, {
    title: 'Tarnfield Insurance - Scope Issue and Write SOW',
    description: await readFile(join(folder, '1-opened.md'), 'utf8'),
    labels: ['Services Calculator'],
  });
  say(`Look at it: ${sandbox.url}/${DEMO_PROJECT}/-/issues/${issue.iid}`);
  const look = (): Seen => see(sandbox, DEMO_PROJECT, issue);
  await watch(sandbox, () => look().comment !== null);
  show(look(), { comment: true });

  chapter('The answers come in: she edits the description …');
  const before = look().comment;
  sa.editDescription(issue, await readFile(join(folder, '2-edited.md'), 'utf8'));
  await watch(sandbox, () => look().comment !== before);
  show(look(), { comment: false });

  chapter('… and Adela, the account executive, answers what is left in a comment:');
  const answer = '/scoping set m_user_provisioning SCIM';
  say(`  ${answer}`);
  sandbox.as('ae-one').comment(issue, answer);
  await watch(sandbox, () => look().labels.includes('stage::proposal'));
  show(look(), { comment: true });
  say(`\nIn all, the bot wrote ${look().notes} comment here and edited it in place.`);
}

/** Waits until GitLab shows it; a story that gets stuck ends with a sentence, not with silence. */
async function watch(sandbox: Sandbox, happened: () => boolean): Promise<void> {
  const begun = performance.now();
  while (!happened()) {
    if (performance.now() - begun > patienceMs) {
      throw new Error(`The bot did not get there within ${patienceMs / 1_000} seconds.`);
    }
    await delay(10);
  }
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  await sandbox.settled();
  say(paint.dim(`(${seconds} s later)`));
}

function show({ labels, assignees, comment }: Seen, what: { comment: boolean }): void {
  say(`${paint.bold('Labels')}     ${labels.join('  ')}`);
  say(`${paint.bold('Assignees')}  ${assignees.join(', ') || 'nobody'}`);
  const text = comment ?? '';
  say(`${paint.bold('Comment')}    ${what.comment ? '' : text.split('\n')[0]}`);
  if (what.comment) say(foldDetails(text).replace(/^/gm, '  │ '));
}

/** As it looks in the browser: folded parts show their summary only. */
function foldDetails(markdown: string): string {
  return markdown
    .replace(/<details>\s*<summary>(.*?)<\/summary>[\s\S]*?<\/details>/g, '▸ $1')
    .replace(/\n{3,}/g, '\n\n');
}

function chapter(title: string): void {
  say(`\n${paint.bold(title)}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
