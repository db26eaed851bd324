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

/** "table, line 14", "comment by `anna`, 2026-11-24", "label `x`", "title". Internal notes are named as such, without their author. */
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
  const day = note.at === undefined ? [] : [`, ${note.at.slice(0, 10)}`];
  return [
    note.internal ? 'internal note by ' : 'comment by ',
    echo(note.author, NAME_LENGTH),
    ...day,
  ];
}

/** Who said it and when, as the end of a sentence: "said by `@anna` on 2026-11-24", "from the description, line 14". */
export function writeSource(where: Place | null): Words {
  if (where === null || where.kind === 'implied') return ['follows from the text'];
  if (where.kind === 'title') return ['from the title'];
  if (where.kind === 'label') return ['from a label'];
  const { note, line } = where;
  if (note?.internal) return ['said in an internal note'];
  if (note) {
    const day = note.at === undefined ? '' : ` on ${note.at.slice(0, 10)}`;
    return ['said by ', echo(`@${note.author}`, NAME_LENGTH), day].filter((part) => part !== '');
  }
  return [line === undefined ? 'from the description' : `from the description, line ${line}`];
}
