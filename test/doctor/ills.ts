/** What can be made ill in one step, each by the words of the case that does it. */
import type { Patient } from './patient.ts';

export const BOT = 'scoping-bot';

export function tokenOf({ sandbox }: Patient) {
  const token = sandbox.world.tokens.find(({ value }) => value === sandbox.token(BOT));
  if (token === undefined) throw new Error('the bot has no token');
  return token;
}

export function userOf({ sandbox }: Patient, username: string) {
  const user = sandbox.world.users.find((each) => each.username === username);
  if (user === undefined) throw new Error(`there is no ${username}`);
  return user;
}

/** Null: no member. */
export function levelOfBot(patient: Patient, level: number | null): void {
  const { members } = patient.sandbox.project;
  const { id } = userOf(patient, BOT);
  if (level === null) members.delete(id);
  else members.set(id, level);
}

/** What became of deliveries, oldest first; null: no answer. */
export function delivered({ sandbox, hook }: Patient, ...codes: (number | null)[]): void {
  for (const code of codes) {
    sandbox.world.deliveries.push({
      id: `delivery-${sandbox.world.deliveries.length}`,
      hookId: hook.id,
      event: 'Issue Hook',
      url: hook.url,
      headers: {},
      body: '{}',
      at: sandbox.world.now().toISOString(),
      status: code !== null && code < 400 ? 'delivered' : 'failed',
      code,
    });
  }
}
