/** Engagement managers are chosen one after the other, and the turn stands in GitLab (`rulings.md` 24). */
import { expect, onTestFinished, test } from 'vitest';
import type { Policy } from '../../src/core/policy.ts';
import { connectGitLab } from '../../src/gitlab/connect.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { type Reconciler, reconcile } from '../../src/reconcile.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import type { Issue } from '../../src/sandbox/world.ts';

type How = Pick<Policy['assignment'], 'then'>;

async function open(how: How) {
  const shipped = loadPolicy();
  const managers = ['em-emea', 'em-east', 'em-pubsec'].map((username) => ({
    username,
    territories: [],
    segments: [],
    services: [],
    pubsecUs: false,
  }));
  const policy: Policy = {
    ...shipped,
    people: { ...shipped.people, engagementManagers: managers },
    assignment: { ...shipped.assignment, ...how, match: [] },
  };
  let time = Date.parse('2026-11-23T09:00:00Z');
  const now = () => {
    time += 1000;
    return new Date(time);
  };
  const sandbox = await startSandbox({ now });
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    /** A process of its own: nothing is known of what an earlier one did. */
    start(): Reconciler {
      const token = sandbox.token(DEMO_BOT);
      const { store, directory } = connectGitLab({ url: sandbox.url, token, now: () => time });
      return { store, directory, policy, key: 'a key for tests', now };
    },
    issue: (number: number): Issue =>
      sandbox.as('sa-one').createIssue(DEMO_PROJECT, {
        title: `Customer ${number} - Scope Issue and Write SOW`,
      }),
    managerOf: (issue: Issue): readonly string[] =>
      issue.assigneeIds.map(
        (id) => sandbox.world.users.find((user) => user.id === id)?.username ?? '',
      ),
  };
}

const refOf = ({ projectId, iid }: Issue) => ({ projectId, issueIid: iid });
// biome-ignore lint/suspicious/noThenProperty: the policy's own word
const leastOpen: How = { then: 'least_open' };
// biome-ignore lint/suspicious/noThenProperty: the policy's own word
const byTurns: How = { then: 'round_robin' };

test.each([
  ['least open', leastOpen],
  ['round robin', byTurns],
])('issues of one moment get managers of their own: %s', async (_, how) => {
  const { start, issue, managerOf } = await open(how);
  const bot = start();
  const issues = [1, 2, 3].map(issue);
  await Promise.all(issues.map((each) => reconcile(refOf(each), bot)));
  expect(issues.flatMap(managerOf).toSorted()).toEqual(['em-east', 'em-emea', 'em-pubsec']);
});

test('the turn goes on after a restart, and comes round', async () => {
  const { start, issue, managerOf } = await open(byTurns);
  const order: string[] = [];
  for (let number = 1; number <= 6; number += 1) {
    const next = issue(number);
    await reconcile(refOf(next), start());
    order.push(...managerOf(next));
  }
  expect(new Set(order.slice(0, 3)).size).toBe(3);
  expect(order.slice(3)).toEqual(order.slice(0, 3));
});

test('the turn is not lost when an issue is closed', async () => {
  const { sandbox, start, issue, managerOf } = await open(byTurns);
  const order: string[] = [];
  for (let number = 1; number <= 3; number += 1) {
    const next = issue(number);
    await reconcile(refOf(next), start());
    order.push(...managerOf(next));
    sandbox.as('sa-one').close(next);
  }
  expect(new Set(order).size).toBe(3);
});

test('a failure lets the next one choose', async () => {
  const { sandbox, start, issue, managerOf } = await open(leastOpen);
  const bot = start();
  const [one, two] = [issue(1), issue(2)];
  sandbox.world.faults.push({
    kind: 'answer',
    status: 500,
    when: 'before',
    method: 'PUT',
    route: '/projects/:id/issues/:iid',
    times: 1,
  });
  const done = await Promise.allSettled([one, two].map((each) => reconcile(refOf(each), bot)));
  expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await Promise.all([one, two].map((each) => reconcile(refOf(each), bot)));
  expect(new Set([one, two].flatMap(managerOf)).size).toBe(2);
});
