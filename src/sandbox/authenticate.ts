/** Whose request it is, and whether the token is good. */
import type { FastifyRequest } from 'fastify';
import { forbidden, Refusal, unauthorized } from './refusal.ts';
import type { Token, User, World } from './world.ts';

/** The user behind `PRIVATE-TOKEN` or `Bearer`. Throws `Refusal` 401, or 403 for a blocked user. */
export function authenticate(world: World, request: FastifyRequest): { user: User; token: Token } {
  const header = request.headers['private-token'];
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const value = typeof header === 'string' ? header : bearer;
  const token = world.tokens.find((each) => each.value === value);
  const user = world.users.find((each) => each.id === token?.userId);
  if (token === undefined || user === undefined || token.revoked) throw unauthorized();
  if (token.expiresAt !== null && world.now().toISOString() >= token.expiresAt)
    throw unauthorized();
  if (user.state !== 'active') throw forbidden();
  return { user, token };
}

/** GitLab's answer to a write with a `read_api` token. */
export function tooLittleScope(): Refusal {
  return new Refusal(403, {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token.',
    scope: 'api',
  });
}
