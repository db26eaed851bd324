/** The bytes of one request, within its limits. */
import type { Readable } from 'node:stream';

export interface BodyLimits {
  /** `Content-Length`; null when the length was not announced. */
  readonly announced: number | null;
  /** The most bytes it may have. */
  readonly most: number;
  /** Asked before bytes that were not announced are kept; false: no room. */
  readonly grow: (bytes: number) => boolean;
}

/** Why a body was not read: 400 cut off, 413 too large, 503 no room. Fastify answers with `statusCode`. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly statusCode: 400 | 413 | 503;
  readonly code: string;

  constructor(statusCode: 400 | 413 | 503, code: string) {
    super(code);
    this.statusCode = statusCode;
    this.code = code;
  }
}

/** Reads to the end, or rejects with a `BodyError` and reads no further. */
export async function readBody(source: Readable, limits: BodyLimits): Promise<Buffer> {
  const { announced, most, grow } = limits;
  if (announced !== null && announced > most) throw new BodyError(413, 'BODY_TOO_LARGE');
  // One piece from the start where the length is known: collecting and joining would hold it twice.
  const whole = announced === null ? null : Buffer.allocUnsafeSlow(announced);
  const chunks: Buffer[] = [];
  let length = 0;

  const keep = (chunk: Buffer): BodyError | null => {
    if (length + chunk.byteLength > most) return new BodyError(413, 'BODY_TOO_LARGE');
    if (whole) {
      if (length + chunk.byteLength > whole.byteLength) return new BodyError(400, 'BODY_LENGTH');
      chunk.copy(whole, length);
    } else {
      if (!grow(chunk.byteLength)) return new BodyError(503, 'NO_ROOM');
      chunks.push(chunk);
    }
    length += chunk.byteLength;
    return null;
  };

  await new Promise<void>((resolve, reject) => {
    const stop = (error: BodyError | null): void => {
      source.off('data', onData).off('end', onEnd).off('close', onCut);
      if (error) reject(error);
      else resolve();
    };
    const onData = (chunk: Buffer | string): void => {
      const trouble = keep(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
      if (trouble) stop(trouble);
    };
    const onEnd = (): void => stop(null);
    const onCut = (): void => stop(new BodyError(400, 'BODY_CUT_OFF'));
    // The listener for errors stays: a connection may still break while the answer is written.
    source.on('data', onData).on('end', onEnd).on('close', onCut).on('error', onCut);
  });
  if (whole && length !== whole.byteLength) throw new BodyError(400, 'BODY_LENGTH');
  return whole ?? Buffer.concat(chunks, length);
}
