/** `GITLAB_URL`: is there a GitLab, is it the right path, does it answer. */
import { RetryableError, TerminalError } from '../gitlab/errors.ts';
import { type Finding, findingsOn } from './finding.ts';
import { troubleFinding } from './trouble.ts';

const { failed } = findingsOn();
const CHECK = 'GITLAB_URL';

/**
 * What the first request's failure says about the address; null when it says something else (the token).
 * `find` looks where GitLab's API is instead.
 */
export async function checkAddress(
  url: string,
  error: unknown,
  find: (url: string) => Promise<string | null>,
): Promise<Finding | null> {
  if (error instanceof RetryableError && isNoAnswer(error)) {
    const finding = troubleFinding(CHECK, error);
    const { found, todo } = finding;
    if (error.address === null) return finding;
    return {
      ...finding,
      found: `${found}; it was asked at ${error.address}`,
      todo: `see whether GITLAB_URL is right; if it is, ${todo}`,
    };
  }
  // GitLab itself never sends these requests elsewhere, and knows what everybody's own user is.
  const elsewhere =
    error instanceof TerminalError &&
    (error.kind === 'not_found' || (error.status >= 300 && error.status < 400));
  if (!elsewhere && !(error instanceof RetryableError)) return null;
  const right = await find(url);
  if (right !== null && right !== url) {
    const found = `${url} is not where GitLab's API answers, ${right} is`;
    return failed(CHECK, found, `set GITLAB_URL=${right}`, 78);
  }
  return failed(
    CHECK,
    `what answers at ${url}/api/v4 is no GitLab`,
    'set GITLAB_URL to the address of GitLab as you see it in the browser, without the path of a group or project',
    78,
  );
}

/** Nobody there, too slow, busy or broken: the address may well be right. */
function isNoAnswer({ status }: RetryableError): boolean {
  return status === null || status === 429 || status >= 500;
}
