/** Webhooks of a project, for Maintainers. */
import { MAINTAINER } from '../access.ts';
import { OTHER_TRIGGERS, showHook } from '../entities.ts';
import { testHook } from '../hooks.ts';
import { type Body, flag, requiredText, text } from '../input.ts';
import { issuePayload } from '../payload.ts';
import { notFound, notImitated, Refusal } from '../refusal.ts';
import type { Hook, HookTrigger, Project, World } from '../world.ts';
import { nextId, stamp } from '../world.ts';
import {
  type Call,
  created,
  list,
  needs,
  ok,
  param,
  projectOf,
  type Route,
  takes,
  takesBody,
} from './call.ts';

const HOOKS = '/projects/:id/hooks';
export const HOOK = `${HOOKS}/:hook_id`;
const TRIGGERS: readonly HookTrigger[] = [
  'issues_events',
  'confidential_issues_events',
  'note_events',
  'confidential_note_events',
];
const WRITABLE = [
  'url',
  'enable_ssl_verification',
  'custom_webhook_template',
  'token',
  'signing_token',
  'push_events',
  'name',
  'description',
  ...TRIGGERS,
  ...OTHER_TRIGGERS,
];

export function hookRoutes(route: Route): void {
  route('GET', HOOKS, (call) => {
    takes(call);
    const project = ours(call);
    return list(call, project.hooks, (hook) => showHook(call.world, project, hook));
  });
  route('POST', HOOKS, (call) => {
    takesBody(call, ...WRITABLE);
    const project = ours(call);
    if (project.hooks.length >= call.world.hookLimit) {
      const base = [`Maximum number of project hooks (${call.world.hookLimit}) exceeded`];
      throw new Refusal(422, { message: { base } });
    }
    const hook: Hook = {
      id: nextId(call.world),
      url: requiredText(call.body, 'url'),
      token: null,
      signingToken: null,
      triggers: new Set(),
      pushEvents: true,
      otherTriggers: new Set(),
      sslVerification: true,
      customTemplate: null,
      name: null,
      description: null,
      createdAt: stamp(call.world),
      failures: 0,
      disabledUntil: null,
    };
    change(call.world, hook, call.body);
    project.hooks.push(hook);
    return created(showHook(call.world, project, hook));
  });
  route('PUT', HOOK, (call) => {
    takesBody(call, ...WRITABLE);
    const project = ours(call);
    const hook = hookOf(call, project);
    change(call.world, hook, call.body);
    return ok(showHook(call.world, project, hook));
  });
  route('POST', `${HOOK}/test/:trigger`, async (call) => {
    takesBody(call);
    const project = ours(call);
    const hook = hookOf(call, project);
    if (param(call, 'trigger') !== 'issues_events') {
      throw notImitated(call.method, call.route, `the trigger ${param(call, 'trigger')}`);
    }
    const newest = project.issues.at(-1);
    if (newest === undefined) throw new Refusal(422, { message: 'Ensure the project has issues.' });
    // A real "opened" event of an old issue, sent by whoever tests (`gitlab-platform.md` §1.6).
    const payload = issuePayload(call.world, project, newest, call.user, 'open', {});
    const { status } = await testHook(call.world, hook, 'issues_events', payload);
    if (status === 'delivered') return created({ message: '201 Created' });
    throw new Refusal(422, { message: 'Hook execution failed' });
  });
}

export function hookOf(call: Call, project: Project): Hook {
  const hook = project.hooks.find((each) => each.id === Number(param(call, 'hook_id')));
  if (hook === undefined) throw notFound();
  return hook;
}

export function ours(call: Call): Project {
  const project = projectOf(call);
  needs(call, project, MAINTAINER);
  return project;
}

function change(world: World, hook: Hook, body: Body): void {
  hook.url = text(body, 'url') ?? hook.url;
  if (!/^https?:\/\//.test(hook.url)) {
    throw new Refusal(422, { message: 'Invalid url given' });
  }
  hook.token = text(body, 'token') ?? hook.token;
  if (takesSigningTokens(world)) {
    hook.signingToken = readSigningToken(body) ?? hook.signingToken;
  }
  hook.pushEvents = flag(body, 'push_events') ?? hook.pushEvents;
  hook.sslVerification = flag(body, 'enable_ssl_verification') ?? hook.sslVerification;
  hook.customTemplate = text(body, 'custom_webhook_template') ?? hook.customTemplate;
  hook.name = text(body, 'name') ?? hook.name;
  hook.description = text(body, 'description') ?? hook.description;
  for (const trigger of TRIGGERS) {
    const wanted = flag(body, trigger);
    if (wanted === true) hook.triggers.add(trigger);
    if (wanted === false) hook.triggers.delete(trigger);
  }
  // Nothing in the sandbox raises these events; whoever looks at the hook sees them.
  for (const trigger of OTHER_TRIGGERS) {
    const wanted = flag(body, trigger);
    if (wanted === true) hook.otherTriggers.add(trigger);
    if (wanted === false) hook.otherTriggers.delete(trigger);
  }
}

/** Where they are not taken they are not refused either (`gitlab-platform.md` §1.2). */
function takesSigningTokens(world: World): boolean {
  return world.signsHooks && Number.parseInt(world.version, 10) >= 19;
}

/** `whsec_` and the base64 of exactly 32 bytes (`gitlab-platform.md` §1.2). */
function readSigningToken(body: Body): string | undefined {
  const token = text(body, 'signing_token');
  if (token === undefined) return undefined;
  const key = /^whsec_([A-Za-z0-9+/]{43}=)$/.exec(token)?.[1];
  if (key === undefined) throw new Refusal(422, { message: 'Signing token is invalid' });
  return token;
}
