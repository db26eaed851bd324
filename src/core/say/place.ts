/** Where an answer was read, in a few words. */
import type { Place } from '../model.ts';
import type { Policy } from '../policy.ts';
import { echo, type Words } from './words.ts';

const NAME_LENGTH = 60;

const KINDS = {
  table: 'table',
  bullet: 'list',
  heading: 'section',
  checkbox: 'checkboxes',
  line: 'text',
  report: 'report',
} as const;

/** "table, line 14", "comment by `anna`", "label `x`", "title". Internal notes are named as such, without their author. */
export function writePlace(where: Place | null, policy: Policy, hideInternal: boolean): Words {
  if (where === null) return [];
  switch (where.kind) {
    case 'title':
      return ['title'];
    case 'label':
      return where.label === undefined ? ['label'] : ['label ', echo(where.label, NAME_LENGTH)];
    case 'implied':
      return writeImplied(where, policy);
    case 'command':
    case 'comment':
      return writeNote(where, hideInternal);
    default: {
      const kind = KINDS[where.kind];
      return [where.line === undefined ? kind : `${kind}, line ${where.line}`];
    }
  }
}

function writeImplied({ from }: Place, policy: Policy): Words {
  if (from === undefined) return ['follows from the text'];
  if (from === 'title') return ['title'];
  return [`follows from “${policy.questionById.get(from)?.ask ?? from}”`];
}

function writeNote({ note }: Place, hideInternal: boolean): Words {
  if (note === undefined) return ['comment'];
  if (note.internal && hideInternal) return ['internal note'];
  return [note.internal ? 'internal note by ' : 'comment by ', echo(note.author, NAME_LENGTH)];
}
