/** Tables of questions and answers, in every form in which they reach an issue. */
import { describe, expect, it } from 'vitest';
import { read, readAnswer, saidIn } from './given.ts';

const head = '| Question | Answer |\n| --- | --- |\n';
const both = { m_users: '820', tier: 'Premium' };

describe('a table is read', () => {
  it.each([
    ['with outer pipes', `${head}| Number of users to migrate | 820 |\n| GitLab tier | Premium |`],
    [
      'without outer pipes',
      'Question | Answer\n:--|--:\nNumber of users to migrate | 820\nGitLab tier | Premium',
    ],
    [
      'without an alignment row',
      '| Question | Answer |\n| Number of users to migrate | 820 |\n| GitLab tier | Premium |',
    ],
    ['without a header', '| Number of users to migrate | 820 |\n| GitLab tier | Premium |'],
    [
      'with an unknown header',
      '| Foo | Bar |\n|--|--|\n| Number of users to migrate | 820 |\n| GitLab tier | Premium |',
    ],
    [
      'with numbers and no header',
      '| 1 | Number of users to migrate | 820 |\n| 2. | GitLab tier | Premium |',
    ],
    [
      'with columns in another order',
      '| Why we ask | Customer response | Example | # | Question |\n|-|-|-|-|-|\n| x | 820 | 99 | 1 | Number of users to migrate |\n| y | Premium | Free | 2 | GitLab tier |',
    ],
    [
      'with German headings',
      '| Frage | Antwort | Beispiel |\n|-|-|-|\n| Number of users to migrate | 820 | 9 |\n| GitLab tier | Premium | Free |',
    ],
    [
      'with French headings',
      '| Exemple | Question | Réponse |\n|-|-|-|\n| 9 | Number of users to migrate | 820 |\n| Free | GitLab tier | Premium |',
    ],
    [
      'with Japanese headings',
      '| 質問 | 回答 | 例 |\n|-|-|-|\n| Number of users to migrate | 820 | 9 |\n| GitLab tier | Premium | Free |',
    ],
    [
      'with an answer and a notes column',
      '| Item | Notes | Answer |\n|-|-|-|\n| Number of users to migrate | 9 | 820 |\n| GitLab tier | Free | Premium |',
    ],
    [
      'with notes as the last resort',
      '| Item | Notes | Example |\n|-|-|-|\n| Number of users to migrate | 820 | 9 |\n| GitLab tier | Premium | Free |',
    ],
    [
      'with section rows',
      `${head}| **Migration** | |\n| Number of users to migrate | 820 |\n| **Account** |\n| GitLab tier | Premium |`,
    ],
    [
      'with its header said again',
      `${head}| Number of users to migrate | 820 |\n| Question | Answer |\n| GitLab tier | Premium |`,
    ],
    [
      'with another header in the middle',
      `${head}| Number of users to migrate | 820 |\n| Answer | Question |\n| Premium | GitLab tier |`,
    ],
    [
      'in two parts',
      `${head}| Number of users to migrate | 820 |\n\n## More\n\n${head}| GitLab tier | Premium |`,
    ],
    [
      'with cells missing',
      '| Question | Answer | Example |\n|-|-|-|\n| Number of users to migrate | 820\n| GitLab tier | Premium |',
    ],
    [
      'from a spreadsheet',
      'Question\tAnswer\tExample\nNumber of users to migrate\t"820"\t9\nGitLab tier\tPremium\tFree',
    ],
    [
      'in HTML',
      '<table><tr><th>Question</th><th>Answer</th></tr>\n<tr><td>Number of users to migrate</td><td>820</td></tr>\n<tr><td><b>GitLab tier</b><td>Premium</table>',
    ],
  ])('%s', (_, description) => expect(saidIn(description)).toEqual(both));

  it('with bold questions and answers', () => {
    expect(readAnswer(`${head}| **GitLab tier*** | **Premium** |`, 'tier').value).toBe('premium');
  });

  it('with one column for each source', () => {
    const answer = readAnswer(
      '| Question | GHES | SVN |\n|-|-|-|\n| Number of users to migrate | 20 | 30 |',
      'm_users',
    );
    expect(answer).toMatchObject({ value: 50, breakdown: { github_server: 20, svn: 30 } });
  });

  it.each([
    ['m_sources', 'GitHub | SVN'],
    ['m_sources', 'GitHub \\| SVN'],
    ['m_sources', 'GitHub<br>SVN'],
    ['m_sources', '<ul><li>GitHub</li><li>SVN</li></ul>'],
    ['m_sources', '- GitHub<br>- SVN'],
  ])('with more than one thing in the cell of %s: %s', (field, cell) => {
    const description = `| Question | Answer | Example |\n|-|-|-|\n| Source SCM system(s) | ${cell} | Perforce |\n| GitLab tier | Free | Gold |`;
    expect(readAnswer(description, field).value).toEqual(['github_cloud', 'svn']);
    expect(readAnswer(description, 'tier').value).toBe('free');
  });
});

describe('a row', () => {
  it('says where it stands', () => {
    const { where } = readAnswer(`Hello\n\n${head}| GitLab tier | Premium |`, 'tier');
    expect(where).toEqual({ kind: 'table', line: 5, label: 'GitLab tier' });
  });

  it('without an answer is unanswered, whatever stands in the other columns', () => {
    const description =
      '| Question | Answer | Notes | Why |\n|-|-|-|-|\n| GitLab tier | | Premium | Free |';
    expect(readAnswer(description, 'tier')).toMatchObject({ state: 'unanswered', raw: '' });
  });

  it('that nobody knows is unplaced when it is answered', () => {
    const { unplaced } = read(
      `${head}| Favourite colour | blue |\n| Favourite food | |\n| Section |`,
    );
    expect(unplaced).toEqual([{ line: 3, text: 'Favourite colour: blue' }]);
  });
});

describe('an answer equal to its example', () => {
  const table = '| Question | Answer | Example |\n|-|-|-|\n';

  it('is none as a number or a sentence', () => {
    const { answers, copiedExamples } = read(
      `${table}| Number of users to migrate | 820 | 820 |\n| GitLab tier | Free | Gold |`,
    );
    expect(answers.get('m_users')).toMatchObject({ state: 'unanswered', raw: '820' });
    expect(copiedExamples).toEqual([]);
    expect(readAnswer(`${table}| Goals | faster builds | Faster builds. |`, 'goals').state).toBe(
      'unanswered',
    );
  });

  it('is one as a word, when it is alone', () => {
    const { answers, copiedExamples } = read(
      `${table}| GitLab tier | Premium | Premium |\n| Cloud provider | AWS | GCP |`,
    );
    expect(answers.get('tier')).toMatchObject({ state: 'answered', value: 'premium' });
    expect(copiedExamples).toEqual([]);
  });

  it('is none when two rows of the table do the same', () => {
    const { answers, copiedExamples } = read(
      `${table}| GitLab tier | Premium | Premium |\n| Cloud provider | AWS | AWS |\n| Number of users to migrate | 820 | 9 |`,
    );
    expect(answers.get('tier')?.state).toBe('unanswered');
    expect(answers.get('cloud_provider')?.state).toBe('unanswered');
    expect(answers.get('m_users')?.value).toBe(820);
    expect(copiedExamples).toEqual(['tier', 'cloud_provider']);
  });

  it('counts the rows of one table only', () => {
    const { copiedExamples } = read(
      `${table}| GitLab tier | Premium | Premium |\n\n${table}| Cloud provider | AWS | AWS |`,
    );
    expect(copiedExamples).toEqual([]);
  });

  it('typed under the example is offered, unless it is a known example', () => {
    const { answers, typedUnderExample } = read(
      `${table}| Pain points | | our own words |\n| GitLab tier | | Premium |\n| Number of users to migrate | TBD | 90 |\n| Number of projects to migrate | | 4567 |`,
    );
    expect([...typedUnderExample]).toEqual([['pain_points', 'our own words']]);
    expect(answers.get('pain_points')?.state).toBe('unanswered');
  });
});
