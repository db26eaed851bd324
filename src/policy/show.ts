/** The effective policy as a person may read it and write it again: `policy show`. */
import { stringify } from 'yaml';
import { type PolicySource, readPolicyDocument } from './load.ts';

/** YAML of the effective document; as a policy file of its own it loads to the same policy. Throws `PolicyError`. */
export function showPolicy(source: PolicySource = {}): string {
  return stringify(readPolicyDocument(source), { lineWidth: 100, aliasDuplicateObjects: false });
}
