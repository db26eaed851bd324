/** A question asked in its own words is that question, whatever stands around it. */
import { describe, expect, it } from 'vitest';
import { policy, read } from './given.ts';

const mark = 'zzz';
const groups = [...new Set(policy.questions.map(({ group }) => group))];
const cell = (text: string): string => text.replaceAll('|', '/').replaceAll('\n', ' ');

/** Which questions got the marked answer. */
function answered(body: string): readonly string[] {
  return [...read(body).answers].flatMap(([id, { raw }]) => (raw.includes(mark) ? [id] : []));
}

describe('every question in its own words', () => {
  const rows = groups.map((group) => ({
    group,
    asks: policy.questions.flatMap((each) => (each.group === group ? [each.ask] : [])).slice(0, 5),
  }));

  it.each(rows)('is found among rows of group $group', ({ group, asks }) => {
    const strangers = policy.questions.filter((each) => each.group !== group);
    const table = asks.map((ask) => `| ${cell(ask)} | |\n`).join('');
    const list = asks.map((ask) => `- ${ask}:\n`).join('');
    const lost = strangers.flatMap(({ id, ask, example }) => {
      const said = `${cell(example)} ${mark}`;
      const bodies = [
        `| Question | Answer |\n|--|--|\n${table}| ${cell(ask)} | ${said} |\n`,
        `${list}- **${ask}**: ${said}\n`,
      ];
      return bodies.every((body) => answered(body).includes(id)) ? [] : [id];
    });
    expect(lost).toEqual([]);
  });
});
