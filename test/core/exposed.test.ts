/** What counts as a secret or an address in people's text, and what does not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findExposed, maskExposed } from '../../src/core/exposed.ts';

const kinds = (text: string): string[] => findExposed(text).map(({ kind }) => kind);

describe('findExposed', () => {
  it.each([
    ['a GitLab token', 'use glpat-FAKEfakeFAKEfake0001 for now', 'token'],
    ['a routable GitLab token', 'glpat-FAKEfakeFAKEfakeFAKEfake00.01.0a1b2c3d4', 'token'],
    ['a runner token', 'glrt-FAKEfakeFAKEfake0001', 'token'],
    ['a GitHub token', `ghp_${'a1'.repeat(18)}`, 'token'],
    ['an AWS key', 'AKIAIOSFODNN7EXAMPLE', 'token'],
    ['a named API key', 'API key = 9f8e7d6c5b4a39281706f5e4', 'token'],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----', 'private_key'],
    ['a password in prose', 'the password is Winter2031!', 'password'],
    ['a password in bold and code', '**Admin password**: `Tr0ub4dor&3`', 'password'],
    ['a password in German', 'Passwort: Sommer#99', 'password'],
    ['a password in a URL', 'https://admin:s3cr3t@host.example/x', 'password'],
    ['an address', 'From: Orla <orla@rail.example>', 'address'],
  ])('finds %s', (_, text, kind) => {
    expect(kinds(text)).toEqual([kind]);
  });

  it.each([
    'Passwords: managed by Okta',
    'Password policy: 12 characters',
    'Secrets: HashiCorp Vault 1.15',
    'Password: TBD',
    'Password: <ask me>',
    'Password: ********',
    'Token: OAuth2',
    'git clone git@gitlab.com:acme/app.git',
    'ssh://git@host.example/acme/app.git',
    '@anna.berg and @omar.haddad',
    'users@scale',
    'Key: 42',
    'sk_live is what their keys start with',
  ])('leaves "%s" alone', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  it('says on which line, whatever the line ends', () => {
    const lines = findExposed('one\r\ntwo a@b.example\rthree\nfour: c@d.example').map(
      ({ line }) => line,
    );
    expect(lines).toEqual([2, 4]);
  });
});

describe('maskExposed', () => {
  it('keeps everything but the thing itself', () => {
    expect(maskExposed('Jenkins, token glpat-FAKEfakeFAKEfake0001, and hanna@t.example')).toBe(
      'Jenkins, token [token not repeated], and [e-mail address]',
    );
  });

  it('takes a private key out with its body', () => {
    const key = '-----BEGIN PRIVATE KEY----- MIIEvQIBADANBg -----END PRIVATE KEY----- thanks';
    expect(maskExposed(key)).not.toContain('MIIE');
    expect(maskExposed(key)).toContain('thanks');
  });

  it('leaves nothing behind that it would find again', () => {
    const piece = fc.constantFrom(
      'glpat-FAKEfakeFAKEfake0001',
      'password: Winter2031!',
      'a.b@c.example',
      'https://u:p4ss@h.example',
      ' ',
      'and ',
      '@',
      ':',
      '-',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(findExposed(maskExposed(pieces.join('')))).toEqual([]);
      }),
    );
  });
});
