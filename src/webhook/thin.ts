/** A large body without its long texts: what is read of a hook is small, whatever people wrote into it. */

interface Sizes {
  /** Bodies up to this many bytes are parsed as they are; what is left of larger ones may not be more. */
  readonly parsed: number;
  /** Longer texts (bytes, quotes aside) are descriptions and comments; a project's full path is shorter. */
  readonly text: number;
}

const usual: Sizes = { parsed: 2 * 1024 * 1024, text: 8 * 1024 };

const quote = 0x22;
const backslash = 0x5c;

/**
 * The same JSON with every text above 8 KB emptied, so that parsing 25 MB needs no 25 MB of heap or
 * more. Null when more than 2 MB is left even so: no hook of GitLab has that many values.
 * What was emptied is not looked at; anything else that is not JSON stays so.
 */
export function thin(body: Buffer, sizes: Sizes = usual): Buffer | null {
  if (body.byteLength <= sizes.parsed) return body;
  const left = Buffer.allocUnsafe(sizes.parsed);
  let length = 0;
  const copy = (from: number, to: number): boolean => {
    if (length + to - from > sizes.parsed) return false;
    length += body.copy(left, length, from, to);
    return true;
  };
  let at = 0;
  while (at < body.byteLength) {
    const opening = body.indexOf(quote, at);
    if (opening === -1) return copy(at, body.byteLength) ? left.subarray(0, length) : null;
    const closing = findEnd(body, opening);
    if (!copy(at, opening + 1)) return null;
    if (closing - opening - 1 <= sizes.text && !copy(opening + 1, closing)) return null;
    if (closing < body.byteLength && !copy(closing, closing + 1)) return null;
    at = closing + 1;
  }
  return left.subarray(0, length);
}

/** Where the text that opens at `opening` ends: its closing quote, or the end of the body. */
function findEnd(body: Buffer, opening: number): number {
  for (let from = opening + 1; ; ) {
    const found = body.indexOf(quote, from);
    if (found === -1) return body.byteLength;
    let before = found - 1;
    while (body[before] === backslash && before > opening) before -= 1;
    if ((found - 1 - before) % 2 === 0) return found;
    from = found + 1;
  }
}
