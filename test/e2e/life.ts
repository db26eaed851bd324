/** The main job through real HTTP; the same story is told on each queue. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { answered, type Stage, setStage } from './bot.ts';

/** `queueUrl`: undefined is the embedded queue. */
export function life(queueUrl: () => string | undefined): void {
  let stage: Stage;

  beforeEach(async () => {
    stage = await setStage();
  });

  afterEach(async () => {
    await stage.stop();
    expect(stage.strange).toEqual([]);
  });

  it('answers an opened issue with one comment, labels and people', async () => {
    await stage.startBot(queueUrl());

    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);

    const seen = stage.see(issue);
    expect(seen.labels).toEqual(
      expect.arrayContaining([
        'stage::technical-evaluation',
        'discovery::incomplete',
        'lead::sa',
        'service:migration-scm',
      ]),
    );
    expect(seen.assignees).toEqual(['Emre Valdéz', 'Samira Okafor']);
    expect(seen.notes).toBe(1);
  });

  it('edits the same comment and moves to Proposal when the answers come in', async () => {
    await stage.startBot(queueUrl());
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    const noteId = issue.notes.find(({ system }) => !system)?.id;

    stage.sandbox.as('sa-one').editDescription(issue, answered);
    stage.sandbox.as('ae-one').comment(issue, '/scoping set m_user_provisioning SCIM');
    await until(() => stage.see(issue).labels.includes('stage::proposal'));
    await until(() => stage.see(issue).comment?.includes('Proposal') === true);

    const seen = stage.see(issue);
    expect(seen.labels).not.toContain('stage::technical-evaluation');
    expect(seen.labels).toContain('discovery::complete');
    expect(seen.notes).toBe(1);
    expect(issue.notes.find(({ system }) => !system)?.id).toBe(noteId);
  });

  it('comments exactly once although it was killed between hook and comment', async () => {
    const route = '/projects/:id/issues/:iid/notes';
    stage.sandbox.world.faults.push({ kind: 'slow', ms: 60_000, method: 'GET', route, times: 1 });
    const first = await stage.spawnBot(queueUrl());
    const issue = stage.createIssue();
    await until(() => stage.sandbox.world.requests.some((each) => each.route === route));
    await first.kill('SIGKILL');
    expect(stage.see(issue).comment).toBeNull();

    await stage.spawnBot(queueUrl());
    await until(() => stage.see(issue).comment !== null, 60_000);
    await stage.sandbox.settled();

    expect(stage.see(issue).notes).toBe(1);
  }, 120_000);

  it('works a burst of a hundred edits in a few runs', async () => {
    await stage.startBot(queueUrl());
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    await stage.sandbox.settled();
    stage.requests();

    const sa = stage.sandbox.as('sa-one');
    for (let edit = 1; edit <= 100; edit += 1) {
      sa.editDescription(issue, `${issue.description}\nedit ${edit}`);
    }
    sa.editDescription(issue, answered);
    await until(() => stage.see(issue).comment?.includes('640') === true);
    await stage.sandbox.settled();

    const runs = stage.requests().filter((request) => request === 'GET /projects/:id/issues/:iid');
    expect(runs.length).toBeLessThanOrEqual(10);
    expect(stage.see(issue).notes).toBe(1);
  });

  it('writes nothing because of its own events', async () => {
    const service = await stage.startBot(queueUrl());
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    await stage.sandbox.settled();
    stage.requests();

    // An event of somebody else on the same issue is worked after all of our own were taken in.
    stage.sandbox.as('csm-one').comment(issue, 'Thanks, I will ask them.');
    await until(() => stage.requests().includes('GET /projects/:id/issues/:iid/notes'));
    await stage.sandbox.settled();
    await service.close();

    expect(stage.requests().filter((request) => !request.startsWith('GET'))).toEqual([]);
    const own = stage.sandbox.world.deliveries.filter(({ body }) => body.includes('"scoping-bot"'));
    expect(own.length).toBeGreaterThan(0);
    expect(new Set(own.map(({ code }) => code))).toEqual(new Set([204]));
  });
}
