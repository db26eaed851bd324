/** The instance's version and the token's own record. */
import { notFound } from '../refusal.ts';
import { isOlder } from '../version.ts';
import { ok, type Route } from './call.ts';

export function instanceRoutes(route: Route): void {
  route('GET', '/version', ({ world }) => ok({ version: world.version, revision: 'sandbox' }));
  route('GET', '/metadata', ({ world }) => {
    if (isOlder(world, 15, 2)) throw notFound();
    return ok({
      version: world.version,
      revision: 'sandbox',
      kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
      enterprise: world.version.endsWith('-ee'),
    });
  });
  route('GET', '/personal_access_tokens/self', ({ world, token, user }) => {
    if (isOlder(world, 15, 5)) throw notFound();
    return ok({
      id: user.id,
      name: token.name,
      revoked: token.revoked,
      created_at: world.now().toISOString(),
      description: null,
      scopes: token.scopes,
      user_id: user.id,
      last_used_at: world.now().toISOString(),
      active: !token.revoked,
      expires_at: token.expiresAt,
    });
  });
}
