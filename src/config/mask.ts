/** What may be shown of a variable's value. */

const secret = new Set([
  'GITLAB_TOKEN',
  'WEBHOOK_SIGNING_TOKEN',
  'WEBHOOK_SECRET_TOKEN',
  'STATE_SECRET',
  'QUEUE_BOARD_TOKEN',
]);

/** A value as an error line shows it: secrets only by their length, addresses without their password. */
export function maskValue(name: string, text: string): string {
  if (secret.has(name)) return `a hidden value of ${text.length} characters`;
  const shown = maskAddress(text);
  return JSON.stringify(shown.length > 120 ? `${shown.slice(0, 120)}…` : shown);
}

/**
 * Text without what could be a secret: user and password of an address, its query, and anything
 * that looks like a GitLab token pasted into the wrong variable.
 */
export function maskAddress(text: string): string {
  return text
    .replace(/\/\/.*@/s, '//***@')
    .replace(/\?.*$/s, '?***')
    .replace(/\b(gl[a-z]{2,8}-|whsec_)\S+/g, '$1***');
}
