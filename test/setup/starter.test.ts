/** The starters: an environment that the bot reads, a policy that passes its check, no file overwritten. */
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { type EnvStarter, writeEnvStarter, writePolicyStarter } from '../../src/setup/starter.ts';
import { writeStarter } from '../../src/setup/write-starter.ts';

const SIGNING = `whsec_${Buffer.alloc(32, 251).toString('base64')}`;
const given: EnvStarter = {
  gitlabUrl: 'https://gitlab.example.com/sub',
  gitlabToken: 'glpat-abc_123.xy',
  tokenOfPerson: null,
  signingToken: SIGNING,
  secretToken: null,
  stateSecret: Buffer.alloc(32, 62).toString('base64'),
  project: 'acme/ps/scoping',
  policyFile: 'policy.yaml',
  publicUrl: 'https://bot.example.com',
};

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'starter-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

test('the environment is one with which the bot starts', () => {
  const config = readConfig(parseEnv(writeEnvStarter(given)), ['gitlab', 'hook']);
  expect(config).toMatchObject({
    gitlabUrl: given.gitlabUrl,
    gitlabToken: given.gitlabToken,
    hookSecrets: { signing: [SIGNING], tokens: [] },
    stateSecret: given.stateSecret,
    projects: ['acme/ps/scoping'],
    policyFile: 'policy.yaml',
    publicUrl: 'https://bot.example.com',
  });
});

test("above a person's own token stands whose it is, and that the bot is to have another", () => {
  const of = (tokenOfPerson: string | null) => writeEnvStarter({ ...given, tokenOfPerson });
  expect(of('ada')).toMatch(
    /^# This is the token that setup was run with, of @ada\..*\n# .*before "serve"/m,
  );
  expect(of('ada')).not.toContain('# A token of the bot');
  expect(of(null)).toContain("\n# A token of the bot's own user with scope api.\nGITLAB_TOKEN=");
  expect(parseEnv(of('ada'))).toEqual(parseEnv(of(null)));
});

test('what is not known is a comment to fill in, and only the kind of secret that is used is there', () => {
  const open = writeEnvStarter({
    ...given,
    gitlabToken: null,
    signingToken: null,
    publicUrl: null,
  });
  for (const name of [
    'GITLAB_TOKEN',
    'WEBHOOK_SIGNING_TOKEN',
    'WEBHOOK_SECRET_TOKEN',
    'PUBLIC_URL',
  ])
    expect(open).toMatch(new RegExp(`^# ${name}=.+$`, 'm'));
  expect(Object.keys(parseEnv(open)).sort()).toEqual([
    'GITLAB_URL',
    'POLICY',
    'PROJECTS',
    'STATE_SECRET',
  ]);
  expect(writeEnvStarter(given)).not.toContain('WEBHOOK_SECRET_TOKEN');
});

test('a secret with all kinds of signs comes back as it was', () => {
  const secretToken = 'a #b $c "d" \\e `f`';
  const text = writeEnvStarter({ ...given, signingToken: null, secretToken });
  expect(parseEnv(text).WEBHOOK_SECRET_TOKEN).toBe(secretToken);
  expect(text).not.toContain('WEBHOOK_SIGNING_TOKEN');
});

test.each([["it's $c"], [`it's "d"`]])(
  'for the secret %s, which not all would read alike, a line says so instead',
  (secretToken) => {
    const text = writeEnvStarter({ ...given, signingToken: null, secretToken });
    expect(text).toMatch(/^# WEBHOOK_SECRET_TOKEN: its value has a ' in it, .*$/m);
    expect(text).not.toContain(secretToken);
    expect(parseEnv(text)).not.toHaveProperty('WEBHOOK_SECRET_TOKEN');
    expect(Object.keys(parseEnv(text))).toHaveLength(6);
  },
);

test('the policy passes its check, and members are offered by role in comments only', async () => {
  const file = join(await folder(), 'policy.yaml');
  const members = [
    { username: 'em-emea', name: 'Emre\nprojects: [x]', level: 30 },
    { username: 'ps-director', name: 'Petra', level: 40 },
    { username: 'guest-one', name: 'Gus', level: 10 },
  ];
  const text = writePolicyStarter('acme/ps/scoping', members);
  await writeFile(file, text);
  const policy = loadPolicy({ file });
  expect(policy.projects).toEqual(['acme/ps/scoping']);
  expect(policy.questions).toHaveLength(loadPolicy().questions.length);
  expect(text).toMatch(
    /# {3}Maintainer\n# {5}- \{ username: ps-director \} {2}# Petra\n# {3}Developer\n/,
  );
  expect(text).not.toContain('guest-one');
});

test('a person is taken from the comment by moving its line', async () => {
  const file = join(await folder(), 'policy.yaml');
  const text = writePolicyStarter('acme/ps/scoping', [{ username: 'sam', name: 'Sam', level: 30 }]);
  const moved = /^#( {5}- \{ username: sam \}.*)$/m.exec(text)?.[1] ?? '';
  await writeFile(
    file,
    text.replace('solutions_architects: []', `solutions_architects:\n${moved}`),
  );
  const { people } = loadPolicy({ file });
  expect(people.byRole.get('sa')).toEqual(['sam']);
});

test('a file is written once, for its owner only when it is secret, and never over another', async () => {
  const path = await folder();
  const env = join(path, '.env');
  expect(await writeStarter(env, 'A=1\n', { secret: true })).toEqual({ written: true });
  expect((await stat(env)).mode & 0o777).toBe(0o600);
  expect(await writeStarter(env, 'A=2\n', { secret: true })).toEqual({ written: false });
  expect(await readFile(env, 'utf8')).toBe('A=1\n');
  await symlink(join(path, 'elsewhere'), join(path, 'link'));
  expect(await writeStarter(join(path, 'link'), 'A=3\n', { secret: true })).toEqual({
    written: false,
  });
  await expect(
    writeStarter(join(path, 'no', 'file'), 'x', { secret: false }),
  ).rejects.toMatchObject({ code: 'ENOENT' });
});
