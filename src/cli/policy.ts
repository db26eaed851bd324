/** `policy check | schema | show | reference`: is a policy right, what may stand in one, what holds in the end. */
import { fileURLToPath } from 'node:url';
import { processEnvironment, readConfig } from '../config.ts';
import { policyJsonSchema } from '../policy/json-schema.ts';
import { loadPolicy, readPolicyDocument } from '../policy/load.ts';
import { writeReference } from '../policy/reference.ts';
import { showPolicy } from '../policy/show.ts';
import { exitCodes } from './failure.ts';

/** The file given, else the one `POLICY` names, else the shipped policy. Throws `PolicyError`. */
export function policyCheck(file: string | undefined): number {
  const chosen = file ?? policyFile();
  const policy = loadPolicy({ file: chosen });
  const { questions, checks, offeringRules, stages } = policy;
  process.stdout.write(
    `${chosen ?? 'The shipped policy'}: fine. ${questions.length} questions, ${checks.length} checks, ` +
      `${offeringRules.length} offering rules, ${stages.length} stages.\n`,
  );
  return exitCodes.fine;
}

export function policySchema(): number {
  process.stdout.write(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
  return exitCodes.fine;
}

export function policyShow(options: { readonly json: boolean }): number {
  const file = policyFile();
  process.stdout.write(
    options.json
      ? `${JSON.stringify(readPolicyDocument({ file }), null, 2)}\n`
      : showPolicy({ file }),
  );
  return exitCodes.fine;
}

/** Names of the policy in effect; examples of what it leaves empty, such as people, come from the demo's. */
export function policyReference(): number {
  const demo = fileURLToPath(new URL('../../demo/policy.yaml', import.meta.url));
  const document = readPolicyDocument({ file: policyFile() });
  process.stdout.write(writeReference(document, readPolicyDocument({ file: demo })));
  return exitCodes.fine;
}

export function policyFile(): string | undefined {
  return readConfig(processEnvironment(), []).policyFile ?? undefined;
}
