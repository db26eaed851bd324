/** The main job over queues that somebody else runs, as the pipeline's services are. Left out where none is given. */
import { describe, expect, it } from 'vitest';
import { life } from './life.ts';

const given = [
  ['GIVEN_REDIS', /^redis:/],
  ['GIVEN_POSTGRES', /^postgres:/],
] as const;

for (const [variable, scheme] of given) {
  const url = process.env[variable];
  describe.skipIf(!url)(`on ${variable}`, () => {
    it('is what its name says', () => expect(url).toMatch(scheme));
    life(() => url);
  });
}
