/** What looks at an issue cost over days on which nobody does anything: the figures of docs/operating.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectGitLab } from '../../src/gitlab/connect.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { reconcile } from '../../src/reconcile.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';

const demo = fileURLToPath(new URL('../../demo/', import.meta.url));
const policy = loadPolicy({ file: join(demo, 'policy.yaml') });
const hourMs = 3_600_000;
const issueRoute = '/projects/:id/issues/:id';
const reads = [`GET ${issueRoute}`, `GET ${issueRoute}/notes`];

let at = Date.parse('2026-11-23T09:00:00Z');
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ now: () => new Date(at) });
});

afterEach(() => sandbox.close());

it('the first look of a day searches once for the customer; none of them writes', async () => {
  const asked: string[] = [];
  const { store, directory } = connectGitLab({
    url: sandbox.url,
    token: sandbox.token(DEMO_BOT),
    now: () => at,
    onRequest: ({ method, route }) => void asked.push(`${method} ${route}`),
  });
  const description = readFileSync(join(demo, '1-opened.md'), 'utf8');
  const [one, two] = ['Tarnfield Insurance', 'Oakhollow Mills'].map((customer) =>
    sandbox.as('sa-one').createIssue(DEMO_PROJECT, {
      title: `${customer} - Scope Issue and Write SOW`,
      description,
    }),
  );
  const projectId = sandbox.world.projects[0]?.id ?? 0;

  async function look(issueIid = 0): Promise<readonly string[]> {
    asked.length = 0;
    const bot = { store, directory, policy, key: 'key', now: () => new Date(at) };
    await reconcile({ projectId, issueIid }, bot);
    // Issue and notes are read at once, and either may be answered first.
    return asked.toSorted();
  }

  await look(one?.iid);
  await look(two?.iid);
  at += hourMs;
  expect(await look(two?.iid)).toEqual(reads);

  at += 24 * hourMs;
  // The people whom both name are asked about by whoever is looked at first, three requests for each.
  await look(one?.iid);
  const search = 'GET /projects/:id/issues';
  expect(await look(two?.iid)).toEqual([search, ...reads].toSorted());
  at += hourMs;
  expect(await look(two?.iid)).toEqual(reads);
});
