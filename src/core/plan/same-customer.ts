/** Other open scoping issues for the same customer: named in the comment and related, once (`domain.md` §8.7 C38). */
import type { Answers, Change, IssueState, OtherIssue } from '../model.ts';
import type { Policy } from '../policy.ts';
import { fold } from '../read/fold.ts';
import { readTitle } from '../read/title.ts';
import { isInternal } from '../say/value.ts';
import type { Known } from './lookups.ts';
import { keyedHash, type Memory } from './memory.ts';
import { isScopingIssue } from './recognise.ts';

export interface SameCustomer {
  /** Numbers of the other issues, oldest first. */
  readonly others: readonly number[];
  readonly changes: readonly Change[];
  readonly memory: Pick<Memory, 'customer' | 'linked'>;
}

/**
 * Searched for when the customer's name is new, once a day, and when another issue was just related to this
 * one. The newer issue makes the link, so a link that a person took away is made by neither again.
 * Undefined when other issues have to be looked up first.
 */
export function findSameCustomer(
  policy: Policy,
  issue: IssueState,
  answers: Answers,
  memory: Memory,
  known: Known,
  key: string,
): SameCustomer | undefined {
  const { linked } = memory;
  const name = customerOf(policy, issue, answers);
  if (name === null) return { others: [], changes: [], memory: { customer: null, linked } };
  const customer = search(policy, issue, name, memory, known, key);
  if (!customer) return undefined;
  const others = customer.issues;
  const { projectId, issueIid } = issue.ref;
  const toLink = others.filter((iid) => iid < issueIid && !linked.includes(iid));
  const changes = toLink.map(
    (iid): Change => ({
      kind: 'link_issue',
      reach: 'visible',
      why: 'relates it to another open scoping issue for this customer',
      projectId,
      issueIid: iid,
    }),
  );
  return { others, changes, memory: { customer, linked: [...linked, ...toLink] } };
}

function search(
  policy: Policy,
  issue: IssueState,
  name: string,
  memory: Memory,
  known: Known,
  key: string,
): Memory['customer'] | undefined {
  const hash = keyedHash(fold(name), key);
  const { customer } = memory;
  const asked = known.facts.customers.has(fold(name)) || known.facts.newLink;
  if (!asked && customer?.hash === hash && !known.isOld(customer.at)) return customer;
  const found = known.sameCustomer(name, customer?.hash === hash && !known.facts.newLink);
  if (!found) return undefined;
  const issues = found
    .filter((other) => isOther(other, name, issue, policy))
    .map(({ iid }) => iid)
    .toSorted((a, b) => a - b);
  return { hash, at: known.now, issues };
}

/**
 * The part of the title that the policy leaves to the customer, else the answer to the question that the
 * title would answer. Null while that question is open: a placeholder is nobody's name.
 */
function customerOf(policy: Policy, issue: IssueState, answers: Answers): string | null {
  const question = policy.questions.find(({ impliedBy }) =>
    impliedBy.some(({ field }) => field === 'title'),
  );
  const answer = question ? answers.get(question.id) : undefined;
  if (answer?.state !== 'answered' || isInternal(answer.field, answers)) return null;
  const name = readTitle(issue.title, policy) || String(answer.value ?? '');
  return fold(name) === '' ? null : name;
}

/** A hidden issue is not told of in one that more people can read. */
function isOther(other: OtherIssue, name: string, issue: IssueState, policy: Policy): boolean {
  if (other.iid === issue.ref.issueIid || other.labels.includes(policy.ignoreLabel)) return false;
  if (other.confidential && !issue.confidential) return false;
  const customer = readTitle(other.title, policy);
  if (customer !== '') return fold(customer) === fold(name);
  return isScopingIssue({ ...other, description: '' }, policy) && fold(other.title) === fold(name);
}
