/** Traces as a collector receives them from a bot in a process of its own. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Stage, setStage } from '../e2e/bot.ts';
import { until } from '../queue/until.ts';
import { type Collector, type SpanSeen, startCollector } from './collector.ts';

let stage: Stage;
let collector: Collector;

beforeEach(async () => {
  [stage, collector] = await Promise.all([setStage(), startCollector()]);
});

afterEach(async () => {
  await stage.stop();
  await collector.close();
});

const soon = { OTEL_BSP_SCHEDULE_DELAY: '100' };

describe('with OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('a hook, its job, its look and the requests to GitLab are one trace, without a word of people', async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...soon };
    const bot = await stage.spawnBot(undefined, { ...env, OTEL_SERVICE_NAME: 'bot-of-the-test' });
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    await until(() => named('process scoping').some(({ id }) => children(id).length > 0));
    await bot.kill('SIGTERM');

    const look = one('look');
    const job = byId(look.parent);
    const hook = byId(job.parent);
    expect([hook.name, job.name]).toEqual(['POST /webhooks/gitlab', 'process scoping']);
    expect(hook.parent).toBe('');
    expect(hook.attributes.get('http.response.status_code')).toBe(202);
    expect([job.traceId, look.traceId]).toEqual([hook.traceId, hook.traceId]);
    expect(look.attributes.get('scoping_bot.cause')).toBe('hook');
    expect(look.attributes.get('scoping_bot.outcome')).toBe('acted');
    expect(look.attributes.get('scoping_bot.issue')).toBe(issue.iid);

    const requests = children(look.id).map(({ name, attributes }) => [
      name,
      attributes.get('http.response.status_code'),
    ]);
    expect(requests).toEqual(
      expect.arrayContaining([
        ['GET /projects/:id/issues/:id', 200],
        ['GET /projects/:id/issues/:id/notes', 200],
        ['PUT /projects/:id/issues/:id', 200],
        ['POST /projects/:id/issues/:id/notes', 201],
      ]),
    );
    expect(new Set(collector.spans.map(({ service }) => service))).toEqual(
      new Set(['bot-of-the-test']),
    );
    for (const word of ['Tarnfield', 'Samira', stage.environment().GITLAB_TOKEN ?? '-']) {
      expect(collector.raw()).not.toContain(word);
    }
  });

  it('a collector that is away is told once, and the bot works', async () => {
    await collector.close();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...soon };
    const bot = await stage.spawnBot(undefined, env);
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    // The exporter tries for some seconds before it gives up.
    await until(() => bot.output().includes('traces could not be handed over'), 60_000);
    await bot.kill('SIGTERM');
    expect(await bot.exited).toBe(0);
    expect(bot.output().match(/traces could not be handed over/g)).toHaveLength(1);
  });
});

it('nothing is sent while OTEL_SDK_DISABLED is true', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SDK_DISABLED: 'true', ...soon };
  const bot = await stage.spawnBot(undefined, env);
  const issue = stage.createIssue();
  await until(() => stage.see(issue).comment !== null);
  await bot.kill('SIGTERM');
  expect(collector.raw()).toBe('');
});

const named = (name: string) => collector.spans.filter((span) => span.name === name);
const children = (id: string) => collector.spans.filter(({ parent }) => parent === id);

function one(name: string): SpanSeen {
  const [first, second] = named(name);
  if (!first || second) throw new Error(`there is not one ${name}`);
  return first;
}

function byId(id: string): SpanSeen {
  const found = collector.spans.find((span) => span.id === id);
  if (!found) throw new Error(`there is no span ${id}`);
  return found;
}
