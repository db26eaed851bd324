/** Who is named where everybody reads: only of them does a public comment remember user name and display name (`rulings.md` 28). */
import type { IssueState, Note } from '../model.ts';
import { perObject } from '../read/memo.ts';
import { hasMarker } from './memory-note.ts';

export interface OpenlyNamed {
  /** The user name stands there, as a word or as whoever wrote or is assigned. */
  readonly username: (username: string) => boolean;
  /** The name stands there as it is shown ("Jo Pike"). */
  readonly name: (name: string) => boolean;
}

/** An internal comment is read by members only, so in it everybody may be named. */
export function openlyNamed(issue: IssueState): OpenlyNamed {
  if (issue.serviceDesk) return { username: () => true, name: () => true };
  return {
    username: (username) => usernames(issue).has(username.toLowerCase()),
    name: (name) => name !== '' && sentences(issue).includes(asWords(name)),
  };
}

const usernames = perObject((issue: IssueState): ReadonlySet<string> => {
  const words = openTexts(issue).flatMap((text) => text.toLowerCase().match(/\w[\w.-]*/gu) ?? []);
  const people = [
    issue.author,
    ...issue.assignees,
    ...openNotes(issue).map(({ author }) => author),
  ];
  return new Set([
    ...words.map((word) => word.replace(/[.-]+$/u, '')),
    ...people.map(({ username }) => username.toLowerCase()),
  ]);
});

const sentences = perObject((issue: IssueState) => openTexts(issue).map(asWords).join('\n'));

function openTexts(issue: IssueState): readonly string[] {
  return [issue.title, issue.description, ...openNotes(issue).map(({ body }) => body)];
}

function openNotes({ notes }: IssueState): readonly Note[] {
  return notes.filter(({ body, internal }) => !internal && !hasMarker(body));
}

/** Lower case, with one space around each word. */
function asWords(text: string): string {
  return ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(' ')} `;
}
