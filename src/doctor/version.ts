/** GitLab's version, and what an older one cannot do for the bot (`gitlab-platform.md`). */
import type { VersionFacts } from '../gitlab/doctor/instance.ts';
import { type Finding, findingsOn } from './finding.ts';

const { fine, info, failed } = findingsOn();
const CHECK = 'GitLab version';

export type Version = readonly [major: number, minor: number];

/** Internal notes are behind a switch before it: a warning about secrets could stand in the open. */
const LEAST: Version = [15, 2];

const since: readonly (readonly [Version, lacks: string])[] = [
  [[16, 11], 'an edited comment is noticed by the sweep only (16.11)'],
  [[17, 4], 'a webhook sent twice is not told from two (17.4)'],
  [[17, 7], 'there is no role Planner, the bot and people need Reporter (17.7)'],
  [[19, 0], 'webhooks are not signed, WEBHOOK_SECRET_TOKEN is needed (19.0)'],
];

/** `19.4.1-ee` → [19, 4]; null for a text that is no version. */
export function parseVersion(text: string): Version | null {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined ? null : [Number(major), Number(minor)];
}

export function isBefore([major, minor]: Version, than: Version): boolean {
  return major < than[0] || (major === than[0] && minor < than[1]);
}

export function checkVersion({ version }: VersionFacts): Finding {
  const read = parseVersion(version);
  if (read === null) return info(CHECK, `"${version}" is a version that doctor cannot read`);
  if (isBefore(read, LEAST)) {
    return failed(
      CHECK,
      `${version}: internal notes cannot be relied on, so a warning could stand where customers read it`,
      `let GitLab's administrator upgrade to ${LEAST.join('.')} or later`,
    );
  }
  const lacking = since.filter(([needed]) => isBefore(read, needed)).map(([, lacks]) => lacks);
  return lacking.length === 0
    ? fine(CHECK, version)
    : info(CHECK, `${version}, enough; with it ${lacking.join('; ')}`);
}
