/** Starts the sandbox: a small GitLab over HTTP on plain data, for the demo and the tests. */
import type { AddressInfo } from 'node:net';
import { type Actions, actionsOf } from './actions.ts';
import { settled } from './hooks.ts';
import { userNamed } from './people.ts';
import { seedDemo } from './seed.ts';
import { buildServer, type OnRequest } from './server.ts';
import { createWorld, type Tier, type World } from './world.ts';

export interface SandboxSettings {
  readonly host?: string;
  /** 0 (default): any free port. */
  readonly port?: number;
  readonly tier?: Tier;
  readonly now?: () => Date;
  /** Sub-path such as `/gitlab`; default none. */
  readonly basePath?: string;
  /** Sees every API request before it is carried out. */
  readonly onRequest?: OnRequest;
  /** Fills the empty world; default: the demo of `seed.ts`. */
  readonly seed?: (world: World) => unknown;
}

export interface Sandbox {
  /** Base URL, sub-path included, no trailing slash. */
  readonly url: string;
  readonly world: World;
  /** What this person can do. Throws for an unknown username. */
  as(username: string): Actions;
  /** The person's API token. Throws for an unknown username. */
  token(username: string): string;
  /** Resolves once every webhook delivery has an outcome and every late write is done. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Resolves when the sandbox listens. Only loopback unless told otherwise. */
export async function startSandbox(settings: SandboxSettings = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, basePath = '', tier, now, onRequest } = settings;
  const world = createWorld({ ...(tier && { tier }), ...(now && { now }) });
  (settings.seed ?? seedDemo)(world);
  const app = buildServer(world, basePath.replace(/\/+$/, ''), onRequest);
  await app.listen({ host, port });
  const address = app.server.address() as AddressInfo;
  world.url = `http://${host}:${address.port}${basePath.replace(/\/+$/, '')}`;
  return {
    url: world.url,
    world,
    as: (username) => actionsOf(world, username),
    token: (username) => tokenOf(world, username),
    settled: () => settled(world),
    async close() {
      world.closing.abort();
      await app.close();
      await settled(world);
    },
  };
}

function tokenOf(world: World, username: string): string {
  const user = userNamed(world, username);
  const token = world.tokens.find((each) => each.userId === user.id && !each.revoked);
  if (token === undefined) throw new Error(`the sandbox has no good token for ${username}`);
  return token.value;
}
