/** Runs the layer rules; fails when they looked at nothing, which is what a wrong TypeScript version makes them do in silence. */
import { cruise } from 'dependency-cruiser';
import rules from '../.dependency-cruiser.mjs';

const leastModules = 40;
const { output } = await cruise(['src', 'test', 'bench', 'scripts'], {
  ruleSet: { forbidden: rules.forbidden },
  ...rules.options,
  validate: true,
});
const { totalCruised, violations, error } = output.summary;
if (totalCruised < leastModules) {
  process.stderr.write(`The layer rules read ${totalCruised} modules; that cannot be right.\n`);
  process.exit(1);
}
for (const { rule, from, to } of violations) {
  const why = rules.forbidden.find(({ name }) => name === rule.name)?.comment ?? '';
  process.stderr.write(`${rule.name}: ${from} → ${to}\n  ${why}\n`);
}
process.stdout.write(`Layers: ${totalCruised} modules read, ${violations.length} violations.\n`);
process.exit(error > 0 ? 1 : 0);
