/** What a person gives as PROJECT → what GitLab's API takes: a full path or an id. */

const PATH = /^[\w.][\w.-]*(?:\/[\w.][\w.-]*)+$/;

/**
 * Takes a full path, an id, or any address of the project on `gitlabUrl` (pages below it too). Gives null
 * for anything else.
 */
export function readProjectName(text: string, gitlabUrl: string): string | null {
  const given = text.trim().replace(/\/+$/, '');
  if (/^[1-9]\d{0,15}$/.test(given) || PATH.test(given)) return given;
  if (!/^https?:/i.test(given) || !URL.canParse(given)) return null;
  const [address, base] = [new URL(given), new URL(gitlabUrl)];
  const root = `${base.pathname.replace(/\/$/, '')}/`;
  if (address.origin !== base.origin || !address.pathname.startsWith(root)) return null;
  const path = address.pathname
    .slice(root.length)
    .replace(/\/-(?:\/.*)?$/, '')
    .replace(/\.git$/, '');
  return PATH.test(path) ? path : null;
}
