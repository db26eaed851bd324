/** Status marks in comments of others: who is told of, and what is known of them. */
import { expect, it } from 'vitest';
import { findForeignMarks } from '../../../src/core/plan/foreign-marks.ts';
import { noMemory } from '../../../src/core/plan/memory.ts';
import { writeMemory } from '../../../src/core/plan/memory-note.ts';
import { bot, key } from '../../support/paper-world.ts';
import { policy, settled, world } from './given.ts';

const ref = { projectId: 7, issueIid: 42 };
const signedFor = (by: number) => writeMemory({ ...noMemory, known: true, by }, ref, key);

it('a healthy issue has none', () => {
  const issue = settled(world());
  expect(issue.run()).toEqual([]);
  expect(findForeignMarks(issue.issue, bot, policy, key)).toEqual([]);
});

it('a copy of our comment is one, and is not signed for whoever copied it', () => {
  const issue = settled(world());
  const { author } = issue.comment('passer-by', issue.issue.notes[0]?.body ?? '');
  issue.comment('passer-by', 'again <!-- scoping-bot:status v=1 sig=00 x -->');
  expect(findForeignMarks(issue.issue, bot, policy, key)).toEqual([{ author, signed: false }]);
});

it('one that we signed for its author is known as such, unless the key is not known', () => {
  const issue = world();
  const { author } = issue.comment('em-emea', 'copied <!-- scoping-bot:status v=1 sig=00 x -->');
  issue.comment('em-emea', signedFor(author.id));
  expect(findForeignMarks(issue.issue, bot, policy, key)).toEqual([{ author, signed: true }]);
  expect(findForeignMarks(issue.issue, bot, policy, null)).toEqual([{ author, signed: false }]);
  const named = { ...policy, botUsernames: ['EM-emea'] };
  expect(findForeignMarks(issue.issue, bot, named, key)).toEqual([]);
});

it('other marks of ours in a comment of others are not told of', () => {
  const issue = world();
  issue.comment('passer-by', 'Hello <!-- scoping-bot:reply note=12 -->');
  expect(findForeignMarks(issue.issue, bot, policy, key)).toEqual([]);
});
