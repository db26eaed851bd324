/** What one look at a typical issue costs, from its text to the changes, GitLab left out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicy } from '../../src/policy/load.ts';
import { type PaperPerson, PaperWorld } from '../../test/support/paper-world.ts';
import { layOut } from './table.ts';
import { best } from './timing.ts';

const NOW = '2026-11-23T09:00:00.000Z';

/** Lines of a table. `scenarios` is the folder whose policy and people are used. */
export function timePlanning(scenarios: string, demo: string): readonly string[] {
  const policy = loadPolicy({ file: join(scenarios, 'policy.yaml') });
  const people = JSON.parse(readFileSync(join(scenarios, 'people.json'), 'utf8')) as Record<
    string,
    PaperPerson
  >;
  const rows = ['1-opened.md', '2-edited.md'].map((file) => {
    const description = readFileSync(join(demo, file), 'utf8');
    const about = {
      title: 'Northwind Rail Group - Scope Issue and Write SOW',
      author: 'jo-sa',
      labels: ['Services Calculator'],
    };
    const world = new PaperWorld({ ...about, description }, people, policy, { now: NOW });
    let round = 0;
    const rounds = new Set<number>();
    // A line that is new in every run: nothing of this very text is known from the run before.
    const plan = (): void => {
      round += 1;
      world.describe(`${description}\n\nLooked at ${round} times.\n`);
      world.plan();
      rounds.add(world.lookups.length);
    };
    const ms = best(plan, 2000);
    const bytes = Buffer.byteLength(description);
    return [
      file,
      `${(bytes / 1024).toFixed(1)} KB`,
      `${Math.max(...rounds)}`,
      `${ms.toFixed(2)} ms`,
    ];
  });
  return layOut(['', 'size', 'look-ups', 'read and planned'], rows);
}
