/** How many connections are open at once; each costs memory before anything is known about it. */
import type { Server } from 'node:http';
import type { Log } from '../log.ts';
import { tellSeldom } from './seldom.ts';

export interface ConnectionLimit {
  readonly most: number;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const tellEveryMs = 10_000;

/**
 * Above half of `most` those that wait between two requests are closed, above `most` new ones. Those that
 * never say anything end with Node's time for headers.
 */
export function limitConnections(server: Server, { most, log, now }: ConnectionLimit): void {
  const turnedAway = tellSeldom(tellEveryMs, now);
  let open = 0;
  server.maxConnections = most;
  server.on('connection', (socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
    if (open > most / 2) server.closeIdleConnections();
  });
  server.on('drop', () => {
    const count = turnedAway.one();
    if (count !== null) log.warn({ count, most }, 'too many connections: new ones are turned away');
  });
}
