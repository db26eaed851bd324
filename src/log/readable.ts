/** A JSON log line as a person at a terminal likes to read it. */

/** `12:03:04 INFO  hook queued delivery="…" ms=3`; a line that is not JSON stays as it is. */
export function makeReadable(line: string): string {
  const record = parseRecord(line);
  if (record === null) return line;
  const { time, level, msg, err, ...fields } = record;
  const head = `${String(time).slice(11, 19)} ${String(level).toUpperCase().padEnd(5)} ${msg ?? ''}`;
  const facts = Object.entries(fields).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${printable([head, ...facts].join(' '))}\n${describeFault(err)}`;
}

function parseRecord(line: string): Record<string, unknown> | null {
  try {
    const record: unknown = JSON.parse(line);
    return typeof record === 'object' && record !== null ? { ...record } : null;
  } catch {
    return null;
  }
}

function describeFault(err: unknown): string {
  if (typeof err !== 'object' || err === null) return '';
  const { type, message, stack, cause } = { ...err } as Record<string, unknown>;
  const frames = String(stack ?? '').split('\n');
  const lines = [`  ${type}: ${message}`, ...frames].filter((line) => line.trim() !== '');
  return `${lines.map(printable).join('\n')}\n${describeFault(cause)}`;
}

/** Nothing in a log line may steer the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�');
}
