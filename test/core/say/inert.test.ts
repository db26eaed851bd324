/** Whatever people write, repeated by the bot it is only text. */

import { describe, expect, test } from 'vitest';
import { calm } from '../../../src/core/say/calm.ts';
import { inertBlock, inertInline, plainInline } from '../../../src/core/say/inert.ts';
import { fc } from '../../support/property.ts';
import { alive, LONGEST_FENCE, longestTickRun, quickActionLines, render } from './gitlab-reads.ts';
import { hostile, SENTINEL } from './hostile.ts';

const places: readonly [string, (inline: string) => string][] = [
  ['a sentence', (inline) => `You wrote ${inline} here.`],
  ['a line of its own', (inline) => inline],
  ['a list item', (inline) => `- ${inline}\n- next`],
  ['a heading', (inline) => `### ${inline}`],
  ['bold text', (inline) => `**${inline}** and more`],
  ['the end of a line that is broken', (inline) => `${inline}\\\nnext line`],
];

describe('people’s text in a line', () => {
  test.each(places)('only ever occurs as code in %s', (_, put) => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 200 }), (text, most) => {
        const comment = put(inertInline(text, most));
        const rendered = render(comment);
        expect(rendered.text).not.toContain(SENTINEL);
        expect(rendered.html).toEqual([]);
        expect(rendered.links).toBe(0);
        expect(alive(rendered)).toEqual([]);
        expect(rendered.code.length + (comment.includes('(empty)') ? 1 : 0)).toBe(1);
        expect(quickActionLines(comment)).toEqual([]);
        expect(longestTickRun(comment)).toBeLessThan(LONGEST_FENCE);
        expect(comment).not.toMatch(/<!--|--!?>/);
      }),
      { numRuns: 400 },
    );
  });

  test('keeps a table row whole', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, two) => {
        const row = `| ${inertInline(one, 80)} | ${inertInline(two, 80)} |`;
        const rendered = render(`| a | b |\n| :-- | :-- |\n${row}\n| x | y |`);
        expect(rendered.rows).toEqual([2, 2, 2]);
        expect(rendered.text).not.toContain(SENTINEL);
        expect(rendered.code.length + row.split('(empty)').length - 1).toBe(2);
      }),
      { numRuns: 400 },
    );
  });

  test('shows nothing invisible and no more than was allowed', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, most) => {
        const [shown = ''] = render(inertInline(text, most)).code;
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u3164]/u);
        expect(plainInline(text, most).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['one word', 40, '`one word`'],
    ['  spaces \n\n and   line ends\t', 40, '`spaces and line ends`'],
    ['a `tick`', 40, '`` a `tick` ``'],
    ['a | b', 40, '`a ¦ b`'],
    ['ends with \\', 40, '`ends with \\`'],
    ['1234567890', 5, '`1234…`'],
    ['12345', 5, '`12345`'],
    ['ab👨‍👩‍👧‍👦cd', 6, '`ab👨…`'],
    ['cafe\u0301 au lait', 5, '`caf…`'],
    ['\u200b\u2066', 40, '(empty)'],
    ['', 40, '(empty)'],
    ['<!-- hidden -->', 40, '`< !-- hidden -- >`'],
  ])('%j within %i becomes %s', (text, most, shown) => {
    expect(inertInline(text, most)).toBe(shown);
  });

  test.each([
    ['zero-width spaces', '\u200b', ''],
    ['spaces', ' ', ''],
    ['zero-width spaces before and in it', '\u200b', '\ufeff'.repeat(30)],
    ['zero-width spaces before and a great many in it', '\u200b', '\u200b'.repeat(50_000)],
  ])('is not cut inside a secret after %s', (_, unit, inside) => {
    const secret = 'glpat-AbCdEfGhIjKlMnOpQrSt';
    const text = `${secret.slice(0, 15)}${inside}${secret.slice(15)} end`;
    for (let before = 2_300; before < 2_700; before += 1) {
      const given = `${unit.repeat(before / unit.length).padStart(before)} ${text}`;
      expect(inertInline(given, 120)).not.toContain(secret.slice(0, 8));
      expect(plainInline(given, 120)).not.toContain(secret.slice(0, 8));
    }
  });

  test('is shown as far as there is room, however long its words are', () => {
    expect(inertInline('あ'.repeat(9_000), 5)).toBe('`ああああ…`');
    expect(inertInline(`one ${'x'.repeat(90_000)}`, 20)).toBe('`one…`');
  });

  test('a megabyte of anything stays short', () => {
    for (const unit of ['`', '\n', ' ', '\u0301', '-->', '<!-', '|', '👩‍👩‍👧']) {
      const megabyte = unit.repeat(1_000_000 / unit.length);

      expect(inertInline(megabyte, 120).length).toBeLessThan(400);
      expect(inertBlock(megabyte)).not.toContain('<!--');
    }
  });
});

describe('people’s text as a block', () => {
  test('stays inside its fence, line for line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const comment = `Before\n\n${inertBlock(text)}\n\nAfter`;
        const rendered = render(comment);
        expect(rendered.text).toBe('Before\nAfter');
        expect(rendered.code).toHaveLength(1);
        expect(rendered.html).toEqual([]);
        expect(quickActionLines(comment)).toEqual([]);
        expect(longestTickRun(comment)).toBeLessThan(LONGEST_FENCE);
        expect(comment).not.toMatch(/<!--|--!?>/);
      }),
      { numRuns: 400 },
    );
  });

  test('reads as it was written', () => {
    expect(render(inertBlock('one\r\n\r\n  two\r/close')).code).toEqual(['one\n\n  two\n/close\n']);
  });
});

describe('a sentence of the policy', () => {
  test('never calls, links or formats, whatever got into it, and may pass twice', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = calm(text.replaceAll(/http\S*|ftp\S*|mailto\S*|www\S*/g, ''));
        const rendered = render(`- ${line}`);
        expect(alive(rendered)).toEqual([]);
        expect(rendered.html).toEqual([]);
        expect(rendered.links).toBe(0);
        expect(rendered.blocks).toEqual(['list_item_open']);
        expect(calm(line)).toBe(line);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['Total >5GB repositories', 'Total >5GB repositories'],
    ['Run `evaluate` first', 'Run `evaluate` first'],
    ['ask @anna, or #12', 'ask `@anna`, or `#12`'],
    ['<customer name>', '&lt;customer name>'],
    ['R&D, A | B', 'R&amp;D, A &#124; B'],
    ['more than $50,000', 'more than `$50,000`'],
    ['see https://example.com/a/b', 'see https://example.com/a/b'],
    ['one ` tick', "one ' tick"],
    ['m_repos', 'm_repos'],
    ['projects*', 'projects&#42;'],
  ])('%j becomes %j', (text, shown) => {
    expect(calm(text)).toBe(shown);
  });
});
