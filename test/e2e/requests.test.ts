/** What a look at an issue costs in requests to GitLab. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { type Stage, setStage } from './bot.ts';

const issueRoute = '/projects/:id/issues/:iid';

describe('requests to GitLab', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await setStage();
    await stage.startBot();
  });

  afterEach(async () => {
    await stage.stop();
  });

  it('first answer: two reads and two writes beside the directory', async () => {
    const first = stage.createIssue();
    await until(() => stage.see(first).comment !== null);
    await stage.sandbox.settled();
    stage.requests();

    // The second issue finds people and labels known: what is left is the price of an answer.
    const second = stage.createIssue(undefined, 'Oakhollow Mills');
    await until(() => stage.see(second).comment !== null);
    await stage.sandbox.settled();

    expect(stage.requests()).toEqual([
      `GET ${issueRoute}`,
      `GET ${issueRoute}/notes`,
      // Of the directory: does this customer have another issue?
      'GET /projects/:id/issues',
      `PUT ${issueRoute}`,
      `POST ${issueRoute}/notes`,
    ]);
  });

  it('a second issue for one customer: one link more, and the first one tells of it at its next look', async () => {
    const first = stage.createIssue();
    await until(() => stage.see(first).comment !== null);
    const second = stage.createIssue();
    await until(() => stage.see(second).comment !== null);
    await stage.sandbox.settled();
    expect(stage.see(second).comment).toContain(`\`#${first.iid}\``);
    expect(stage.sandbox.world.links).toHaveLength(1);
    expect(stage.see(first).comment).not.toContain(`\`#${second.iid}\``);

    stage.sandbox.as('csm-one').comment(first, 'Thanks for the summary.');
    await until(() => stage.see(first).comment?.includes(`\`#${second.iid}\``) === true);
    await stage.sandbox.settled();
    stage.sandbox.as('sa-one').unlink(first, second);
    stage.requests();

    stage.sandbox.as('csm-one').comment(second, 'They are two after all.');
    await until(() => stage.requests().includes(`GET ${issueRoute}/notes`));
    await stage.sandbox.settled();
    expect(stage.requests()).toEqual([]);
    expect(stage.sandbox.world.links).toEqual([]);
  });

  it('nothing to do: two requests', async () => {
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null);
    await stage.sandbox.settled();
    stage.requests();

    stage.sandbox.as('csm-one').comment(issue, 'Thanks for the summary.');
    const seen: string[] = [];
    await until(() => {
      seen.push(...stage.requests());
      return seen.length >= 2;
    });
    await stage.sandbox.settled();
    seen.push(...stage.requests());

    expect(seen.toSorted()).toEqual([`GET ${issueRoute}`, `GET ${issueRoute}/notes`]);
  });
});
