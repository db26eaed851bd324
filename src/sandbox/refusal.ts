/** The "no" answers of the sandbox, in GitLab's words and shapes. */

/** Thrown anywhere below a route or an action; becomes the HTTP answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`${status} ${JSON.stringify(body)}`);
    this.name = 'Refusal';
    this.status = status;
    this.body = body;
  }
}

export function unauthorized(): Refusal {
  return new Refusal(401, { message: '401 Unauthorized' });
}

export function forbidden(): Refusal {
  return new Refusal(403, { message: '403 Forbidden' });
}

/** Also GitLab's answer for "you may not know that it exists". */
export function notFound(thing = ''): Refusal {
  return new Refusal(404, { message: thing === '' ? '404 Not found' : `404 ${thing} Not Found` });
}

export function badRequest(error: string): Refusal {
  return new Refusal(400, { error });
}

/** GitLab knows this, the sandbox does not: said aloud so that no test passes on a guess. */
export function notImitated(method: string, route: string, part = ''): Refusal {
  const what = part === '' ? `${method} ${route}` : `${part} of ${method} ${route}`;
  return new Refusal(501, { message: `the sandbox does not imitate ${what}`, method, route });
}
