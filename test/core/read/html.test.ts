/** HTML tables and summaries, as other tools paste them. */
import { describe, expect, it } from 'vitest';
import { read, readAnswer, saidIn } from './given.ts';

describe('an HTML table', () => {
  it('inside a layout table is read by its rows', () => {
    const body =
      '<table><tr><td>\n<table>\n<tr><th>Question</th><th>Answer</th></tr>\n<tr><td>Tier</td><td>Premium</td></tr>\n</table>\n</td></tr></table>\n';
    expect(readAnswer(body, 'tier')).toMatchObject({ value: 'premium', where: { line: 4 } });
  });

  it('inside an answer is its breakdown, and the rows behind it are read', () => {
    const inner = '<table><tr><td>BB</td><td>20</td></tr><tr><td>GL</td><td>30</td></tr></table>';
    const body = `<table>\n<tr><td>Number of users to migrate</td><td>${inner}</td></tr>\n<tr><td>Tier</td><td>Free</td></tr>\n</table>`;
    expect(readAnswer(body, 'm_users')).toMatchObject({
      value: 50,
      breakdown: { bitbucket_dc: 20, gitlab_sm: 30 },
    });
    expect(readAnswer(body, 'tier').value).toBe('free');
  });

  it('may have attributes, entities, spanning cells and no end tags', () => {
    const body =
      '<table class="x">\n<tr><th title="a > b">Question<th data-x=\'1>0\'>Answer\n<tr><td rowspan="2">Pain points</td><td>slow &amp; &uuml;ber&#x20;all</td></tr>\n<tr><td>outages</td></tr>\n<tr><td colspan=2><b>Deal</b></td></tr>\n<tr><td>Tier</td><td><code>Premium</code></td></tr>\n<tr><td>Favourite colour</td><td>blue</td></tr>\n</table>';
    expect(saidIn(body)).toMatchObject({
      pain_points: 'slow & über all\noutages',
      tier: 'Premium',
    });
    expect(read(body).unplaced).toEqual([{ line: 7, text: 'Favourite colour: blue' }]);
  });

  it('is none where somebody only writes about one', () => {
    const body =
      'We like <table> tags.\n\nTier: Free\n\n<table><tr><td>Goals</td><td>one place</td></tr></table>';
    expect(saidIn(body)).toEqual({ tier: 'Free', goals: 'one place' });
  });
});

describe('a summary', () => {
  it('names what stands below it, also on several lines', () => {
    const body =
      '<details open>\n<summary>\n<b>Goals</b>\n</summary>\n\nOne `place`\n\n</details>\n';
    expect(saidIn(body)).toEqual({ goals: 'One `place`' });
  });
});
