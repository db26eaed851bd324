/** The demo's company: one scoping project, the people around it, the bot; no labels, no issues. */
import { DEVELOPER, GUEST, MAINTAINER } from './access.ts';
import { addProject, addUser } from './people.ts';
import type { Project, World } from './world.ts';

export const DEMO_PROJECT = 'acme/ps/scoping';
export const DEMO_BOT = 'scoping-bot';

/** Usernames, names and access levels, the bot first. */
const PEOPLE = [
  [DEMO_BOT, 'Scoping Bot', MAINTAINER],
  ['sa-one', 'Samira Okafor', DEVELOPER],
  ['csm-one', 'Casper Lindqvist', DEVELOPER],
  ['ae-one', 'Adela Novotná', DEVELOPER],
  ['em-emea', 'Emre Valdéz', DEVELOPER],
  ['em-east', 'Eliza Thornbury', DEVELOPER],
  ['em-pubsec', 'Ezra Whitlock', DEVELOPER],
  ['ps-director', 'Petra Halvorsen', MAINTAINER],
  ['guest-one', 'Gus Bellamy', GUEST],
  ['ta-one', 'Tove Amundsen', DEVELOPER],
  ['rev-ops', 'Renske Oduya', DEVELOPER],
  ['rdm-emea', 'Raúl Demir', DEVELOPER],
] as const;

/** Fills the world with the people and gives the project. `outsider` has an account and no membership. */
export function seedDemo(world: World): Project {
  for (const [username, name] of PEOPLE)
    addUser(world, username, { name, bot: username === DEMO_BOT });
  addUser(world, 'outsider', { name: 'Odd Farsund' });
  const members = new Map(PEOPLE.map(([username, , level]) => [username as string, level]));
  return addProject(world, DEMO_PROJECT, members);
}
