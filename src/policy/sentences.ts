/** The `{placeholders}` of sentences; they are filled by `core/say`, and checked here when the policy is loaded. */
import { didYouMean } from '../core/nearest.ts';

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** What is wrong with a sentence's placeholders, one sentence each: only field ids, `limits.…` and `approvers.…` may stand there. */
export function placeholderProblems(
  text: string,
  fields: ReadonlySet<string>,
  limits: ReadonlySet<string>,
  approvals: ReadonlySet<string>,
): string[] {
  const wrong: string[] = [];
  for (const [, name = ''] of text.matchAll(PLACEHOLDER)) {
    const isLimit = name.startsWith('limits.');
    if (name.startsWith('approvers.') && approvals.has(name.slice('approvers.'.length))) continue;
    const field = name.replace(/\.(?:number|source)$/, '');
    if (isLimit ? limits.has(name.slice('limits.'.length)) : fields.has(field)) continue;
    const known = isLimit ? [...limits].map((limit) => `limits.${limit}`) : fields;
    wrong.push(
      `{${name}} is neither a field nor a limit of this policy.${didYouMean(isLimit ? name : field, known)}`,
    );
  }
  if (/[{}]/.test(text.replaceAll(PLACEHOLDER, ''))) wrong.push('A brace { or } stands alone.');
  return wrong;
}
