/** `advance` by people who did not know of each other, and during a pause. */
import { describe, expect, it } from 'vitest';
import { replies, settled } from '../core/plan/given.ts';
import type { PaperWorld } from '../support/paper-world.ts';
import { lastReply, later, open, say, stage } from './acting.ts';

function seconds(issue: PaperWorld, count: number): void {
  issue.now = new Date(Date.parse(issue.now) + count * 1000).toISOString();
}

describe('two people who advance before the bot looks', () => {
  function both(second: string): PaperWorld {
    const issue = open();
    later(issue);
    issue.comment('em-emea-two', '/scoping advance force they agree');
    seconds(issue, 20);
    issue.comment('jo-sa', second);
    return settled(issue);
  }

  it.each(['/scoping advance force they want it now', '/scoping advance'])(
    'move it by one stage: %s',
    (second) => {
      const before = stage(open());
      const issue = both(second);
      expect(before).toBe('stage::proposal');
      expect(stage(issue)).toBe('stage::sow-approval');
      expect(lastReply(issue)).toContain('`@em-emea-two`');
      expect(lastReply(issue)).toContain('SOW approval');
      expect(lastReply(issue)).toContain('`/scoping advance force REASON`');
      expect(replies(issue)).toHaveLength(1);
    },
  );

  it('and the second one who repeats it afterwards moves it on', () => {
    const issue = both('/scoping advance force they want it now');
    say(issue, 'jo-sa', '/scoping advance force they really want it');
    expect(stage(issue)).toBe('stage::sow-approved');
  });

  it('two lines of one comment are two moves', () => {
    const issue = say(
      open(),
      'jo-sa',
      '/scoping advance force they agree\n/scoping advance force and signed',
    );
    expect(stage(issue)).toBe('stage::sow-approved');
    expect(replies(issue)).toEqual([]);
  });

  it('after the first move was taken back, the second stands', () => {
    const issue = open();
    later(issue);
    issue.comment('em-emea-two', '/scoping advance force they agree\n/scoping undo');
    seconds(issue, 20);
    issue.comment('jo-sa', '/scoping advance force they do agree');
    settled(issue);
    expect(stage(issue)).toBe('stage::sow-approval');
    expect(replies(issue)).toEqual([]);
  });
});

describe('advance during a pause', () => {
  it('says that the issue is on hold, how long, and how to end that', () => {
    const issue = say(open(), 'em-emea-two', '/scoping hold 2027-01-11 budget');
    say(issue, 'em-emea-two', '/scoping advance');
    expect(stage(issue)).toBe('stage::on-hold');
    expect(lastReply(issue)).toContain('on hold until 2027-01-11; `/scoping resume` ends that.');
    expect(lastReply(issue)).toContain('SOW approval still needs this');
  });
});
