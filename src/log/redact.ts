/** What of an object may stand in the log: facts yes, secrets never, people's texts only by their length. */

const secretKey =
  /token|secret|authorization|passw|cookie|api[-_]?key|signature|credential|private/i;
const textKey =
  /^(body|raw|rawbody|description|title|note|text|comment|payload|content|value|answer)$/i;
const longestText = 500;
const mostItems = 50;
const deepest = 4;

/** A copy of a log record's fields that is safe to write. Never throws. */
export function scrub(fields: object): Record<string, unknown> {
  return scrubFields(fields, 0);
}

/** A function that takes known secrets, GitLab tokens and passwords in addresses out of a finished line. */
export function blot(secrets: readonly string[]): (line: string) => string {
  const known = secrets
    .filter((secret) => secret.length > 3)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length);
  return (line) => {
    let safe = line;
    for (const secret of known) safe = safe.replaceAll(secret, '[hidden]');
    return safe
      .replace(/\bgl[a-z]{2,8}-[\w.-]{10,}|whsec_[A-Za-z0-9+/=]+/g, '[hidden]')
      .replace(/(\w:\/\/)[^\s/@"]*@/g, '$1[hidden]@');
  };
}

/** Name, message, code and where it was thrown; no further properties, because those carry bodies and headers. */
function describeError(error: Error, depth = 0): Record<string, unknown> {
  const { code, status } = error as { code?: unknown; status?: unknown };
  return {
    type: error.name,
    message: readMessage(error),
    ...(isPlain(code) && { code }),
    ...(isPlain(status) && { status }),
    // The stack's first lines repeat the message, which may hold a body.
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(error.cause instanceof Error &&
      depth < 3 && { cause: describeError(error.cause, depth + 1) }),
  };
}

/** V8 quotes the text that it could not parse. */
function readMessage(error: Error): string {
  if (error instanceof SyntaxError && /JSON/.test(error.message)) return 'not valid JSON';
  return cut(error.message);
}

function scrubFields(fields: object, depth: number): Record<string, unknown> {
  const safe = new Map<string, unknown>();
  for (const [key, value] of Object.entries(fields)) safe.set(key, scrubValue(key, value, depth));
  return Object.fromEntries(safe);
}

function scrubValue(key: string, value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (value === undefined || typeof value === 'bigint') return value?.toString();
  if (secretKey.test(key)) return '[hidden]';
  if (typeof value === 'string')
    return textKey.test(key) ? `[${value.length} characters]` : cut(value);
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (value instanceof Map || value instanceof Set) return `[${value.size} items]`;
  if (typeof value !== 'object' || depth >= deepest) return '[…]';
  if (!Array.isArray(value)) return scrubFields(value, depth + 1);
  return value.slice(0, mostItems).map((item) => scrubValue(key, item, depth + 1));
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && /^[\w.-]{1,60}$/.test(value));
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
