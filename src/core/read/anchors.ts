/**
 * Hidden anchors (`<!-- field:users_planned -->`) behind a question: they say which question is meant,
 * whatever its words became. While a text is taken apart, an anchor stands in it between two characters
 * that no text can hold.
 */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';

const opening = '\ufdd0';
const closing = '\ufdd1';
const inComment = /^\s*field:\s*([a-z][a-z0-9_]{0,99})\s*$/u;
const marked = /\ufdd0([a-z0-9_]{1,100})\ufdd1/gu;

/** What stands in the text for a comment with these words; '' when the comment is no anchor. */
export function anchorFor(comment: string): string {
  if (!comment.includes('field:')) return '';
  const id = inComment.exec(comment)?.[1];
  return id === undefined ? '' : `${opening}${id}${closing}`;
}

export function hasAnchor(text: string): boolean {
  return text.includes(opening);
}

/** The first anchor of a text that names a question; null when there is none. */
export function readAnchor(text: string, policy: Policy): FieldId | null {
  if (!hasAnchor(text)) return null;
  for (const [, id = ''] of text.matchAll(marked)) {
    if (policy.questionById.has(id)) return id;
  }
  return null;
}

/** Where the first anchor begins and ends, to tell what stands before from what stands behind. */
export function findAnchor(text: string): readonly [number, number] | null {
  const start = text.indexOf(opening);
  const end = text.indexOf(closing, start);
  return start < 0 || end < 0 ? null : [start, end + 1];
}

/** The text as people see it. */
export function withoutAnchors(text: string): string {
  return hasAnchor(text) ? text.replace(marked, '').replace(/[\ufdd0\ufdd1]/gu, '') : text;
}
