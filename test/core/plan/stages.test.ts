/** How an issue moves: forward when the gates hold, and never against a person (`rulings.md` 18, 19). */
import { describe, expect, it } from 'vitest';
import { account, complete, labels, memoryOf, runAndCrash, settled, text, world } from './given.ts';

const stages = (of: ReturnType<typeof world>): readonly string[] => labels(of, 'stage::');
const first = ['stage::technical-evaluation'];
const second = ['stage::proposal'];

describe('the stage', () => {
  it('begins at the first and moves on by itself when every gate holds', () => {
    const issue = settled(world());
    expect(stages(issue)).toEqual(first);
    issue.now = '2026-11-24T09:00:00.000Z';
    issue.describe(text(complete));
    settled(issue);
    expect(stages(issue)).toEqual(second);
    expect(memoryOf(issue).history).toEqual([
      { stage: 'technical_evaluation', at: '2026-11-23T09:00:00.000Z', by: null },
      { stage: 'proposal', at: '2026-11-24T09:00:00.000Z', by: null },
    ]);
    expect(issue.statusComment()).toContain('moved the issue on');
  });

  it('reaches the second at the first look when everything is there', () => {
    expect(stages(settled(world({ rows: complete })))).toEqual(second);
  });

  it('never moves backwards by itself', () => {
    const issue = settled(world({ rows: complete }));
    issue.describe(text(account));
    settled(issue);
    expect(stages(issue)).toEqual(second);
  });

  it('does not move while no engagement manager is known', () => {
    const busy = { busy: true };
    const issue = world({
      rows: complete,
      people: {
        'em-emea': { id: 21, name: 'Emma', ...busy },
        'em-emea-two': { id: 22, name: 'Emil', ...busy },
      },
    });
    expect(stages(settled(issue))).toEqual(first);
  });
});

describe('a stage that a person chose', () => {
  it('further on counts, with its questions, and is told as theirs', () => {
    const issue = settled(world());
    issue.label('em-emea', { add: ['stage::proposal'] });
    settled(issue);
    expect(stages(issue)).toEqual(second);
    expect(memoryOf(issue).history.at(-1)).toMatchObject({ stage: 'proposal', by: 'em-emea' });
    expect(issue.statusComment()).toContain('em-emea');
  });

  it('further back is kept as long as our conclusion is the same', () => {
    const issue = settled(world({ rows: complete }));
    issue.label('em-emea', { add: ['stage::technical-evaluation'] });
    settled(issue);
    expect(stages(issue)).toEqual(first);
    issue.describe(text({ ...complete, 'Total number of Users': '821' }));
    settled(issue);
    expect(stages(issue)).toEqual(first);
  });

  it('further back is left once the gates were open and hold again', () => {
    const issue = settled(world({ rows: complete }));
    issue.label('em-emea', { add: ['stage::technical-evaluation'] });
    settled(issue);
    issue.describe(text(account));
    settled(issue);
    expect(stages(issue)).toEqual(first);
    issue.describe(text(complete));
    settled(issue);
    expect(stages(issue)).toEqual(second);
  });
});

describe('without any stage label', () => {
  it('because a person took it off, none is put back, and the comment says how to go on', () => {
    const issue = settled(world());
    issue.label('em-emea', { remove: first });
    settled(issue);
    expect(stages(issue)).toEqual([]);
    expect(issue.statusComment()).toContain('took the stage label off');
    issue.label('em-emea', { add: first });
    settled(issue);
    expect(stages(issue)).toEqual(first);
    expect(issue.statusComment()).not.toContain('took the stage label off');
    issue.describe(text(complete));
    settled(issue);
    expect(stages(issue)).toEqual(second);
  });
});

describe('two stage labels at once, on Free', () => {
  it.each([
    ['the second was put on last', { start: account, add: 'stage::proposal' }, second],
    ['the first was put on last', { start: complete, add: 'stage::technical-evaluation' }, first],
  ])('%s: that one counts, the other goes, and it is said', (_, { start, add }, left) => {
    const issue = settled(world({ rows: start, free: true }));
    issue.label('em-emea', { add: [add] });
    expect(stages(issue)).toHaveLength(2);
    settled(issue);
    expect(stages(issue)).toEqual(left);
    expect(issue.statusComment()).toContain('two stage labels');
  });

  it('is not said any more once the issue went on', () => {
    const issue = settled(world({ rows: complete, free: true }));
    issue.label('em-emea', { add: ['stage::technical-evaluation'] });
    settled(issue);
    issue.describe(text(account));
    settled(issue);
    issue.describe(text(complete));
    settled(issue);
    expect(stages(issue)).toEqual(second);
    expect(issue.statusComment()).not.toContain('two stage labels');
  });
});

describe('a move that we had written when we were stopped', () => {
  it('is told as ours', () => {
    const issue = settled(world());
    issue.describe(text(complete));
    runAndCrash(issue);
    expect(stages(issue)).toEqual(second);
    settled(issue);
    expect(memoryOf(issue).history.map(({ by }) => by)).toEqual([null, null]);
    expect(issue.statusComment()).toContain('moved the issue on');
  });

  it('by somebody’s command is kept as theirs, and not taken forward again', () => {
    const issue = settled(world({ rows: complete }));
    issue.now = '2026-11-24T09:00:00.000Z';
    issue.comment('em-emea', '/scoping back technical_evaluation they rethink the target');
    runAndCrash(issue);
    expect(stages(issue)).toEqual(first);
    settled(issue);
    expect(stages(issue)).toEqual(first);
    expect(memoryOf(issue).history.at(-1)).toMatchObject({
      stage: 'technical_evaluation',
      by: 'em-emea',
    });
  });
});
