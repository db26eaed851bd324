/** The one line that a look leaves in the log. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Stage, setStage } from '../e2e/bot.ts';
import { until } from '../queue/until.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  await stage.stop();
});

const looks = () => stage.logged.filter(({ msg }) => msg === 'looked');

it('says which issue, who asked, what was changed, how long it took and what it cost in requests', async () => {
  const bot = await stage.startBot();
  stage.requests();
  const issue = stage.createIssue();
  await until(() => looks().length === 1);
  await stage.sandbox.settled();
  const sent = stage.requests();
  expect(looks()[0]).toMatchObject({
    level: 'info',
    projectId: stage.sandbox.world.projects[0]?.id,
    issueIid: issue.iid,
    cause: 'hook',
    outcome: 'acted',
    changes: ['issue', 'create_note'],
    ms: expect.any(Number),
    answered: expect.any(Number),
    needed: expect.any(Number),
  });
  expect(looks()[0]).toHaveProperty('requests', sent.length);

  stage.sandbox.as('csm-one').comment(issue, 'Thanks for the summary.');
  await until(() => looks().length === 2);
  expect(looks()[1]).toMatchObject({
    ...{ level: 'debug', cause: 'hook', outcome: 'nothing_to_do', changes: [], requests: 2 },
  });
  await bot.close();

  await stage.startBot(undefined, { SWEEP_INTERVAL: '1h' });
  await until(() => looks().length === 3);
  expect(looks()[2]).toMatchObject({ cause: 'sweep', outcome: 'nothing_to_do' });
  expect(JSON.stringify(looks())).not.toMatch(/Tarnfield|Samira|Thanks/);
});
