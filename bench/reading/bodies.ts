/** Descriptions of any size: what people write, and what somebody writes who wants to keep the bot busy. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Body {
  readonly name: string;
  /** About that many bytes. */
  make(bytes: number): string;
}

/** Texts of the corpus one after the other; figures change from round to round, so that no two lines are the same for long. */
export function typicalBody(folder: string): Body {
  const texts = readdirSync(folder)
    .filter((file) => /^\d{3}-.*\.md$/.test(file) && !file.includes('hostile'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return {
    name: 'typical text',
    make(bytes) {
      let body = '';
      for (let round = 0; body.length < bytes; round += 1) {
        const text = texts[round % texts.length] ?? '';
        body += `${text.replace(/\d+/g, (digits) => String(Number(digits) + round))}\n\n`;
      }
      return body.slice(0, bytes);
    },
  };
}

export const hostileBodies: readonly Body[] = [
  repeated('nested brackets', '['),
  repeated('brackets and parentheses', '[a]('),
  repeated('table cells', '| a '),
  rows('rows of table cells', `${'| Planned users '.repeat(10)}|\n`, '| a | b |\n|---|---|\n'),
  { name: 'backtick runs', make: backtickRuns },
  rows('unclosed fences', '````\n~~~ a\n'),
  rows('many short lines', 'a\n'),
  rows('many short keys', 'a: b\n'),
  rows('the same key again', '- **Planned users:** 1,200\n'),
  rows('unclosed HTML comments', '<!-- a\n'),
  repeated('unclosed details', '<details><summary>a '),
  repeated('nested quotes', '> '),
  { name: 'nested list', make: nestedList },
  repeated('emphasis', '**a'),
  rows('rows without an end', '| Planned users | 1 \\| 2 | `a | b\n'),
  repeated('one long line of digits', '1,234 + '),
  rows('headings', '# Planned users\n'),
  repeated('beginnings of web tokens', 'eyJ-'),
  repeated('beginnings of keys', '-----BEGIN RSA PRIVATE KEY-----'),
  repeated('beginnings of tokens', 'glpat-'),
  repeated('passwords', 'password: '),
  repeated('passwords without spaces', 'password:'),
  repeated('halves of addresses', 'a@'),
  repeated('halves of links', '://'),
  repeated('entities', '&#45;'),
];

function repeated(name: string, piece: string): Body {
  return { name, make: (bytes) => piece.repeat(Math.ceil(bytes / piece.length)).slice(0, bytes) };
}

function rows(name: string, row: string, before = ''): Body {
  return { name, make: (bytes) => before + repeated(name, row).make(bytes - before.length) };
}

/** Runs of every length, none of which closes another. */
function backtickRuns(bytes: number): string {
  let body = '';
  for (let length = 1; body.length < bytes; length += 1) body += `${'`'.repeat(length)} a `;
  return body.slice(0, bytes);
}

/** Each item a little deeper than the one before, up to a depth that an editor still shows. */
function nestedList(bytes: number): string {
  let body = '';
  for (let depth = 0; body.length < bytes; depth = (depth + 1) % 100) {
    body += `${'  '.repeat(depth)}- a: b\n`;
  }
  return body.slice(0, bytes);
}
