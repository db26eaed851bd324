/** The kinds of values that environment variables may have, as zod schemas whose message says what is allowed. */
import { isIPv6 } from 'node:net';
import { z } from 'zod';

/**
 * A schema over text. `read` returns undefined for text that is not allowed; `allowed` completes
 * the sentence "read …, allowed: …".
 */
function value<T>(allowed: string, read: (text: string) => T | undefined) {
  return z.string().transform((text, context): T => {
    const result = read(text);
    if (result !== undefined) return result;
    context.issues.push({ code: 'custom', message: allowed, input: text });
    return z.NEVER;
  });
}

const milliseconds = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);
/** Node's timers wrap around above this. */
const longestMs = 2 ** 31 - 1;

/** `500ms`, `30s`, `5m`, `1h` → milliseconds; `off` → null (`interfaces.md` §8). */
export const durationOrOff = value<number | null>(
  'a duration such as 500ms, 30s, 5m or 1h (above 0, at most 596h), or off',
  (text) => {
    if (text === 'off') return null;
    const [, amount, unit] = /^(\d{1,10})(ms|s|m|h)$/.exec(text) ?? [];
    const result = Number(amount) * (milliseconds.get(unit ?? '') ?? Number.NaN);
    return result > 0 && result <= longestMs ? result : undefined;
  },
);

/** `on` → true, `off` → false. */
export const onOff = value('on or off', (text) =>
  text === 'on' ? true : text === 'off' ? false : undefined,
);

/** A whole number in decimal digits, both ends included. */
export function wholeNumber(least: number, most: number) {
  return value(`a whole number from ${least} to ${most}`, (text) => {
    const result = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return result >= least && result <= most ? result : undefined;
  });
}

/** http or https, a sub-path allowed; no slash at the end of the result. */
export function webAddress(example: string, refused?: RegExp) {
  const allowed = `an http:// or https:// address such as ${example}, without user name, query or #`;
  return value(refused ? `${allowed}, and without /api/v4 at its end` : allowed, (text) => {
    const url = parseUrl(text);
    if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
    if (url.username || url.password || text.includes('?') || text.includes('#')) return undefined;
    const address = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
    return refused?.test(address) ? undefined : address;
  });
}

/** The queue's backend by URL (`interfaces.md` §1); null is the embedded one. */
export const queueAddress = value<string | null>(
  'redis://…, rediss://…, postgres://… or embedded',
  (text) => {
    if (text === 'embedded') return null;
    const known = /^(redis|rediss|postgres|postgresql):\/\/./i.test(text);
    return known && parseUrl(text) ? text : undefined;
  },
);

/** A GitLab token: it travels in a header, so only visible ASCII. */
export const accessToken = value('one token, visible ASCII characters only', (text) =>
  /^[\x21-\x7e]+$/.test(text) ? text : undefined,
);

/** `whsec_` and standard base64 with its padding (`gitlab-platform.md` §1.2); several with commas between. */
export const signingTokens = value(
  'whsec_ and standard base64, as GitLab shows it once; several with commas between',
  (text) => {
    const tokens = parts(text);
    return tokens.length > 0 && tokens.every(isSigningToken) ? tokens : undefined;
  },
);

/** Secret tokens as typed into GitLab; several with commas between. */
export const secretTokens = value('one secret, or several with commas between', (text) => {
  const tokens = parts(text);
  return tokens.length > 0 ? tokens : undefined;
});

/** A secret that opens a door by itself, so that it must not be guessed. */
export const longSecret = value(
  'a secret of at least 16 visible ASCII characters, such as openssl rand -hex 32 prints',
  (text) => (/^[\x21-\x7e]{16,}$/.test(text) ? text : undefined),
);

/** Project ids or full paths. */
export const projects = value(
  'project ids or full paths such as acme/ps/scoping, with commas between',
  (text) => {
    const names = parts(text);
    const readable = names.every((name) => /^([1-9]\d*|[\w.-]+(\/[\w.-]+)+)$/u.test(name));
    return names.length > 0 && readable ? names : undefined;
  },
);

/** A host name or an IP address, without port. */
export const host = value('a host name or an IP address, without port', (text) =>
  /^([\w.-]+|[\da-f:.]+(%\w+)?)$/i.test(text) ? text : undefined,
);

export interface Address {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
}

/** A host and a port, as `127.0.0.1:9090` or `[::1]:9090`. */
export const address = value<Address>(
  'a host and a port such as 127.0.0.1:9090 or [::1]:9090',
  (text) => {
    const [, six, name, digits] =
      /^(?:\[([\da-f:.]+(?:%\w+)?)\]|([\w.-]+)):(\d{1,5})$/i.exec(text) ?? [];
    const port = Number(digits ?? Number.NaN);
    if (!(port <= 65_535)) return undefined;
    if (six !== undefined) return isIPv6(six) ? { host: six, port } : undefined;
    return name === undefined ? undefined : { host: name, port };
  },
);

function isSigningToken(token: string): boolean {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(token) ?? [];
  return base64 !== undefined && Buffer.from(base64, 'base64').toString('base64') === base64;
}

function parts(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
