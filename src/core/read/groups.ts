/** Which groups of questions, and which systems, a heading or section row names (`policy.groups`, `domain.md` §8.4). */
import type { Policy } from '../policy.ts';
import { fold, indexOfPhrase } from './fold.ts';
import { matchLabel } from './match.ts';
import { perObject, Recent } from './memo.ts';
import { isNamed } from './vocabulary.ts';

/** Longer ones are sentences. */
const longestTitle = 120;
const mostRemembered = 2000;
const nothing: ReadonlySet<string> = new Set();

interface Known {
  readonly phrases: readonly { readonly phrase: string; readonly group: string }[];
  readonly groups: Recent<string, ReadonlySet<string>>;
  readonly systems: Recent<string, string>;
  readonly titles: Recent<string, boolean>;
}

const knownOf = perObject((policy: Policy): Known => {
  const phrases = [...policy.groups].flatMap(([group, also]) =>
    also.map((name) => ({ phrase: fold(name), group })),
  );
  return {
    phrases,
    groups: new Recent(mostRemembered),
    systems: new Recent(mostRemembered),
    titles: new Recent(mostRemembered),
  };
});

const sectionTitles = perObject(
  (policy: Policy): ReadonlySet<string> =>
    new Set(policy.templates.flatMap(({ sections }) => sections.map(({ title }) => fold(title)))),
);

/** Whether our own templates head a section with these words: they ask nothing by themselves. */
export function isSectionTitle(title: string, policy: Policy): boolean {
  return title.length <= longestTitle && sectionTitles(policy).has(fold(title));
}

/** Whether the words are of the kind that stands over several questions. */
export function isTitle(title: string, policy: Policy): boolean {
  const { titles } = knownOf(policy);
  const before = titles.get(title);
  if (before !== undefined) return before;
  const is =
    groupsNamed(title, policy).size > 0 ||
    systemNamed(title, policy) !== '' ||
    isSectionTitle(title, policy);
  titles.set(title, is);
  return is;
}

/** The groups whose names stand in a title. */
export function groupsNamed(title: string, policy: Policy): ReadonlySet<string> {
  if (title === '' || title.length > longestTitle) return nothing;
  const { phrases, groups } = knownOf(policy);
  const before = groups.get(title);
  if (before) return before;
  const plain = fold(title);
  const found = new Set(
    phrases.flatMap(({ phrase, group }) => (indexOfPhrase(plain, phrase) >= 0 ? [group] : [])),
  );
  groups.set(title, found);
  return found;
}

/**
 * The system that a title is all about, in its own words: "Bitbucket", "GitLab (old)", "Source: SVN".
 * '' when it names none, or more than that ("Target: GitLab", "From SVN to GitLab").
 */
export function systemNamed(title: string, policy: Policy): string {
  if (title === '' || title.length > longestTitle) return '';
  const { systems } = knownOf(policy);
  const before = systems.get(title);
  if (before !== undefined) return before;
  const found = findSystem(title, policy);
  systems.set(title, found);
  return found;
}

function findSystem(title: string, policy: Policy): string {
  const plain = title.replace(/^\d{1,2}[.)]\s+/u, '').trim();
  const bare = plain.replace(/\s*[([（][^()[\]（）]*[)\]）]\s*$/u, '').trim();
  for (const name of [plain, bare]) if (isSystem(name, policy)) return name;
  const [, key = '', name = ''] =
    /^([^:：–—]{2,60}?)\s*(?:[:：–—]|\s-\s)\s*(.+)$/u.exec(bare) ?? [];
  const asked = name === '' ? null : matchLabel(key, policy);
  const vocabulary = asked ? policy.questionById.get(asked.field)?.vocabulary : null;
  return (vocabulary === 'scm' || vocabulary === 'ci') && isSystem(name, policy) ? name : '';
}

function isSystem(name: string, policy: Policy): boolean {
  return isNamed(name, 'scm', policy) || isNamed(name, 'ci', policy);
}
