/** A sandbox per test file's needs, requests checked by GitLab's OpenAPI file, and a receiver for hooks. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { type Sandbox, type SandboxSettings, startSandbox } from '../../src/sandbox/start.ts';
import type { Hook, HookTrigger, Project } from '../../src/sandbox/world.ts';
import { checkRequest } from '../support/openapi.ts';

export const PROJECT_PATH = `/projects/${encodeURIComponent(DEMO_PROJECT)}`;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Tester extends Sandbox {
  readonly project: Project;
  /** As the bot unless another username is given. */
  send(method: string, path: string, body?: object, username?: string): Promise<Reply>;
  /** Everything GitLab's OpenAPI file says against the requests so far. */
  readonly problems: string[];
}

/** Closed when the test ends. */
export async function openSandbox(settings: SandboxSettings = {}): Promise<Tester> {
  const problems: string[] = [];
  const sandbox = await startSandbox({
    ...settings,
    onRequest: ({ method, path, query, body }) =>
      problems.push(...checkRequest(method, path, query, body)),
  });
  onTestFinished(() => sandbox.close());
  const project = sandbox.world.projects[0];
  if (project === undefined) throw new Error('the demo has no project');
  return {
    ...sandbox,
    project,
    problems,
    async send(method, path, body, username = 'scoping-bot') {
      const token = sandbox.token(username);
      const response = await fetch(`${sandbox.url}/api/v4${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const { status, headers } = response;
      return { status, headers, text: await response.text() };
    },
  };
}

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that answers 200 and keeps what it got; closed when the test ends. */
export async function openReceiver(status = 200): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, received };
}

const ALL: readonly HookTrigger[] = [
  'issues_events',
  'confidential_issues_events',
  'note_events',
  'confidential_note_events',
];

/** Adds a hook straight into the world. */
export function addHook(tester: Tester, url: string, more: Partial<Hook> = {}): Hook {
  const hook: Hook = {
    id: tester.project.hooks.length + 1,
    url,
    token: null,
    signingToken: null,
    triggers: new Set(ALL),
    pushEvents: false,
    otherTriggers: new Set(),
    sslVerification: true,
    customTemplate: null,
    name: null,
    description: null,
    createdAt: tester.world.now().toISOString(),
    failures: 0,
    disabledUntil: null,
    ...more,
  };
  tester.project.hooks.push(hook);
  return hook;
}
