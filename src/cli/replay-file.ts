/** A file with one recorded delivery → the event header and the bytes that the webhook would have read. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { decode } from './check-input.ts';
import { fileTrouble, UsageError } from './failure.ts';

export interface Delivery {
  /** `X-Gitlab-Event`; undefined where only the body was kept. */
  readonly event: string | undefined;
  readonly body: Uint8Array;
}

/** With its headers, as a proxy or script may have kept it; `body` as an object or as the text itself. */
const recorded = z.object({
  headers: z.record(z.string(), z.unknown()),
  body: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

/**
 * Takes a body alone, as GitLab shows it under "Request body" of a delivery, or `{ "headers": …, "body": … }`.
 * Throws `UsageError` for a file that cannot be read or holds neither. "-" is standard input.
 */
export async function readDelivery(file: string): Promise<Delivery> {
  const name = file === '-' ? 'standard input' : file;
  const bytes = await (file === '-' ? buffer(process.stdin) : readFile(file)).catch(
    (error: unknown) => {
      throw new UsageError(`${name}: cannot be read: ${fileTrouble(error)}`);
    },
  );
  const text = decode(bytes);
  const read = parse(text);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw new UsageError(
      `${name}: read ${bytes.byteLength} bytes that are no JSON object, expected the body of one delivery or {"headers": {…}, "body": {…}}`,
    );
  }
  const whole = recorded.safeParse(read);
  if (!whole.success) return { event: undefined, body: Buffer.from(text) };
  const { headers, body } = whole.data;
  return {
    event: header(headers),
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names in any case; a list of values, as Node's raw headers have it, by its first. */
function header(headers: Readonly<Record<string, unknown>>): string | undefined {
  const [, value] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-gitlab-event') ?? [];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}
