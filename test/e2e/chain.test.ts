/** The headers by which GitLab chains hooks come in with every hook and never go back out. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { setStage } from './bot.ts';

it('no request to GitLab carries X-Gitlab-Event-UUID, nor anything else of the hook that caused it', async () => {
  const stage = await setStage();
  const seen: { readonly method: string; readonly headers: IncomingHttpHeaders }[] = [];
  // Stands between the bot and GitLab, as a witness of what is on the wire.
  const between = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, headers });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const passed = new Headers();
    for (const name of ['private-token', 'content-type', 'accept']) {
      const value = headers[name];
      if (typeof value === 'string') passed.set(name, value);
    }
    const answer = await fetch(`${stage.sandbox.url}${url}`, {
      method,
      headers: passed,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const type = answer.headers.get('content-type');
    response.writeHead(answer.status, type === null ? {} : { 'content-type': type });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await once(between, 'listening');
  const { port } = between.address() as AddressInfo;

  try {
    await stage.startBot(undefined, { GITLAB_URL: `http://127.0.0.1:${port}` });
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    await stage.sandbox.settled();
    // The hooks had the header, and the bot wrote because of them.
    const delivered = stage.sandbox.world.deliveries.map(({ headers }) => Object.keys(headers));
    expect(delivered.some((names) => names.includes('x-gitlab-event-uuid'))).toBe(true);
    expect(seen.filter(({ method }) => method !== 'GET').length).toBeGreaterThan(0);
    const names = new Set(seen.flatMap(({ headers }) => Object.keys(headers)));
    expect([...names].filter((name) => /^(x-gitlab-|webhook-|idempotency-)/.test(name))).toEqual(
      [],
    );
  } finally {
    await stage.stop();
    between.closeAllConnections();
    between.close();
  }
});
