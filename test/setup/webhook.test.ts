/** The webhook: made once with the right triggers and a secret; what people set otherwise stays. */
import { describe, expect, test } from 'vitest';
import { TerminalError } from '../../src/gitlab/errors.ts';
import type { Hook } from '../../src/sandbox/world.ts';
import type { ConfiguredSecrets } from '../../src/setup/hook-secret.ts';
import type { FindSteps } from '../../src/setup/step.ts';
import { findWebhookSteps } from '../../src/setup/webhook.ts';
import { addHook } from '../sandbox/tester.ts';
import { applyAll, kinds, openPlace, type Place, words } from './place.ts';

const PUBLIC_URL = 'https://bot.example.com/base';
const ADDRESS = `${PUBLIC_URL}/webhooks/gitlab`;
const NONE: ConfiguredSecrets = { signing: [], tokens: [] };
const SIGNING = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const FOUR = [
  'confidential_issues_events',
  'confidential_note_events',
  'issues_events',
  'note_events',
];

function finder(
  { sandbox, connect }: Place,
  more: { configured?: ConfiguredSecrets; publicUrl?: string; username?: string } = {},
): FindSteps {
  const { configured = NONE, publicUrl = PUBLIC_URL, username } = more;
  const { setupHooks: hooks } = connect(username);
  return () => findWebhookSteps({ hooks, projectId: sandbox.project.id, publicUrl, configured });
}

function onlyHook({ sandbox }: Place): Hook {
  const [hook, ...more] = sandbox.project.hooks;
  if (hook === undefined || more.length > 0) throw new Error('there is not exactly one hook');
  return hook;
}

test('the first time makes a signed hook with four triggers; the second finds nothing to do', async () => {
  const place = await openPlace();
  const find = finder(place);
  expect(kinds(await find())).toEqual(['do']);
  expect(place.writes()).toEqual([]);
  const [done] = await applyAll(find);
  const hook = onlyHook(place);
  expect([hook.url, [...hook.triggers].sort(), hook.pushEvents]).toEqual([ADDRESS, FOUR, false]);
  expect([hook.otherTriggers.size, hook.sslVerification, hook.customTemplate]).toEqual([
    0,
    true,
    null,
  ]);
  expect(done?.secrets).toEqual([{ variable: 'WEBHOOK_SIGNING_TOKEN', value: hook.signingToken }]);
  expect(Buffer.from(hook.signingToken?.slice(6) ?? '', 'base64')).toHaveLength(32);
  expect([hook.token, done?.what.includes(hook.signingToken ?? '')]).toEqual([null, false]);
  const before = place.writes();
  expect(kinds(await find())).toEqual(['fine']);
  await applyAll(find);
  expect(place.writes()).toEqual(before);
  expect(words(await find(), 'fine')).toContain('belongs in WEBHOOK_SIGNING_TOKEN');
  expect(place.sandbox.problems).toEqual([]);
});

describe('a configured secret', () => {
  test('is used and not shown again', async () => {
    const place = await openPlace();
    const find = finder(place, { configured: { signing: [SIGNING], tokens: [] } });
    const [done] = await applyAll(find);
    expect([onlyHook(place).signingToken, done?.secrets]).toEqual([SIGNING, undefined]);
    expect(kinds(await find())).toEqual(['fine']);
  });

  test('that is only a token is taken for a token, on a new GitLab too', async () => {
    const place = await openPlace();
    await applyAll(finder(place, { configured: { signing: [], tokens: ['one', 'old'] } }));
    expect(onlyHook(place)).toMatchObject({ token: 'one', signingToken: null });
  });

  test('that GitLab would refuse is said before anything is written', async () => {
    const place = await openPlace();
    const short = `whsec_${Buffer.alloc(24).toString('base64')}`;
    const steps = await finder(place, { configured: { signing: [short], tokens: [] } })();
    expect(kinds(steps)).toEqual(['blocked']);
    expect(words(steps, 'blocked')).toContain('exactly 32 bytes');
    expect(words(steps, 'blocked')).not.toContain(short);
  });

  test('of another kind than the hook has would have every delivery turned away', async () => {
    const place = await openPlace();
    addHook(place.sandbox, ADDRESS, { token: 'theirs' });
    const steps = await finder(place, { configured: { signing: [SIGNING], tokens: [] } })();
    expect(kinds(steps)).toEqual(['fine', 'blocked']);
    expect(words(steps, 'blocked')).toContain('WEBHOOK_SECRET_TOKEN is not set');
  });
});

describe('a GitLab that does not sign', () => {
  test('by its version gets a secret token at once', async () => {
    const place = await openPlace();
    place.sandbox.world.version = '17.5.1-ee';
    const find = finder(place);
    const [done] = await applyAll(find);
    const hook = onlyHook(place);
    expect(done?.secrets).toEqual([{ variable: 'WEBHOOK_SECRET_TOKEN', value: hook.token }]);
    expect([hook.signingToken, hook.token?.length]).toEqual([null, 43]);
    expect(place.writes()).toEqual(['POST /projects/:id/hooks']);
    expect(kinds(await find())).toEqual(['fine']);
  });

  test('though its version would, is found out by its answer', async () => {
    const place = await openPlace();
    place.sandbox.world.signsHooks = false;
    const find = finder(place);
    const [done] = await applyAll(find);
    const { token, signingToken } = onlyHook(place);
    expect(done?.secrets).toEqual([{ variable: 'WEBHOOK_SECRET_TOKEN', value: token }]);
    expect([signingToken, token === null]).toEqual([null, false]);
    expect(kinds(await find())).toEqual(['fine']);
  });

  test('and a run that was cut off before that is finished by the next', async () => {
    const place = await openPlace();
    const { world } = place.sandbox;
    world.signsHooks = false;
    const PUT = { method: 'PUT', route: '/projects/:id/hooks/:hook_id' };
    world.faults.push({ kind: 'hang_up', when: 'before', times: 2, ...PUT });
    const find = finder(place);
    await expect(applyAll(find)).rejects.toThrow();
    expect(onlyHook(place)).toMatchObject({ token: null, signingToken: null });
    expect(words(await find(), 'do')).toContain('Add a signing token');
    const [done] = await applyAll(find);
    expect(done?.secrets?.[0]?.value).toBe(onlyHook(place).token);
    expect(onlyHook(place).token).not.toBeNull();
    expect(kinds(await find())).toEqual(['fine']);
  });
});

describe('a lost answer', () => {
  test.each([
    ['POST', '/projects/:id/hooks', true],
    ['PUT', '/projects/:id/hooks/:hook_id', false],
  ])('to %s %s does not lose the secret', async (method, route, signs) => {
    const place = await openPlace();
    place.sandbox.world.signsHooks = signs;
    place.sandbox.world.faults.push({ kind: 'hang_up', when: 'after', times: 1, method, route });
    const [done] = await applyAll(finder(place));
    const { signingToken, token } = onlyHook(place);
    expect(done?.secrets?.[0]?.value).toBe(signs ? signingToken : token);
    expect(done?.secrets?.[0]?.value).toBeTypeOf('string');
  });

  test('of a hook that was not made stays an error, and the next run makes one', async () => {
    const place = await openPlace();
    const { world, project } = place.sandbox;
    const POST = { method: 'POST', route: '/projects/:id/hooks' };
    world.faults.push({ kind: 'hang_up', when: 'before', times: 1, ...POST });
    await expect(applyAll(finder(place))).rejects.toMatchObject({ lostAnswer: true });
    expect(project.hooks).toEqual([]);
    await applyAll(finder(place));
    expect(onlyHook(place).signingToken).not.toBeNull();
  });
});

describe('a hook that is there', () => {
  test('gets what it lacks and keeps all that people set', async () => {
    const place = await openPlace();
    addHook(place.sandbox, `${ADDRESS}/`, {
      triggers: new Set(['issues_events']),
      pushEvents: true,
      otherTriggers: new Set(['emoji_events']),
      sslVerification: false,
      customTemplate: '{"x":1}',
      token: 'theirs',
    });
    const find = finder(place, { configured: { signing: [], tokens: ['theirs'] } });
    const steps = await find();
    expect(kinds(steps)).toEqual(['do', 'left', 'left', 'left']);
    expect(words(steps, 'do')).toContain(
      'Comments, Confidential comments, Confidential issues events',
    );
    expect(words(steps, 'left')).toContain('emoji events, push events');
    expect(words(steps, 'left')).toContain('SSL verification');
    expect(words(steps, 'left')).toContain('makes the bot blind');
    await applyAll(find);
    const hook = onlyHook(place);
    expect([...hook.triggers].sort()).toEqual(FOUR);
    expect(hook).toMatchObject({
      url: `${ADDRESS}/`,
      pushEvents: true,
      sslVerification: false,
      customTemplate: '{"x":1}',
      token: 'theirs',
      signingToken: null,
    });
    expect([...hook.otherTriggers]).toEqual(['emoji_events']);
    const before = place.writes();
    expect(kinds(await find())).toEqual(['fine', 'left', 'left', 'left']);
    await applyAll(find);
    expect(place.writes()).toEqual(before);
  });

  test('twice is told, and the readier one is completed', async () => {
    const place = await openPlace();
    addHook(place.sandbox, ADDRESS, { triggers: new Set(), token: 'x' });
    const { id } = addHook(place.sandbox, ADDRESS, { token: 'x' });
    const steps = await finder(place)();
    expect(kinds(steps)).toEqual(['fine', 'left']);
    expect(words(steps, 'left')).toContain(`A second webhook to ${ADDRESS} (number ${id - 1})`);
  });

  test('at another address of a bot is told without its query', async () => {
    const place = await openPlace();
    addHook(place.sandbox, 'https://old.example.com/webhooks/gitlab?key=hidden');
    addHook(place.sandbox, 'https://chat.example.com/gitlab');
    const steps = await finder(place)();
    expect(kinds(steps)).toEqual(['do', 'left']);
    expect(words(steps, 'left')).toContain('https://old.example.com/webhooks/gitlab)');
    expect(words(steps, 'left')).not.toContain('hidden');
    const env = `set PUBLIC_URL=${PUBLIC_URL} and WEBHOOK_SIGNING_TOKEN to the new secret in its .env`;
    expect(words(steps, 'left')).toContain(env);
    expect(words(steps, 'left')).toContain('then delete that webhook under Settings > Webhooks');
    await applyAll(finder(place));
    // The old one is somebody's until they delete it; the new secret is told no second time.
    expect(place.sandbox.project.hooks.map(({ url }) => url)).toContain(ADDRESS);
    expect(place.sandbox.project.hooks).toHaveLength(3);
    const after = words(await finder(place)(), 'left');
    expect(after).toContain(`set PUBLIC_URL=${PUBLIC_URL} in its .env`);
  });

  test('that GitLab switched off: how to switch it on again, and nothing is written', async () => {
    const place = await openPlace();
    place.sandbox.world.switchesHooksOff = true;
    addHook(place.sandbox, ADDRESS, { token: 'x', failures: 40 });
    const find = finder(place);
    const steps = await find();
    expect(kinds(steps)).toEqual(['fine', 'blocked']);
    expect(words(steps, 'blocked')).toContain('switched off for good');
    expect(words(steps, 'blocked')).toContain('Test > Issues events');
    await applyAll(find);
    expect(place.writes()).toEqual([]);
  });
});

test('below Maintainer: every setting for one who may, exit 77', async () => {
  const place = await openPlace();
  const steps = await finder(place, { username: 'sa-one' })();
  expect(steps).toMatchObject([{ kind: 'blocked', exit: 77 }]);
  for (const part of [ADDRESS, 'Comments', 'Push events', 'SSL verification', 'template']) {
    expect(words(steps, 'blocked')).toContain(part);
  }
});

test('a token that GitLab does not take any more is an error, not a step', async () => {
  const place = await openPlace();
  const find = finder(place);
  for (const token of place.sandbox.world.tokens) token.revoked = true;
  await expect(find()).rejects.toMatchObject({ kind: 'unauthorised' });
});

describe('the limit of webhooks', () => {
  test('is seen beforehand where it is the usual one', async () => {
    const place = await openPlace();
    for (let n = 0; n < 100; n += 1) addHook(place.sandbox, `https://x.example/${n}`);
    const steps = await finder(place)();
    expect(steps).toMatchObject([{ kind: 'blocked', exit: 77 }]);
    expect(words(steps, 'blocked')).toContain('delete one that nobody needs');
  });

  test("is told in GitLab's place where it is another one", async () => {
    const place = await openPlace();
    addHook(place.sandbox, 'https://x.example/');
    place.sandbox.world.hookLimit = 1;
    const error = await applyAll(finder(place)).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toContain('as many webhooks as GitLab allows');
    expect(place.sandbox.project.hooks).toHaveLength(1);
  });
});

test.each([
  ['http://bot.example.com', ['http, not https']],
  ['https://localhost:8080', ['local network']],
  ['http://192.168.3.4', ['local network', 'http, not https']],
  ['https://[fd00::1]', ['local network']],
  ['https://bot.lan', ['local network']],
  ['https://172.32.0.1', []],
  ['https://bot.example.com', []],
])('the address %s', async (publicUrl, expected) => {
  const place = await openPlace();
  const steps = await finder(place, { publicUrl })();
  expect(steps).toHaveLength(1 + expected.length);
  for (const part of expected) expect(words(steps, 'left')).toContain(part);
});
