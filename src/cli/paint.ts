/** Colours for a terminal; plain text anywhere else. */
import pico from 'picocolors';
import type { Paint } from '../core/say/view.ts';

export const paint: Paint = {
  bold: pico.bold,
  dim: pico.dim,
  red: pico.red,
  green: pico.green,
  yellow: pico.yellow,
};
