/** Who people are, whether they are there, what they may do and how much they carry; remembered for minutes. */
import type { Person, PersonFacts } from '../core/model.ts';
import { fold } from '../core/read/fold.ts';
import type { Directory } from '../reconcile.ts';
import { Cache } from './cache.ts';
import { CustomerBook } from './customers.ts';
import { isNotFound } from './errors.ts';
import { LabelShelf } from './labels.ts';
import { LoadBook } from './load.ts';
import { findMember } from './members.ts';
import type { Resources } from './resources.ts';
import { memberSchema, personSchema, readAs, userStatusSchema, usersSchema } from './schema.ts';

interface User extends Person {
  readonly active: boolean;
}

const KEPT_MS = 300_000;
/** Whether somebody whom issues name is still there is asked once a day for all issues together. */
const SEEN_KEPT_MS = 24 * 3_600_000;
/** A role decides what a command may do, so it is never older than this. */
const ROLE_KEPT_MS = 60_000;

/**
 * `now` in milliseconds since 1970. Nothing is asked twice at the same time, "there is none" is remembered
 * like any other answer, and failures are not. Throws `RetryableError` or `TerminalError` and nothing else.
 */
export function openDirectory(api: Resources, now: () => number): Directory {
  const bots = new Cache<Person>(now);
  const users = new Cache<User | null>(now);
  const busy = new Cache<boolean>(now);
  const levels = new Cache<number | null>(now);
  const loads = new LoadBook(api, now);
  const names = new Cache<Person | null | 'several'>(now);
  const customers = new CustomerBook(api, now);
  const labels = new LabelShelf(api, now);

  function levelOf(projectId: number, userId: number, maxAgeMs: number): Promise<number | null> {
    const ask = () => fetchLevel(api, projectId, userId);
    return levels.get(`${projectId}:${userId}`, maxAgeMs, ask);
  }

  async function person(
    projectId: number,
    username: string,
    seen = false,
  ): Promise<PersonFacts | null> {
    const keptMs = seen ? SEEN_KEPT_MS : KEPT_MS;
    const ask = () => fetchUser(api, username);
    const user = await users.get(username.toLowerCase(), keptMs, ask);
    if (user === null) return null;
    const [isBusy, accessLevel] = await Promise.all([
      busy.get(String(user.id), keptMs, () => fetchBusy(api, user.id)),
      levelOf(projectId, user.id, keptMs),
    ]);
    return { ...user, busy: isBusy, accessLevel };
  }

  return {
    bot: () => bots.get('', Number.POSITIVE_INFINITY, () => fetchBot(api)),
    person,
    role: (projectId, userId) => levelOf(projectId, userId, ROLE_KEPT_MS),
    load: (projectId, username) => loads.fetch(projectId, username),
    countAssignment: (projectId, username) => loads.countAssignment(projectId, username),
    member: (projectId, name) => {
      const ask = () => findMember(api, projectId, name);
      return names.get(`${projectId}:${fold(name)}`, KEPT_MS, ask);
    },
    sameCustomer: (ref, name, seen) => customers.fetch(ref, name, seen),
    tellOfLink: (ref) => customers.tell(ref),
    hasNewLink: (ref) => customers.hasNews(ref),
    ensureLabels: (projectId, wanted) => labels.ensure(projectId, wanted),
  };
}

async function fetchBot(api: Resources): Promise<Person> {
  const body: unknown = await api.users.showCurrentUser();
  return readAs(personSchema, body, 'GET /user');
}

async function fetchUser(api: Resources, username: string): Promise<User | null> {
  for await (const page of api.pages('users', { username })) {
    const found = readAs(usersSchema, page.items, 'GET /users').find(
      (user) => user.username.toLowerCase() === username.toLowerCase(),
    );
    if (found) return found;
  }
  return null;
}

async function fetchBusy(api: Resources, userId: number): Promise<boolean> {
  const body = await nullWhenNotFound(api.users.showStatus({ iDOrUsername: userId }));
  return readAs(userStatusSchema, body, 'GET /users/:id/status')?.availability === 'busy';
}

async function fetchLevel(
  api: Resources,
  projectId: number,
  userId: number,
): Promise<number | null> {
  const body = await nullWhenNotFound(
    api.members.show(projectId, userId, { includeInherited: true }),
  );
  if (body === null) return null;
  return readAs(memberSchema, body, 'GET /projects/:id/members/all/:id').access_level;
}

async function nullWhenNotFound(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
