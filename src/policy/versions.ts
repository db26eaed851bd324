/** GitLab versions in conditions: how far apart, which is older. Releases are monthly, `.0` to `.11` in each major. */

const MINORS_PER_MAJOR = 12;

interface Version {
  readonly major: number;
  /** Absent when only the major is known ("16", "16.x"). */
  readonly minor: number | undefined;
}

function readVersion(text: string): Version {
  const [, major, minor] = /^\s*v?(\d{1,4})(?:\.(\d{1,4}))?(?![\d])/i.exec(text) ?? [];
  if (major === undefined) throw new RangeError(`not a version: ${text}`);
  return { major: Number(major), minor: minor === undefined ? undefined : Number(minor) };
}

/** Minor releases between two versions, never negative. Throws when a version has no number or no minor. */
export function minorGap(one: string, other: string): bigint {
  const count = (text: string): number => {
    const { major, minor } = readVersion(text);
    if (minor === undefined) throw new RangeError(`no minor release in: ${text}`);
    return major * MINORS_PER_MAJOR + Math.min(minor, MINORS_PER_MAJOR - 1);
  };
  return BigInt(Math.abs(count(one) - count(other)));
}

/** Whether `one` came out before `other`, to the minor. Throws when that cannot be told. */
export function isOlder(one: string, other: string): boolean {
  const a = readVersion(one);
  const b = readVersion(other);
  if (a.major !== b.major) return a.major < b.major;
  if (a.minor === undefined || b.minor === undefined) throw new RangeError('no minor release');
  return a.minor < b.minor;
}

/** The oldest of several versions, told one behind the other; the text itself when there is only one. Throws as `isOlder`. */
export function oldestOf(text: string): string {
  return text.split(', ').reduce((one, other) => (isOlder(other, one) ? other : one));
}

/** The newest of several versions; otherwise as `oldestOf`. */
export function newestOf(text: string): string {
  return text.split(', ').reduce((one, other) => (isOlder(one, other) ? other : one));
}
