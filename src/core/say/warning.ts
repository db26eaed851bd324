/** The internal note about secrets and addresses in an issue: where they stand and what to do, never what they are. */
import type { Exposed, ExposedKind } from '../exposed.ts';
import type { Note } from '../model.ts';
import { inertInline } from './inert.ts';
import { blocks, bullets } from './markdown.ts';

/** More places than this are counted only. */
const MOST_PLACES = 12;

const NAMES: Readonly<Record<ExposedKind, string>> = {
  token: 'an access token',
  private_key: 'a private key',
  password: 'a password',
  address: 'an e-mail address',
};

/** Markdown without live mentions. `found` is not empty; `notes`: those in which something may stand. */
export function writeWarning(found: readonly Exposed[], notes: readonly Note[]): string {
  const secrets = found.filter(({ kind }) => kind !== 'address');
  const places = [...new Set(found.map((each) => `${where(each, notes)}: ${NAMES[each.kind]}`))];
  const shown = places.slice(0, MOST_PLACES);
  const more = places.length - shown.length;
  return blocks([
    secrets.length > 0
      ? '**Something here should not stand in an issue.** I do not repeat it.'
      : '**There are e-mail addresses in this issue.** I do not repeat them.',
    bullets(more > 0 ? [...shown, `and ${more} more`] : shown),
    secrets.length > 0
      ? 'Please take it out of the text, and have it changed or revoked as well: the earlier text stays in the history, and everybody who gets mail about this issue has seen it.'
      : 'Please take them out unless they are really needed; names or GitLab handles are enough for scoping.',
    'This is an internal note, once. What you do about it is up to you.',
  ]);
}

function where({ line, noteId }: Exposed, notes: readonly Note[]): string {
  const note = notes.find(({ id }) => id === noteId);
  if (note) {
    const author = inertInline(note.author.name || note.author.username, 80);
    return `comment of ${note.createdAt.slice(0, 10)} by ${author}, line ${line}`;
  }
  return line === 0 ? 'title' : `description, line ${line}`;
}
