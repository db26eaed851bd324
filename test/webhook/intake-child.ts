/** The HTTP side in a process of its own, so that it may run out of memory: prints its port, at the end what it took. */
import type { AddressInfo } from 'node:net';
import { chooseLimits } from '../../src/webhook/load.ts';
import { givenServer } from './given.ts';

const { app, queued, lines } = givenServer();
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);
const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024);

say({
  port,
  largeBytes: chooseLimits(25 * 1024 * 1024).largeBytes,
  before: megabytes(process.memoryUsage.rss()),
});
process.once('SIGTERM', () => {
  const told = lines.filter((line) => line.includes('too much at once')).length;
  const peak = megabytes(process.resourceUsage().maxRSS * 1024);
  say({ end: true, peak, queued: queued.length, told });
  process.exit(0);
});
