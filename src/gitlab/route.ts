/** Names a request without saying what it is about, for logs and metrics. */

/** Path words whose next segment names one thing. */
const COLLECTIONS = new Set([
  'projects',
  'groups',
  'issues',
  'notes',
  'users',
  'all',
  'labels',
  'boards',
  'lists',
  'hooks',
  'files',
  'branches',
  'merge_requests',
]);
/** Words that follow a collection without being one of its members. */
const FIXED = new Set(['all']);

/**
 * `projects/acme%2Fscoping/issues/7/notes` → `/projects/:id/issues/:id/notes`: no names of projects or
 * people, and few enough different values to label a metric with.
 */
export function routeOf(path: string): string {
  let afterCollection = false;
  const named = path
    .split('?', 1)
    .join('')
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => {
      const isMember = afterCollection && !FIXED.has(segment);
      afterCollection = !isMember && COLLECTIONS.has(segment);
      return isMember || /^\d+$/.test(segment) ? ':id' : segment;
    });
  return `/${named.join('/')}`;
}

/** The GitLab behind a request's address: its base URL, without credentials, query and a slash at its end. */
export function gitLabOf({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/api\/v4(\/.*)?$/s, '')}`;
}
