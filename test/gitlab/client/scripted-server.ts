/** A tiny HTTP server on 127.0.0.1 that answers as a test tells it and remembers what it was asked. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** With its query, as it came over the wire. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Sent as JSON, unless `text` is given. */
  readonly json?: unknown;
  readonly text?: string;
}

/** `reset` breaks the connection, `cut` breaks it in the middle of the answer, `hang` never answers. */
export type Behaviour = Reply | 'reset' | 'cut' | 'hang';

export interface ScriptedServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  count(method: string, path?: string): number;
  close(): Promise<void>;
}

/** `answer` gets the request and how many requests of the same method and path came before it. */
export async function startServer(
  answer: (asked: Asked, before: number) => Behaviour | Promise<Behaviour>,
): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  const count = (method: string, path?: string) =>
    asked.filter((one) => one.method === method && (path === undefined || one.path === path))
      .length;

  const server = createServer(async (request, response) => {
    const one = await readRequest(request);
    const before = count(one.method, one.path);
    asked.push(one);
    const behaviour = await answer(one, before);
    if (behaviour === 'hang') return;
    if (behaviour === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (behaviour === 'cut') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"id":', () => request.socket.destroy());
      return;
    }
    const text =
      behaviour.text ?? (behaviour.json === undefined ? '' : JSON.stringify(behaviour.json));
    const type = behaviour.text === undefined ? 'application/json' : 'text/plain';
    response.writeHead(behaviour.status ?? 200, { 'content-type': type, ...behaviour.headers });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    count,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function readRequest(request: IncomingMessage): Promise<Asked> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
