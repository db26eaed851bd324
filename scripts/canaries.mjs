/** Searches what was said during a test run for the secrets and the words of people that fixtures use. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const list = new URL('../test/support/canaries.json', import.meta.url);

/** What of them stands in the text, in the clear or in an encoding that a log might use. */
export function findCanaries(text, canaries = JSON.parse(readFileSync(list, 'utf8'))) {
  const lower = text.toLowerCase();
  return canaries.filter((canary) =>
    [
      canary,
      Buffer.from(canary).toString('base64').replace(/=+$/, '').slice(0, -1),
      Buffer.from(canary).toString('hex'),
    ].some((form) => lower.includes(form.toLowerCase())),
  );
}

/** Words of people among them; the others are secrets. */
const words = /^canary-?(?:customer|description|note|internal|person|label|answer|title)$/i;

/** One sentence for each line of a file in the folder that says one; empty when all is well. */
export function searchFolder(folder) {
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line) =>
        findCanaries(line)
          // A command that was asked for what people wrote shows it; a secret it never shows.
          .filter((canary) => !(name.endsWith('.answers.txt') && words.test(canary)))
          .map((canary) => `“${canary}” was said: ${line.slice(0, 300)}`),
      ),
  );
}
