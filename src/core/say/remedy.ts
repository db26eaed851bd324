/** What settles a finding, where its own words do not say so. */
import type { Finding } from '../model.ts';

/** '' for what is merely good to know, and where the message asks for the answer itself. */
export function remedyOf({ severity, message, wouldClear = '' }: Finding): string {
  return severity === 'info' || message.includes('?') ? '' : wouldClear;
}
