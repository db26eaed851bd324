/** Why a question matters, ready to follow the word "It", however its author began and ended it. */
import type { PolicyDocument } from './schema.ts';

/** `Decides`, as it stands after "It": a large letter, then small ones, and the s of he, she, it. */
const VERB = /^\p{Lu}\p{Ll}*s(?![\p{L}\p{N}.-])/u;

/**
 * Without an "It" of its own and without a full stop. The first letter becomes small where it begins an ordinary
 * word; `GitLab`, `SOW` and what `names` holds stay as they are, and so does what cannot follow "It".
 */
export function whyEnding(why: string, names: ReadonlySet<string>): string {
  const clause = why
    .trim()
    .replace(/^it\s+(?=\S)/i, '')
    .replace(/(?<=[\p{L}\p{N})”"])\.$/u, '');
  const [first] = VERB.exec(clause) ?? [];
  if (first === undefined || names.has(first)) return clause;
  return clause.charAt(0).toLowerCase() + clause.slice(1);
}

/** The words that the policy writes with a large letter where it names products, people's roles and services. */
export function namesOf(document: PolicyDocument): ReadonlySet<string> {
  const titles = [
    ...document.vocabularies.flatMap(({ values }) =>
      values.flatMap(({ title, also }) => [...(title === undefined ? [] : [title]), ...also]),
    ),
    ...[document.services, document.offerings, document.roles].flat().map(({ title }) => title),
  ];
  return new Set(titles.flatMap((title) => title.match(/\p{Lu}[\p{L}\p{N}]*/gu) ?? []));
}
