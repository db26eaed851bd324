/** compose.yaml is what the Compose Specification allows, and says what the bot understands. */
import { expect, it } from 'vitest';
import { variableNames } from '../../src/config.ts';
import { openSchema, readText, readYaml } from './read.ts';

interface ComposeService {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly volumes?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}
interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const [compose] = readYaml<Compose>('compose.yaml');
if (compose === undefined) throw new Error('compose.yaml is empty');
const services = Object.entries(compose.services);
const ours = services.filter(([name]) => name !== 'redis');

it('is a compose file by the schema of the specification', () => {
  const check = openSchema('compose-spec.json');
  expect(check(compose)).toEqual([]);
  expect(check({ services: { bot: { image: 'x', read_onyl: true } } })).not.toEqual([]);
});

it('every service starts again, may write to its volumes only, and may not become more than it is', () => {
  for (const [, service] of services) {
    expect(service).toMatchObject({
      ...{ read_only: true, restart: 'unless-stopped', cap_drop: ['ALL'] },
      security_opt: ['no-new-privileges:true'],
    });
  }
});

it('sets only variables that the bot reads, and .env.example names only such', () => {
  for (const [, { environment }] of ours) {
    expect(variableNames).toEqual(expect.arrayContaining(Object.keys(environment ?? {})));
  }
  const named = [...readText('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  expect(named).toContain('GITLAB_TOKEN');
  expect(variableNames).toEqual(expect.arrayContaining(named));
});

it('refers only to networks, volumes and services that it has', () => {
  const networks = Object.keys(compose.networks);
  const volumes = Object.keys(compose.volumes);
  for (const [, service] of services) {
    expect(networks).toEqual(expect.arrayContaining([...(service.networks ?? [])]));
    for (const volume of service.volumes ?? []) {
      if (typeof volume === 'string') expect(volumes).toContain(volume.split(':')[0]);
    }
    for (const other of Object.keys(service.depends_on ?? {})) {
      expect(compose.services[other]?.healthcheck?.test.length).toBeGreaterThan(0);
    }
  }
});

it('the queue keeps what it is told, throws nothing out, and is reached by the bot alone', () => {
  const { redis } = compose.services;
  const said = redis?.command?.join(' ');
  expect(said).toContain('--appendonly yes');
  expect(said).toContain('--maxmemory-policy noeviction');
  expect(redis?.volumes).toEqual(['redis:/data']);
  expect(redis?.ports).toBeUndefined();
  expect(redis?.networks).toEqual(['queue']);
  expect(compose.networks.queue?.internal).toBe(true);
  for (const [, { environment }] of ours) expect(environment?.QUEUE_URL).toBe('redis://redis:6379');
});

it('the bot has more than its ten seconds to end, and its policy is where POLICY says', () => {
  for (const [, service] of ours) {
    expect(Number(/^(\d+)s$/.exec(service.stop_grace_period ?? '')?.[1])).toBeGreaterThan(10);
    const targets = service.volumes?.flatMap((each) =>
      typeof each === 'string' ? [] : each.target,
    );
    expect(targets).toContain(service.environment?.POLICY);
  }
});
