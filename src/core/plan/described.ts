/** Reads an issue's description once, however often it is planned while its facts are looked up. */
import type { IssueState, Reading } from '../model.ts';
import type { Policy } from '../policy.ts';
import { readIssue } from '../read/issue.ts';
import { perObject } from '../read/memo.ts';

const readings = perObject((_: IssueState) =>
  perObject((_policy: Policy) => new Map<string, Reading>()),
);

/** What the issue says without commands. Depends on nothing but the issue, the policy and the day of `now`. */
export function readDescribed(issue: IssueState, policy: Policy, now: string): Reading {
  const byDay = readings(issue)(policy);
  const day = now.slice(0, 10);
  const known = byDay.get(day);
  if (known) return known;
  const reading = readIssue({ ...issue, writtenAt: issue.createdAt, sets: [] }, policy, now);
  byDay.set(day, reading);
  return reading;
}
