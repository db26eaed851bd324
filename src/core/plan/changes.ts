/** What is to be written, as the smallest changes: labels and assignees, replies, the status comment. */
import type { Change } from '../model.ts';
import type { LabelChange } from './labels.ts';
import type { Memory } from './memory.ts';
import { type SortedNotes, writeReplyMarker } from './own-notes.ts';

/** Labels and assignees in one write; nothing when both stay. */
export function changeIssue(
  labels: LabelChange,
  assigneeIds: readonly number[] | null,
  assigned: readonly string[],
  close: boolean,
): Change[] {
  const { add, remove } = labels;
  if (add.length === 0 && remove.length === 0 && assigneeIds === null && !close) return [];
  const why = [
    ...(add.length + remove.length > 0 ? ['labels say where the issue stands'] : []),
    ...(assigned.length > 0 ? [`assigns ${assigned.join(' and ')}`] : []),
    ...(assigneeIds && assigned.length === 0 ? ['takes an assignment back'] : []),
    ...(close ? ['closes it, as a person asked'] : []),
  ].join('; ');
  return [
    {
      kind: 'issue',
      reach: assigneeIds || close ? 'notifies people' : 'visible',
      why,
      addLabels: add,
      removeLabels: remove,
      ...(assigneeIds ? { assigneeIds } : {}),
      ...(close ? { stateEvent: 'close' as const } : {}),
    },
  ];
}

/** The status comment written, edited or left alone, and what we said twice deleted. */
export function changeNotes(
  notes: SortedNotes,
  body: string,
  internal: boolean,
  mentionsAnew: boolean,
): Change[] {
  const surplus = notes.surplus.map(
    ({ id }): Change => ({
      kind: 'delete_note',
      noteId: id,
      reach: 'silent',
      why: 'once is enough',
    }),
  );
  if (!notes.status) {
    const why = 'the first status comment';
    return [{ kind: 'create_note', reach: 'notifies people', why, body, internal }, ...surplus];
  }
  if (notes.status.body.replaceAll('\r\n', '\n').trim() === body) return surplus;
  const why = mentionsAnew
    ? 'the status comment, with a new mention'
    : 'the status comment as it is now';
  const reach = mentionsAnew ? 'notifies people' : 'silent';
  return [{ kind: 'update_note', reach, why, noteId: notes.status.id, body }, ...surplus];
}

/** One short reply per note, and never a second one: neither when it stands there nor when we remember a refusal. */
export function writeReplies(
  refused: readonly {
    readonly note: { id: number; internal: boolean };
    readonly reasons: readonly string[];
  }[],
  notes: SortedNotes,
  memory: Memory,
  serviceDesk: boolean,
): Change[] {
  return refused
    .filter(({ note }) => !notes.replied.has(note.id) && !wasRefused(memory, note.id))
    .map(
      ({ note, reasons }): Change => ({
        kind: 'create_note',
        reach: 'notifies people',
        why: 'answers a command that could not be carried out',
        body: `${[...new Set(reasons)].join('\n\n')}\n\n${writeReplyMarker(note.id)}`,
        internal: note.internal || serviceDesk,
      }),
    );
}

function wasRefused(memory: Memory, noteId: number): boolean {
  return Object.entries(memory.verdicts).some(
    ([id, { accepted }]) => !accepted && id.startsWith(`${noteId}:`),
  );
}
