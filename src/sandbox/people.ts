/** Adding and finding the users, groups and projects of a sandbox world. */
import type { Group, Project, User, World } from './world.ts';
import { nextId, stamp } from './world.ts';

/** Adds a user with a token of scope `api` named `token-<username>`. */
export function addUser(
  world: World,
  username: string,
  more: Partial<Omit<User, 'id' | 'username'>> = {},
): User {
  const user: User = {
    id: nextId(world),
    username,
    name: username,
    state: 'active',
    availability: 'not_set',
    statusMessage: '',
    bot: false,
    ...more,
  };
  world.users.push(user);
  world.tokens.push({
    value: `token-${username}`,
    userId: user.id,
    name: 'sandbox',
    scopes: ['api'],
    expiresAt: null,
    revoked: false,
  });
  return user;
}

/** Adds a group; projects whose path starts with its path inherit from it. */
export function addGroup(world: World, path: string): Group {
  const group: Group = { id: nextId(world), path, members: new Map(), labels: [] };
  world.groups.push(group);
  return group;
}

/** Adds a project with direct members given as access levels by username. */
export function addProject(
  world: World,
  path: string,
  members: ReadonlyMap<string, number> = new Map(),
): Project {
  const project: Project = {
    id: nextId(world),
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    visibility: 'private',
    archived: false,
    issuesEnabled: true,
    members: new Map([...members].map(([name, level]) => [userNamed(world, name).id, level])),
    memberEnds: new Map(),
    labels: [],
    issues: [],
    hooks: [],
    boards: [],
    files: new Map([['README.md', '# Sandbox\n']]),
    branches: new Map(),
    // Maintainers, as GitLab protects the default branch of a new project.
    pushLevel: 40,
    emptyRepo: false,
    mergeRequests: [],
    createdAt: stamp(world),
  };
  world.projects.push(project);
  return project;
}

/** GitLab compares usernames without regard to case. Null when there is no such user. */
export function findUser(world: World, username: string): User | null {
  const wanted = username.toLowerCase();
  return world.users.find((user) => user.username.toLowerCase() === wanted) ?? null;
}

/** Throws when there is no such user: for set-up code, where that is a slip. */
export function userNamed(world: World, username: string): User {
  const user = findUser(world, username);
  if (user === null) throw new Error(`the sandbox has no user ${username}`);
  return user;
}

/** Throws when there is no such user. */
export function userById(world: World, id: number): User {
  const user = world.users.find((each) => each.id === id);
  if (user === undefined) throw new Error(`the sandbox has no user with id ${id}`);
  return user;
}

/** By numeric id or full path, as in the API's `:id`. Null when there is none. */
export function findProject(world: World, idOrPath: string | number): Project | null {
  const id = Number(idOrPath);
  const wanted = String(idOrPath).toLowerCase();
  return (
    world.projects.find((each) => each.id === id || each.path.toLowerCase() === wanted) ?? null
  );
}

/** The groups above a project, outermost first. */
export function groupsOf(world: World, project: Project): Group[] {
  return world.groups.filter((group) => project.path.startsWith(`${group.path}/`));
}
