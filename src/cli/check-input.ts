/** Files and standard input → the text of a description. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { fileTrouble } from './failure.ts';

/** The text, or why there is none. Never throws. "-" is standard input. */
export async function readDescription(
  file: string,
): Promise<{ readonly text: string } | { readonly trouble: string }> {
  if (file === '-' && process.stdin.isTTY) process.stderr.write(`${howToEnd(process.platform)}\n`);
  try {
    const bytes = file === '-' ? await buffer(process.stdin) : await readFile(file);
    return isBinary(bytes) ? { trouble: 'it is not text' } : { text: decode(bytes) };
  } catch (error) {
    return { trouble: fileTrouble(error) };
  }
}

/** Somebody sits there and wonders why nothing happens. */
export function howToEnd(platform: NodeJS.Platform): string {
  const end = platform === 'win32' ? 'Ctrl-Z and Enter' : 'Ctrl-D';
  return `Paste the issue's description, then press ${end} on an empty line. To check a file: check FILE`;
}

/** No text has a NUL byte, unless it is UTF-16 and says so. */
function isBinary(bytes: Uint8Array): boolean {
  const marked =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return !marked && bytes.includes(0);
}

/** UTF-8, or UTF-16 with a byte order mark, which is what Windows PowerShell writes. */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}
