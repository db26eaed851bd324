/** Colours for a terminal, plain text anywhere else, and how wide the terminal is. */
import pico from 'picocolors';
import type { Paint } from '../core/say/view.ts';

/** A line that is wider is hard to read, whatever the terminal. */
const WIDEST = 100;
const NARROWEST = 40;

export interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/**
 * The word on the command line (`--color`, `--no-color`) beats the environment; there, as
 * no-color.org and Node do it, `NO_COLOR` beats `FORCE_COLOR` (which may be `0`), and else a terminal decides.
 */
export function wantsColour(
  given: boolean | undefined,
  env: Readonly<Record<string, string | undefined>>,
  { isTTY }: Terminal,
): boolean {
  if (given !== undefined) return given;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return !['0', 'false'].includes(env.FORCE_COLOR);
  return isTTY === true && env.TERM !== 'dumb';
}

export function paintFor(colour: boolean): Paint {
  const { bold, dim, red, green, yellow } = pico.createColors(colour);
  return { bold, dim, red, green, yellow };
}

/** For commands that have no word on colours. */
export const paint: Paint = paintFor(wantsColour(undefined, process.env, process.stdout));

/** Columns to write in: those of the terminal, at most 100; 100 where there is none. */
export function columnsFor({ isTTY, columns }: Terminal): number {
  if (!isTTY || !columns) return WIDEST;
  return Math.min(WIDEST, Math.max(NARROWEST, columns));
}
