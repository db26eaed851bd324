/** A door before the sandbox that can hang, be shut, refuse the token or let everything through. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Mood = 'hangs' | 'shut' | 'refuses' | 'open';

export interface MoodyGitLab {
  readonly url: string;
  /** Requests that came while it refused. */
  refused(): number;
  /** Connections so far. */
  connections(): number;
  /** Cuts what is under way. */
  turn(mood: Mood): void;
  close(): Promise<void>;
}

const unauthorised =
  'HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: 30\r\n\r\n{"message":"401 Unauthorized"}';

export async function openMoodyGitLab(behind: string, first: Mood): Promise<MoodyGitLab> {
  const { hostname, port } = new URL(behind);
  const sockets = new Set<Socket>();
  let mood = first;
  let refused = 0;
  let connections = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((socket) => {
    connections += 1;
    keep(socket);
    if (mood === 'shut') socket.destroy();
    if (mood === 'refuses') {
      socket.once('data', () => {
        refused += 1;
        socket.end(unauthorised);
      });
    }
    if (mood === 'open') {
      const inner = connect(Number(port), hostname);
      keep(inner);
      socket.pipe(inner).pipe(socket);
      inner.on('close', () => socket.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: () => refused,
    connections: () => connections,
    turn(next) {
      mood = next;
      cut();
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
