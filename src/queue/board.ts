/** Bull Board over the queue, for looking only. */
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';

/** What shows the queue in the browser, to be mounted by whoever serves HTTP; it guards nothing itself. */
export type QueueBoard = ReturnType<FastifyAdapter['registerPlugin']>;

/** `path`: where it will be served. Jobs hold the ids of issues and times, so there is nothing of people to be seen. */
export function openBoard(queue: object, path: string): QueueBoard {
  // Its types know only the queue on Redis; what it asks of a queue, all three backends have.
  const seen = queue as ConstructorParameters<typeof BullMQAdapter>[0];
  const serverAdapter = new FastifyAdapter().setBasePath(path);
  createBullBoard({
    queues: [new BullMQAdapter(seen, { readOnlyMode: true, allowRetries: false })],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'scoping-bot' } },
  });
  return serverAdapter.registerPlugin();
}
