/** `GITLAB_URL` that is nearly right, answered by what is no GitLab; people on leave; a folder of somebody else. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkPeople } from '../../src/doctor/people.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { runTs } from '../support/run-ts.ts';
import { one, openPatient } from './patient.ts';

/** A server of one answer for every path. */
async function serve(status: number, headers: Record<string, string>, body = ''): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('finds the sub-path from where the front page sends a browser', async () => {
  const patient = await openPatient({ basePath: '/gitlab' });
  const address = patient.sandbox.url;
  patient.env.GITLAB_URL = await serve(302, { location: `${address}/users/sign_in` });
  expect(one(await patient.look(), 'GITLAB_URL')).toMatchObject({
    mark: 'failed',
    code: 78,
    todo: `set GITLAB_URL=${address}`,
  });
});

it.each([
  ['a page', 200, 'text/html', '<html>Welcome</html>'],
  ['a page that is not there', 404, 'text/html', '<html>Nothing</html>'],
  ['JSON that is not there', 404, 'application/json', '{"error":"no"}'],
  ['other JSON', 200, 'application/json', '{"hello":"world"}'],
])('says that %s is no GitLab', async (_name, status, type, body) => {
  const patient = await openPatient();
  patient.env.GITLAB_URL = await serve(status, { 'content-type': type }, body);
  const finding = one(await patient.look(), 'GITLAB_URL');
  expect(finding).toMatchObject({ mark: 'failed', code: 78 });
  expect(finding.found).toMatch(/\/api\/v4 is no GitLab$/);
});

it('names those on leave today, and not those who come back', () => {
  const policy = loadPolicy();
  const leave = [
    { username: 'em-one', from: '2026-11-01', until: '2026-11-30' },
    { username: 'em-two', from: '2026-10-01', until: '2026-11-29' },
  ];
  const people = { ...policy.people, leave };
  const facts = new Map([
    ['em-one', { active: true }],
    ['em-two', { active: true }],
  ]);
  const findings = checkPeople({ ...policy, people }, facts, '2026-11-30');
  expect(one(findings, 'people')).toMatchObject({ mark: 'fine' });
  expect(one(findings, 'people on leave')).toMatchObject({
    mark: 'info',
    found: '@em-one until 2026-11-30',
  });
});

const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const able =
  process.getuid?.() === 0 && spawnSync('setpriv', [...nobody.slice(1), 'true']).status === 0;
if (!able) process.stdout.write('Left out: a folder of somebody else (needs root and setpriv).\n');

it.skipIf(!able)('a folder of somebody else is told with exit 78', async () => {
  const home = mkdtempSync(join(tmpdir(), 'scoping-bot-doctor-theirs-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, 'data'), { mode: 0o755 });
  const bot = runTs(new URL('../../src/main.ts', import.meta.url), {
    ...{ args: ['doctor'], as: nobody, cwd: '/' },
    env: { DATA_DIR: join(home, 'data'), GITLAB_TOKEN: '', POLICY: '' },
  });
  expect(await bot.exited).toBe(78);
  expect(bot.output()).toMatch(
    /^✗ queue: The queue cannot write to its folder .*\(EACCES\) → Make/m,
  );
});
