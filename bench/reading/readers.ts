/** The readers that are compared: each makes "field → the words found for it" of a description. */
import { parseIssue } from '@github/issue-parser';
import { stringify } from 'yaml';
import type { Policy } from '../../src/core/policy.ts';

/** Field id → every text found for it; several are several chances. */
export type Found = ReadonlyMap<string, readonly string[]>;
export type Reader = (description: string) => Found;

const headingLine = /^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$/;
const setextLine = /^ {0,3}(?:=+|-{3,})[ \t]*$/;
const keyLine =
  /^\s*(?:[-*+]\s+)?(?:\[[ xX]\]\s*)?(?:\*\*|__)?([^:|]{2,120}?)(?:\*\*|__)?\s*:(?:\*\*|__)?\s*(.*)$/;

/** `@github/issue-parser` with a form template in which every wording of every question is a field. */
export function formReader(policy: Policy): Reader {
  const { template, fieldOf } = formTemplate(policy);
  return (description) => {
    const found = new Map<string, string[]>();
    for (const [key, value] of Object.entries(parseIssue(description, template))) {
      const field = fieldOf.get(key);
      if (field !== undefined && typeof value === 'string') add(found, field, value);
    }
    return found;
  };
}

/** The same parser, helped: every heading brought to the level and into the very words of the template. */
export function helpedFormReader(policy: Policy): Reader {
  const read = formReader(policy);
  const match = matcher(policy);
  const labels = new Map(policy.questions.map(({ id, ask }) => [id, ask]));
  return (description) => {
    const text = sections(description).map(({ heading, body }) => {
      if (heading === '') return body;
      return `### ${labels.get(match(heading) ?? '') ?? heading}\n\n${body}`;
    });
    return read(text.join('\n\n'));
  };
}

/** A heading and the text below it, matched to a question by its words. */
export function headingReader(policy: Policy): Reader {
  const match = matcher(policy);
  return (description) => {
    const found = new Map<string, string[]>();
    for (const { heading, body } of sections(description)) {
      const field = match(heading);
      if (field !== null && body.trim() !== '') add(found, field, body.trim());
    }
    return found;
  };
}

/** Headings, and lines of the form `key: value` and `| key | value |`. */
export function keyReader(policy: Policy): Reader {
  const match = matcher(policy);
  const readHeadings = headingReader(policy);
  return (description) => {
    const found = new Map([...readHeadings(description)].map(([id, texts]) => [id, [...texts]]));
    for (const line of description.split(/\r\n|\r|\n/)) {
      const cells = line.trim().startsWith('|') ? line.split('|').slice(1) : [];
      const [, key = cells[0] ?? '', value = cells[1] ?? ''] = keyLine.exec(line) ?? [];
      const field = match(key);
      if (field !== null && value.trim() !== '') add(found, field, value.trim());
    }
    return found;
  };
}

/** GitHub's form schema: docs.github.com, "Syntax for GitHub's form schema". Ids are field ids with a number. */
function formTemplate(policy: Policy): {
  readonly template: string;
  readonly fieldOf: ReadonlyMap<string, string>;
} {
  const fieldOf = new Map<string, string>();
  const body = policy.questions.flatMap(({ id, ask, also }) =>
    [...new Set([ask, ...also])].map((label, at) => {
      fieldOf.set(`${id}-${at}`, id);
      return { type: 'textarea', id: `${id}-${at}`, attributes: { label } };
    }),
  );
  const template = stringify({ name: 'Scoping', description: 'All questions', body });
  return { template, fieldOf };
}

interface Section {
  readonly heading: string;
  readonly body: string;
}

function sections(description: string): readonly Section[] {
  const found: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  for (const line of description.split(/\r\n|\r|\n/)) {
    const last = found.at(-1);
    const above = last?.lines.at(-1)?.trim() ?? '';
    const heading = headingLine.exec(line)?.[1];
    if (heading !== undefined) found.push({ heading, lines: [] });
    else if (setextLine.test(line) && above !== '' && !above.includes('|')) {
      last?.lines.pop();
      found.push({ heading: above, lines: [] });
    } else last?.lines.push(line);
  }
  return found.map(({ heading, lines }) => ({ heading, body: lines.join('\n') }));
}

/** Words → the question with the same words, else the one that shares most of them, when it is one only. */
function matcher(policy: Policy): (words: string) => string | null {
  const exact = new Map<string, string>();
  const wordings: { readonly id: string; readonly words: ReadonlySet<string> }[] = [];
  for (const { id, ask, also } of policy.questions) {
    for (const wording of [ask, ...also]) {
      const words = wordsOf(wording);
      if (!exact.has(words.join(' '))) exact.set(words.join(' '), id);
      wordings.push({ id, words: new Set(words) });
    }
  }
  return (text) => {
    const words = wordsOf(text);
    if (words.length === 0) return null;
    const same = exact.get(words.join(' '));
    return same ?? nearest(new Set(words), wordings);
  };
}

const LEAST_SHARE = 0.6;

function nearest(
  words: ReadonlySet<string>,
  wordings: readonly { readonly id: string; readonly words: ReadonlySet<string> }[],
): string | null {
  let best = 0;
  let ids = new Set<string>();
  for (const wording of wordings) {
    const shared = [...words].filter((word) => wording.words.has(word)).length;
    const share = shared / (words.size + wording.words.size - shared);
    if (share > best) ids = new Set();
    best = Math.max(best, share);
    if (share === best) ids.add(wording.id);
  }
  const [only] = ids;
  return best >= LEAST_SHARE && ids.size === 1 && only !== undefined ? only : null;
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function add(found: Map<string, string[]>, field: string, text: string): void {
  found.set(field, [...(found.get(field) ?? []), text]);
}
