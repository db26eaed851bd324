/** Whose events are ours, and which projects are swept (`interfaces.md` §1, PROJECTS). */
import { describe, expect, it } from 'vitest';
import { type ProjectFinder, serveProjects } from '../../src/served.ts';

const failures: string[] = [];
let goOn = true;

function serve(names: readonly string[], finder: ProjectFinder) {
  failures.length = 0;
  goOn = true;
  return serveProjects(names, finder, async (name) => {
    failures.push(name);
    return goOn;
  });
}

/** A GitLab with these projects; the token's user is a member of the first two. */
function gitlab(): ProjectFinder & { asked: number } {
  const projects = [
    { id: 7, path_with_namespace: 'acme/ps/scoping' },
    { id: 8, path_with_namespace: 'acme/ps/other' },
    { id: 9, path_with_namespace: 'strangers/things' },
  ];
  return {
    asked: 0,
    async fetchProject(name) {
      this.asked += 1;
      const found = projects.find(
        ({ id, path_with_namespace: path }) => id === name || path === String(name).toLowerCase(),
      );
      if (!found) throw new Error(`no project ${name}`);
      return found;
    },
    async *listMemberProjects() {
      yield* projects.slice(0, 2);
    },
  };
}

describe('without configured projects', () => {
  const served = serve([], gitlab());

  it('every event is ours', () => {
    expect(served.accepts(9, 'strangers/things')).toBe(true);
    expect(served.accepts(10, null)).toBe(true);
  });

  it('the token’s memberships are swept', async () => {
    expect(await served.projectIds()).toEqual([7, 8]);
  });
});

describe('with configured projects', () => {
  it('events of others are not ours', () => {
    const served = serve(['acme/ps/scoping', '8'], gitlab());
    expect(served.accepts(7, 'acme/ps/scoping')).toBe(true);
    expect(served.accepts(8, null)).toBe(true);
    expect(served.accepts(9, 'strangers/things')).toBe(false);
    expect(served.accepts(9, null)).toBe(false);
  });

  it('a path is ours in whatever case it is written', () => {
    const served = serve(['Acme/PS/Scoping'], gitlab());
    expect(served.accepts(7, 'acme/ps/scoping')).toBe(true);
    expect(served.accepts(7, 'ACME/ps/scoping')).toBe(true);
  });

  it('part of a path is not', () => {
    const served = serve(['acme/ps'], gitlab());
    expect(served.accepts(7, 'acme/ps/scoping')).toBe(false);
  });

  it('ids are swept as they are, paths are looked up once', async () => {
    const finder = gitlab();
    const served = serve(['8', 'acme/ps/scoping'], finder);
    expect(await served.projectIds()).toEqual([8, 7]);
    expect(await served.projectIds()).toEqual([8, 7]);
    expect(finder.asked).toBe(1);
  });

  it('a project that was renamed since stays ours', async () => {
    const served = serve(['acme/ps/scoping'], gitlab());
    await served.projectIds();
    expect(served.accepts(7, 'acme/ps/renamed')).toBe(true);
    expect(served.accepts(7, null)).toBe(true);
  });

  it('named twice, by id and by path, a project is swept once', async () => {
    const served = serve(['7', 'acme/ps/scoping'], gitlab());
    expect(await served.projectIds()).toEqual([7]);
  });

  it('one that does not exist is said, and the others are served', async () => {
    const served = serve(['acme/ps/scoping', 'acme/typo'], gitlab());
    expect(await served.projectIds()).toEqual([7]);
    expect(failures).toEqual(['acme/typo']);
  });

  it('when nobody is let in, the first refusal ends it, and nothing is swept', async () => {
    const served = serve(['acme/ps/scoping', 'acme/typo', 'acme/typo-too'], gitlab());
    goOn = false;
    expect(await served.projectIds()).toEqual([]);
    expect(failures).toEqual(['acme/typo']);
  });
});

it('memberships that cannot be listed are told like a project', async () => {
  const served = serve([], {
    ...gitlab(),
    listMemberProjects: () => {
      throw new Error('GitLab is away');
    },
  });
  expect(await served.projectIds()).toEqual([]);
  expect(failures).toEqual(['all']);
});
