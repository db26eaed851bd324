/** The projects that the bot serves, each looked at, and the people of the policy in all of them. */
import type { Config } from '../config.ts';
import type { Policy } from '../core/policy.ts';
import type { MemberFacts } from '../gitlab/doctor/project.ts';
import type { Admission } from './access.ts';
import { type Finding, findingsOn } from './finding.ts';
import { examineProject } from './one-project.ts';
import { checkMembers, checkPeople, peopleOf } from './people.ts';
import { troubleFinding } from './trouble.ts';

/** Where no projects are set, so many of the bot's own are looked at. */
const MOST_UNSET = 20;

/** A project that was looked at as far as its members; null: they could not be seen. */
interface Seen {
  readonly path: string;
  readonly members: readonly MemberFacts[] | null;
}

/** `now`: milliseconds since 1970. `sendTest`: as in `ProjectPatient`. A project that cannot be looked at does not keep the others from it. */
export async function* checkServed(
  admission: Admission,
  config: Config,
  policy: Policy,
  { now, sendTest }: { readonly now: number; readonly sendTest: boolean },
): AsyncGenerator<Finding> {
  const set = config.projects.length > 0 ? config.projects : policy.projects;
  let names: readonly string[] = set;
  const { fine } = findingsOn();
  if (set.length > 0) {
    const where = config.projects.length > 0 ? 'in PROJECTS' : 'in the policy';
    yield fine('projects', `${set.length} set ${where}: ${set.join(', ')}`);
  } else {
    try {
      names = await memberProjects(admission);
    } catch (error) {
      yield troubleFinding('projects', error);
      return;
    }
    yield unset(names, admission);
  }
  const seen: Seen[] = [];
  for (const name of names.slice(0, set.length > 0 ? undefined : MOST_UNSET)) {
    try {
      for await (const each of examineProject(name, { admission, config, policy, now, sendTest })) {
        if ('members' in each) seen.push(each);
        else yield each;
      }
    } catch (error) {
      yield troubleFinding('project', error, name);
    }
  }
  yield* await peopleFindings(admission, policy, seen, now);
}

async function memberProjects({ gitlab }: Admission): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { path_with_namespace } of gitlab.listing.listMemberProjects()) {
    names.push(path_with_namespace);
  }
  return names;
}

function unset(names: readonly string[], { bot }: Admission): Finding {
  const looked = names.length > MOST_UNSET ? `; the first ${MOST_UNSET} are looked at here` : '';
  return findingsOn().warning(
    'projects',
    `set nowhere: every project that sends an authentic hook is served, and the sweep knows only those where @${bot.username} is a member (${names.length})${looked}`,
    'set PROJECTS, or projects in the policy, to the projects that the bot serves',
  );
}

/** People who are members somewhere are known to be there; only the others are asked for one by one. */
async function peopleFindings(
  { gitlab }: Admission,
  policy: Policy,
  seen: readonly Seen[],
  now: number,
): Promise<readonly Finding[]> {
  const names = peopleOf(policy);
  const facts = new Map<string, { readonly active: boolean } | null>();
  for (const { members } of seen) {
    for (const { username, active } of members ?? []) facts.set(username.toLowerCase(), { active });
  }
  try {
    for (const name of names) {
      const key = name.toLowerCase();
      if (!facts.has(key)) facts.set(key, await gitlab.projects.findUser(name));
    }
  } catch (error) {
    return [troubleFinding('people', error)];
  }
  const there = names.filter((name) => facts.get(name.toLowerCase())?.active === true);
  return [
    ...checkPeople(policy, facts, new Date(now).toISOString().slice(0, 10)),
    ...(names.length === 0 ? [] : seen.map((each) => membersOf(each, there))),
  ];
}

function membersOf({ path, members }: Seen, people: readonly string[]): Finding {
  if (members === null) {
    const because = "the list of members is not shown to the bot's user";
    return findingsOn(path).notLookedAt('members', because);
  }
  return checkMembers(path, people, new Set(members.map(({ username }) => username.toLowerCase())));
}
