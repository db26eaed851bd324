/**
 * Whatever people paste, reading ends, says the same for the same text, and takes time in proportion.
 * Long, because it lists the bodies with which somebody might try to keep the bot busy.
 */

import { describe, expect, it } from 'vitest';
import { findExposed, maskExposed } from '../../../src/core/exposed.ts';
import { readCommands } from '../../../src/core/read/commands.ts';
import { readIssue } from '../../../src/core/read/issue.ts';
import { fc } from '../../support/property.ts';
import { parse, policy, read, saidIn } from './given.ts';

const names = { prefix: '/scoping', mention: 'scoping-bot' };

const pieces = fc.constantFrom(
  ...[
    '\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    '| ',
    '|',
    '---',
    '- ',
    '* ',
    '1. ',
    '# ',
    '## ',
    '> ',
    '>>>\n',
  ],
  ...['**', '__', '`', '```', '~~~', '~~', '<!--', '-->', '<details>', '<summary>', '</summary>'],
  ...[
    '</details>',
    '<table>',
    '<tr>',
    '<td>',
    '</table>',
    '<br>',
    '[',
    ']',
    '(',
    ')',
    '[x] ',
    '[ ] ',
  ],
  ...[
    'GitLab tier',
    'Premium',
    ': ',
    '= ',
    'Number of users to migrate',
    '1,234',
    '300-400',
    'k',
    '+',
  ],
  ...[
    'TBD',
    'N/A',
    '@anna',
    'Question',
    'Answer',
    'Example',
    '03/04/2026',
    'Q3',
    '12 GB',
    '16.x',
    ',',
  ],
  ...[
    '<!-- field:tier -->',
    '<!-- field:__proto__ -->',
    '### Bitbucket\n',
    '| **Jenkins** | |\n',
    'Users',
    ' -> ',
    '/scoping set tier Premium',
    '@scoping-bot help',
    '\u0000',
    '\ud800',
    '🎯',
    '質問',
    '約',
    '\\',
    '&#0;',
  ],
);
const markdownish = fc.array(pieces, { maxLength: 60 }).map((all) => all.join(''));
const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string(), markdownish);

describe('reading', () => {
  it('ends with known states, real lines and known fields on any text', () => {
    fc.assert(
      fc.property(anything, (body) => {
        const { answers, unplaced } = read(body, { title: body.slice(0, 50), labels: [body] });
        const lines = body.split(/\r\n?|[\n\u2028\u2029\u0085]/u).length;
        for (const [field, answer] of answers) {
          expect(policy.questionById.has(field)).toBe(true);
          expect(answer.where?.line ?? 1).toBeLessThanOrEqual(lines);
        }
        for (const { line } of unplaced) expect(line).toBeLessThanOrEqual(lines);
      }),
      { numRuns: 300 },
    );
  });

  it('ends for any answer to any question', () => {
    const ids = policy.questions.map(({ id }) => id);
    fc.assert(
      fc.property(fc.constantFrom(...ids), anything, (field, text) => {
        const { state, value, min, max } = parse(field, text);
        expect(typeof state).toBe('string');
        for (const each of [value, min, max]) expect(Number.isNaN(each)).toBe(false);
        if (typeof min === 'number' && typeof max === 'number')
          expect(min).toBeLessThanOrEqual(max);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds commands with real lines in any note', () => {
    fc.assert(
      fc.property(anything, (note) => {
        for (const { verb, args, line } of readCommands(note, names)) {
          expect(verb).toMatch(/^\S*$/u);
          expect(args).toBe(args.trim());
          expect(line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same for every kind of line end', () => {
    fc.assert(
      fc.property(markdownish, (body) => {
        const said = (end: string) => {
          const { answers, unplaced } = read(body.replaceAll('\n', end));
          return [[...answers], unplaced];
        };
        expect(said('\r\n')).toEqual(said('\n'));
        expect(said('\r')).toEqual(said('\n'));
        expect(readCommands(body.replaceAll('\n', '\r\n'), names)).toEqual(
          readCommands(body, names),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('names that objects carry by nature', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    '%s is a word like any other',
    (word) => {
      const before = Object.getOwnPropertyNames(Object.prototype).sort();
      const body = `- **${word}**: ${word}\n- GitLab tier: Premium\n- Goals: ${word}\n\n## ${word}\n\n| Question | ${word} | Answer |\n|-|-|-|\n| ${word} | a | b |\n| Cloud provider | x | AWS |\n`;
      const said = saidIn(body, { labels: [word], title: word });
      expect(said).toEqual({ tier: 'Premium', goals: word, cloud_provider: 'AWS' });
      expect(parse('m_repos', `${word}: 3, GHES: 4`).value).toBe(7);
      expect(parse('m_repos', `${word}: 3, GHES: 4`).breakdown).toHaveProperty(
        ['github_server'],
        4,
      );
      expect(parse('m_sources', word).value).toEqual(['other']);
      const hidden = `- **${word}**<!-- field:${word} -->: ${word}\n\n## ${word} <!-- field:tier -->\nFree\n`;
      expect(saidIn(hidden)).toEqual({ tier: 'Free' });
      expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
      expect(Object.keys({})).toEqual([]);
    },
  );
});

describe('work on a body of four times the size', () => {
  class CountingMap<K, V> extends Map<K, V> {
    asked = 0;
    override get(key: K): V | undefined {
      this.asked += 1;
      return super.get(key);
    }
  }

  const lookUps = (description: string): number => {
    const questionById = new CountingMap(policy.questionById);
    const counted = { ...policy, questionById };
    const writtenAt = '2026-11-23T09:00:00.000Z';
    readIssue({ title: '', description, labels: [], writtenAt, sets: [] }, counted, writtenAt);
    return questionById.asked;
  };

  it.each([
    ['keys', '- GitLab tier: Premium\n'],
    ['rows', '| Users | 12 |\n| **Jenkins** | |\n'],
    ['headings', '## Jenkins\n\n- Users: 12\n- Runners: 3\n\n'],
    ['questions as headings', '## GitLab tier\n\nPremium\n\n'],
    ['systems', '### Bitbucket\n- Total number of git repositories: 200\n'],
    ['anchors', '- **x**<!-- field:users_planned -->: 12\n'],
  ])('grows no faster than the body: %s', (_, piece) => {
    const [small, large] = [lookUps(piece.repeat(200)), lookUps(piece.repeat(800))];
    expect(small).toBeGreaterThan(0);
    expect(large).toBeLessThanOrEqual(4 * small);
  });
});

describe('hostile bodies of four times the size', () => {
  const table = '| Question | Answer |\n|-|-|\n';
  const bodies: [string, (n: number) => string][] = [
    ['nested brackets', (n) => `Goals: ${'['.repeat(n)}${']'.repeat(n)}`],
    ['nested links', (n) => '[a]('.repeat(n)],
    ['cells in one row', (n) => `${table}|${' a |'.repeat(n)}`],
    ['rows', (n) => table + '| GitLab tier | Premium |\n'.repeat(n / 10)],
    [
      'backtick runs',
      (n) => Array.from({ length: Math.sqrt(n) }, (_, i) => '`'.repeat(i)).join(' '),
    ],
    ['single backticks', (n) => '`a'.repeat(n)],
    ['unclosed fences', (n) => '```\na\n~~~\n'.repeat(n / 4)],
    ['unclosed comments', (n) => '<!-- a\n'.repeat(n / 4)],
    ['unclosed comments in one line', (n) => '<!--'.repeat(n)],
    ['stars', (n) => '**a '.repeat(n)],
    ['angle brackets', (n) => '<'.repeat(n)],
    ['unclosed tags', (n) => '<td <details <summary '.repeat(n / 4)],
    ['unclosed tables', (n) => '<table>\n'.repeat(n / 4)],
    ['one long line', (n) => `Goals: ${'word, '.repeat(n)}`],
    ['keys in one line', (n) => 'tier: '.repeat(n)],
    ['headings', (n) => '# GitLab tier\n'.repeat(n / 10)],
    ['unknown headings', (n) => '# x\n'.repeat(n / 4)],
    ['struck text', (n) => '~~a<s>'.repeat(n)],
    ['quotes', (n) => '>>>\n> a\n'.repeat(n / 8)],
    ['figures', (n) => `Number of users to migrate: ${'1, '.repeat(n)}`],
    ['sizes', (n) => `Total size of the git repositories: ${'1 GB 2 '.repeat(n)}`],
    ['blank lines', (n) => '\n'.repeat(n)],
    ['short lines', (n) => 'a\n'.repeat(n / 2)],
    ['anchors', (n) => '- **a**<!-- field:tier -->: Free\n'.repeat(n / 30)],
    ['anchors in one line', (n) => '<!-- field:tier -->'.repeat(n / 20)],
    ['section rows', (n) => `${table}${'| **Jenkins** | |\n| Users | 1 |\n'.repeat(n / 30)}`],
    ['headings over shared words', (n) => '## Jenkins\n- Users: 1\n'.repeat(n / 20)],
    [
      'different answers to one question',
      (n) => Array.from({ length: n / 20 }, (_, i) => `GitLab tier: plan ${i}\n`).join(''),
    ],
    [
      'different keys',
      (n) => Array.from({ length: n / 20 }, (_, i) => `Number of thing ${i}: ${i}\n`).join(''),
    ],
    ['boxes', (n) => `GitLab tier: ${'[ ] a '.repeat(n)}`],
    ['beginnings of web tokens', (n) => 'eyJ-'.repeat(n)],
    ['web tokens half done', (n) => 'eyJaaaaaaaaaa.'.repeat(n / 4)],
    ['beginnings of keys', (n) => '-----BEGIN RSA PRIVATE KEY-----'.repeat(n / 4)],
    ['beginnings of keys in lines', (n) => '-----BEGIN RSA PRIVATE KEY-----\n'.repeat(n / 4)],
    ['beginnings of tokens', (n) => 'glpat-'.repeat(n)],
    ['passwords', (n) => 'password: '.repeat(n)],
    ['passwords without spaces', (n) => 'password:'.repeat(n)],
    ['passwords in lines', (n) => 'Password:\n'.repeat(n / 4)],
    ['log-ins', (n) => 'login a/'.repeat(n)],
    ['halves of addresses', (n) => 'a@'.repeat(n)],
    ['halves of links', (n) => '://'.repeat(n)],
    ['links with names', (n) => 'a://a:'.repeat(n)],
    ['entities', (n) => '&#45;'.repeat(n)],
  ];

  const timeOf = (run: () => void): number => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };

  /** The best of several rounds: a busy machine makes times longer, never shorter. */
  const bestOf = (rounds: number, run: () => void): number =>
    Math.min(...Array.from({ length: rounds }, () => timeOf(run)));

  it.each(bodies)('%s take less than ten times as long', (_, make) => {
    const [small, large] = [make(8000), make(32_000)];
    const run = (body: string) => () => {
      read(body);
      maskExposed(body);
      findExposed(body);
      readCommands(`/scoping help\n${body}`, names);
    };
    run(small)();
    // What is done in a few milliseconds says nothing about proportions.
    const allowed = 10 * Math.max(bestOf(3, run(small)), 15);
    expect(bestOf(3, run(large))).toBeLessThan(allowed);
  });

  it('a table of 100,000 cells is read', () => {
    const cells = `${table}${'| a | b |\n'.repeat(50_000)}| GitLab tier | Premium |`;
    expect(saidIn(cells)).toEqual({ tier: 'Premium' });
  });
});
