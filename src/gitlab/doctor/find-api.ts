/** Where GitLab's API answers when `GITLAB_URL` is not quite right. */

const TIMEOUT_MS = 5_000;

/**
 * The base address at which GitLab's API answers: one of the shorter paths of `url`, or where `url` sends a
 * browser that is not signed in (a GitLab below a sub-path). Null when none does. No token is sent, so it
 * may ask addresses that are not GitLab; never throws.
 */
export async function findApi(url: string): Promise<string | null> {
  const given = new URL(url);
  const parts = given.pathname.split('/').filter((part) => part !== '');
  const shorter = parts.map((_, length) => baseOf(given.origin, parts.slice(0, length)));
  for (const base of [...shorter.reverse(), ...(await signInBases(given))]) {
    if (await isApi(base)) return base;
  }
  return null;
}

/** GitLab refuses whoever has no token in these words; nobody else does. */
async function isApi(base: string): Promise<boolean> {
  const response = await ask(`${base}/api/v4/version`);
  if (response?.status !== 401) return false;
  const body: unknown = await response.json().catch(() => null);
  return (
    typeof body === 'object' &&
    body !== null &&
    'message' in body &&
    body.message === '401 Unauthorized'
  );
}

/** `https://host/` sends a browser to `https://host/gitlab/users/sign_in` where GitLab lives below `/gitlab`. */
async function signInBases({ origin }: URL): Promise<readonly string[]> {
  const location = (await ask(`${origin}/`))?.headers.get('location') ?? '';
  const to = URL.canParse(location, origin) ? new URL(location, origin) : null;
  const path = to === null ? null : /^(.*)\/users\/sign_in$/.exec(to.pathname)?.[1];
  return to === null || path === null || path === undefined ? [] : [`${to.origin}${path}`];
}

async function ask(url: string): Promise<Response | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return await fetch(url, { redirect: 'manual', signal }).catch(() => null);
}

function baseOf(origin: string, parts: readonly string[]): string {
  return [origin, ...parts].join('/');
}
