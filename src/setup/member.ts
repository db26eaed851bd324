/** Who the token is in the project, and whether that is enough to run the bot. */
import type { SetupGround } from './ground.ts';
import { MAINTAINER, PLANNER, refusalOf, roleOf } from './rights.ts';
import type { SetupStep } from './step.ts';

/** One step; membership is for people to give, so it is never "to do". */
export async function findMemberSteps(ground: SetupGround): Promise<readonly SetupStep[]> {
  const { project, user, level } = ground;
  const refusal = refusalOf(ground, PLANNER);
  const who = `@${user.username} is ${roleOf(level)} in ${project.path}`;
  if (refusal) {
    return [{ kind: 'blocked', what: 'Running the bot with this token', ...refusal, exit: 77 }];
  }
  return [
    {
      kind: 'fine',
      what:
        (level ?? 0) >= MAINTAINER
          ? `${who}: enough for everything here. To run, the bot needs no more than a token with the role Reporter. If it runs as another user than @${user.username}, nobody has looked at that one: doctor does, with the bot's own token.`
          : `${who}: enough to run the bot, and for labels and board. Webhook and templates may take a Maintainer's token.`,
    },
  ];
}
