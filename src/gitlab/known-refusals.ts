/** Refusals whose words are GitLab's own and fixed, so that the sentence can say what to do about them. */

/** GitLab's words → what is wrong and who must do what. Nothing of the answer is repeated. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [
    /Maximum number of \w+ hooks/i,
    'The project has as many webhooks as GitLab allows (100 on GitLab.com): a project maintainer must delete one that nobody needs under Settings > Webhooks, then run this again.',
  ],
  [
    /Invalid url given/i,
    'GitLab does not send webhooks to this address: it must be one that the GitLab server reaches; for an address in a local network a GitLab administrator must allow it under Admin > Settings > Network > Outbound requests.',
  ],
  [
    /not allowed to push/i,
    "The bot's user may not push to this branch: a project maintainer must allow it under Settings > Repository > Protected branches.",
  ],
  [
    /has changed since you started editing/i,
    'Somebody changed a file while this ran, and nothing was overwritten: run this again.',
  ],
];

/** The sentence for GitLab's answer; null when its words are not known. `body` is the parsed answer. */
export function knownRefusal(body: unknown): string | null {
  const text = JSON.stringify(body) ?? '';
  return KNOWN.find(([words]) => words.test(text))?.[1] ?? null;
}
