/** What counts as a secret or an address in people's text, and what does not. */

import { describe, expect, it } from 'vitest';
import { findExposed, maskExposed, maskKnown } from '../../src/core/exposed.ts';
import { fc } from '../support/property.ts';

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
    ['a password without a colon', 'the VPN password Winter2026!xq works', 'password'],
    ['a mixed password without a colon', 'pwd xq7Zp2Lm9', 'password'],
    ['a password with a year', 'password Winter2026 until Friday', 'password'],
    ['a password for something', 'Password for the VPN: Winter2026!xq', 'password'],
    ['a password in a variable', 'DB_PASSWORD=hunter2!', 'password'],
    ['credentials as a pair', 'credentials: admin / Winter2026!xq', 'password'],
    ['a log-in as a pair', 'VPN login admin/Winter2026!xq', 'password'],
    ['credentials alone', 'Credentials: Winter2026!xq', 'password'],
    ['a password in the next cell', '| VPN password | Winter2026!xq |', 'password'],
    ['a password in the next HTML cell', '<td>Password</td><td>Winter2026!xq</td>', 'password'],
    ['a password below its heading', '## Password\n\nWinter2026!xq', 'password'],
    ['a password below its key', '- Password:\n  `Winter2026!xq`', 'password'],
    ['a password in a fence', '**VPN Password:**\n```\nWinter2026!xq\n```', 'password'],
    ['a password in a column', '| User | Password |\n|--|--|\n| al | Winter2026!xq |', 'password'],
    ['an OpenAI key', `sk-proj-${'a1B2'.repeat(8)}`, 'token'],
    ['a Slack webhook', 'https://hooks.slack.com/services/T000FAKE/B000FAKE/fakefakefake', 'token'],
    ['a bearer token', 'Authorization: Bearer a1b2c3d4e5f6a7b8c9d0e1f2', 'token'],
    ['a JSON web token', `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`, 'token'],
    ['an entity inside', 'glpat&#45;FAKEfakeFAKEfake0001', 'token'],
    ['a hexadecimal entity inside', 'glpat&#x2D;FAKEfakeFAKEfake0001', 'token'],
    ['emphasis inside', 'gl**pat**-FAKEfakeFAKEfake0001', 'token'],
    ['a tag inside', 'gl<b>pat</b>-FAKEfakeFAKEfake0001', 'token'],
    ['a backslash inside', 'glpat\\-FAKEfakeFAKEfake0001', 'token'],
    ['nothing that is drawn inside', 'gl\u200bpat-FAKE\u00adfakeFAKEfake0001', 'token'],
    ['full width', 'ｇｌｐａｔ－ＦＡＫＥfakeFAKEfake0001', 'token'],
    ['an entity in an address', 'bob&#64;acme.example', 'address'],
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
    'password policy: SSO only',
    'Passwords are rotated yearly',
    'token-based authentication',
    'Password OAuth2.0 flows and SHA-256 hashes',
    'password ISO27001 audit',
    'password PBKDF2/bcrypt hashed',
    'login via SAML2.0/Okta',
    'Login: SAML2.0',
    'login GitLab/OAuth2.0 only',
    'credentials: stored in Vault/AWS',
    'User groups / SAML2.0',
    'login https://gitlab.acme.example/users/sign_in2',
    'Users: 1200/Q32026',
    '| Password policy | 12characters |',
    '| Password | managed by Okta |',
    '| Password | Owner |\n|---|---|\n| managed | by Okta2 |',
    '## Passwords\n\nrotated yearly',
    '- Password:\n- Number of users: 1,200',
    'Password\nOkta',
    'token GitLab-Runner-16.11.2-linux-x86_64',
    'key gitlab2022runner2023executor2024x',
    'sk-slovak-localisation-of-the-application',
    'eyJ is how they begin',
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

  it.each([
    ['glpat&#45;FAKEfakeFAKEfake0001 now', '[token not repeated] now'],
    ['gl**pat**-FAKEfakeFAKEfake0001 now', '[token not repeated] now'],
    ['write to bob&#64;acme.example', 'write to [e-mail address]'],
    ['| VPN password | Winter2026!xq |', '| VPN password | [password not repeated] |'],
    ['VPN login admin/Winter2026!xq', 'VPN login admin/[password not repeated]'],
    ['# Password\r\nWinter2026!xq\r\nend', '# Password\r\n[password not repeated]\r\nend'],
    [
      '| Password | Owner |\n|--|--|\n| Xy12!abc | Al |',
      '| Password | Owner |\n|--|--|\n| [password not repeated] | Al |',
    ],
  ])('masks "%s" as it is written', (text, masked) => {
    expect(maskExposed(text)).toBe(masked);
  });

  it('knows a secret again where it stands alone', () => {
    const exposed = findExposed('Password:\nWinter2026!xq\nanna@acme.example');
    expect(maskKnown('Winter2026!xq, anna', exposed)).toBe('[password not repeated], anna');
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
      'login admin/Winter2026!xq',
      '&#45;',
      '**',
      '|',
      '\n',
      'Password:',
      'Xy12!abc',
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
