/**
 * Where the contract suite runs: the sandbox, or a real GitLab when GITLAB_URL, GITLAB_TOKEN (Planner or
 * more, scope `api`) and GITLAB_PROJECT (a path; issues are opened and closed in it) are all set.
 */
import { afterAll, beforeAll } from 'vitest';
import { DEMO_BOT, DEMO_PROJECT } from '../../../src/sandbox/seed.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { checkRequest } from '../../support/openapi.ts';

const { GITLAB_URL = '', GITLAB_TOKEN = '', GITLAB_PROJECT = '' } = process.env;

/** True when there is a real GitLab to talk to; what needs further users runs in the sandbox only. */
export const isReal = [GITLAB_URL, GITLAB_TOKEN, GITLAB_PROJECT].every((value) => value !== '');

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined for an empty answer. */
  readonly body: unknown;
}

export interface Contract {
  /** `/projects/<encoded path>`. */
  readonly project: string;
  /** Sends as the token's owner. `path` is below `/api/v4`. */
  send(method: string, path: string, body?: object, token?: string): Promise<Reply>;
  /** Opens an issue that is closed after the suite; gives its path and what the answer said. */
  openIssue(more?: object): Promise<{ path: string; iid: number; issue: unknown }>;
}

/** Starts the place before the suite and tidies up after it; requests that GitLab would not know fail. */
export function openContract(): Contract {
  let sandbox: Sandbox | null = null;
  let base = GITLAB_URL.replace(/\/+$/, '');
  let owner = GITLAB_TOKEN;
  const opened: string[] = [];
  const project = `/projects/${encodeURIComponent(isReal ? GITLAB_PROJECT : DEMO_PROJECT)}`;

  async function send(method: string, path: string, body?: object, token?: string): Promise<Reply> {
    const [route = '', query = ''] = path.split('?');
    const problems = checkRequest(method, `/api/v4${route}`, query, body);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    const response = await fetch(`${base}/api/v4${path}`, {
      method,
      headers: { 'private-token': token ?? owner, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: parsed };
  }

  beforeAll(async () => {
    if (isReal) return;
    // A clock that moves with every look, so that no two changes ever share a moment.
    let time = Date.now();
    const now = () => {
      time += 1;
      return new Date(time);
    };
    sandbox = await startSandbox({ basePath: '/gitlab', now });
    base = sandbox.url;
    owner = sandbox.token(DEMO_BOT);
  });
  afterAll(async () => {
    for (const path of opened) await send('PUT', path, { state_event: 'close' });
    await sandbox?.close();
  });

  return {
    project,
    send,
    async openIssue(more = {}) {
      const title = `Contract ${new Date().toISOString()}`;
      const { body } = await send('POST', `${project}/issues`, { title, ...more });
      const { iid } = body as { iid: number };
      opened.push(`${project}/issues/${iid}`);
      return { path: `${project}/issues/${iid}`, iid, issue: body };
    },
  };
}
