/** How webhooks and their triggers are called in sentences and on GitLab's settings page. */

/** GitLab's names on the page "Webhooks"; newer versions say "Work item events" for issues. */
const onThePage = new Map([
  ['issues_events', 'Issues events'],
  ['confidential_issues_events', 'Confidential issues events'],
  ['note_events', 'Comments'],
  ['confidential_note_events', 'Confidential comments'],
]);

/** `push_events` → `push events`; the four that we use as GitLab's page has them. */
export function triggerNames(triggers: Iterable<string>): string {
  const names = [...triggers].map((name) => onThePage.get(name) ?? name.replaceAll('_', ' '));
  return names.sort().join(', ');
}

/** Every setting for a Maintainer who makes or mends the webhook by hand. */
export function byHand(address: string): string {
  return (
    `Ask a project maintainer to open Settings > Webhooks and to add a webhook with the URL ${address}, ` +
    `a signing token (GitLab 19.0 and later) or else a secret token, the triggers ${triggerNames(onThePage.keys())} ` +
    '("Work item events" in newer versions) and no other, Push events switched off, SSL verification ' +
    'switched on and no custom webhook template; then put the token into WEBHOOK_SIGNING_TOKEN or ' +
    'WEBHOOK_SECRET_TOKEN of the bot. Or have the bot made a Maintainer and run this again.'
  );
}
