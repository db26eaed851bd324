/** The source system that a statement is about: it stands under "### Bitbucket (Data Center 8.14)", or its words say so. */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { systemNamed } from './groups.ts';
import { findNamed } from './roles.ts';
import type { Statement } from './statement.ts';
import { valueNamed } from './vocabulary.ts';

/** The nearest title above that is a system's name, as that system is called; '' when there is none. */
export function systemAbove({ section }: Statement, policy: Policy): string {
  for (const title of section?.titles ?? []) {
    const system =
      systemNamed(title, policy) === '' ? instanceNamed(title, policy) : clearName(title, policy);
    if (system !== '') return system;
  }
  return '';
}

/** "Jenkins A (Denver)": one of several instances of a system, in its own words; '' when it is none. */
function instanceNamed(title: string, policy: Policy): string {
  const bare = title.replace(/\s*\([^()]*\)\s*$/u, '').trim();
  const [, name = ''] = /^(.{2,60}?)[\s#-]+[\p{L}\p{N}]{1,20}$/u.exec(bare) ?? [];
  return name !== '' && systemNamed(name, policy) !== '' ? bare : '';
}

/** The one system that the question's own words name: "Number of SVN repositories". */
export function systemInLabel({ label }: Statement, policy: Policy): string {
  const scm = policy.vocabularies.get('scm');
  const [id, ...more] = new Set(scm ? findNamed(label, scm, policy).map((hit) => hit.id) : []);
  if (id === undefined || id === null || more.length > 0) return '';
  return scm?.values.find((each) => each.id === id)?.title ?? '';
}

/** The nearest title above that is a system's name, in its own words. */
export function systemTitle({ section }: Statement, policy: Policy): string {
  return section?.titles.find((title) => systemNamed(title, policy) !== '') ?? '';
}

/** Words that several systems share are told apart by what stands beside them in the title. */
function clearName(title: string, policy: Policy): string {
  const name = systemNamed(title, policy);
  const scm = policy.vocabularies.get('scm');
  if (!scm || valueNamed(name, 'scm', policy) !== null) return name;
  const [id, ...more] = new Set(findNamed(title, scm, policy).map((hit) => hit.id));
  const value = more.length === 0 ? scm.values.find((each) => each.id === id) : undefined;
  return value?.title ?? name;
}

/** The question that names the source systems. */
export const sources = 'm_sources';

/** Whether a question belongs to the group of that one, or to a group beside it. */
export function isAboutSources(field: FieldId, policy: Policy): boolean {
  const group = policy.questionById.get(sources)?.group;
  return group !== undefined && (policy.questionById.get(field)?.group.startsWith(group) ?? false);
}
