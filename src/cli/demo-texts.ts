/** The descriptions that the demo's issues go through, one file each. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface DemoTexts {
  /** As the services calculator makes it, half of it still to do. */
  readonly opened: string;
  /** With all answers of the discovery but one. */
  readonly answered: string;
  /** With what a proposal needs. */
  readonly proposal: string;
}

export async function readTexts(folder: string): Promise<DemoTexts> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  return {
    opened: await read('1-opened.md'),
    answered: await read('2-edited.md'),
    proposal: await read('3-proposal.md'),
  };
}
