/** Environment → Config: what is read, what is refused, and what is shown of it. */
import { describe, expect, it } from 'vitest';
import { describeConfig, listSecrets } from '../../src/config/describe.ts';
import { ConfigError, type Environment, type Need, readConfig } from '../../src/config.ts';

const signing = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const otherSigning = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const complete = { GITLAB_TOKEN: 'glpat-canary-0123456789', WEBHOOK_SECRET_TOKEN: 'canary-hook' };

function problemsOf(env: Environment, need: readonly Need[] = []): readonly string[] {
  try {
    readConfig(env, need);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('an environment with only what must be there', () => {
  it('gives the defaults', () => {
    expect(readConfig(complete, ['gitlab', 'hook'])).toMatchObject({
      gitlabUrl: 'https://gitlab.com',
      gitlabToken: complete.GITLAB_TOKEN,
      hookSecrets: { signing: [], tokens: ['canary-hook'] },
      queueUrl: null,
      dataDir: './data',
      policyFile: null,
      projects: [],
      publicUrl: null,
      host: '127.0.0.1',
      port: 8080,
      metrics: true,
      concurrency: 4,
      sweepIntervalMs: 300_000,
      logLevel: 'info',
      dryRun: false,
    });
  });

  it('gives the same when all other variables are there but empty', () => {
    const names = describeConfig(readConfig({}, [])).map((line) => line.split(' ')[0] ?? '');
    const blank = Object.fromEntries(names.map((name, index) => [name, index % 2 ? '' : '  ']));
    expect(names).toHaveLength(20);
    expect(readConfig({ ...blank, ...complete }, ['hook'])).toEqual(readConfig(complete, ['hook']));
  });

  it('is not needed by commands that work offline', () => {
    expect(readConfig({}, []).gitlabToken).toBeNull();
    expect(readConfig({}, []).stateSecret).toBeNull();
  });
});

describe('the token of the queue board', () => {
  it.each(['short', 'with spaces in between', ''.padEnd(15, 'x')])('is not %s', (text) => {
    expect(problemsOf({ QUEUE_BOARD_TOKEN: text })).toEqual([
      `QUEUE_BOARD_TOKEN: read a hidden value of ${text.length} characters, allowed: a secret of at least 16 visible ASCII characters, such as openssl rand -hex 32 prints`,
    ]);
  });

  it('is blotted out of the log', () => {
    const token = 'board-0123456789';
    expect(listSecrets(readConfig({ QUEUE_BOARD_TOKEN: token }, []))).toContain(token);
  });
});

describe('what is missing', () => {
  it('is asked for by name', () => {
    expect(problemsOf({}, ['gitlab', 'hook'])).toEqual([
      expect.stringMatching(/^GITLAB_TOKEN: read nothing, needed: /),
      expect.stringMatching(/^WEBHOOK_SIGNING_TOKEN: read nothing, .*WEBHOOK_SECRET_TOKEN/),
    ]);
  });

  it('may be one of the two hook secrets', () => {
    expect(problemsOf({ WEBHOOK_SIGNING_TOKEN: signing }, ['hook'])).toEqual([]);
    expect(problemsOf({ WEBHOOK_SECRET_TOKEN: 'x' }, ['hook'])).toEqual([]);
    expect(problemsOf({ WEBHOOK_SECRET_TOKEN: ' ' }, ['hook'])).toHaveLength(1);
  });
});

describe('values that are read', () => {
  it.each([
    [
      { GITLAB_URL: 'https://git.acme.example/gitlab/' },
      { gitlabUrl: 'https://git.acme.example/gitlab' },
    ],
    [{ GITLAB_URL: 'http://localhost:8080' }, { gitlabUrl: 'http://localhost:8080' }],
    [{ GITLAB_TOKEN: ' abc\n' }, { gitlabToken: 'abc' }],
    [
      { WEBHOOK_SIGNING_TOKEN: `${signing}, ${otherSigning},` },
      { hookSecrets: { signing: [signing, otherSigning], tokens: [] } },
    ],
    [
      { WEBHOOK_SIGNING_TOKEN: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
      { hookSecrets: { signing: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], tokens: [] } },
    ],
    [{ WEBHOOK_SECRET_TOKEN: 'a, b' }, { hookSecrets: { signing: [], tokens: ['a', 'b'] } }],
    [{ QUEUE_URL: 'embedded' }, { queueUrl: null }],
    [
      { QUEUE_URL: 'rediss://:pw@redis.example:6380/1' },
      { queueUrl: 'rediss://:pw@redis.example:6380/1' },
    ],
    [{ QUEUE_URL: 'postgres://bot@db/queue' }, { queueUrl: 'postgres://bot@db/queue' }],
    [{ PROJECTS: 'acme/ps/scoping, 42' }, { projects: ['acme/ps/scoping', '42'] }],
    [{ PUBLIC_URL: 'https://bot.example/' }, { publicUrl: 'https://bot.example' }],
    [
      { HOST: '0.0.0.0', PORT: '0' },
      { host: '0.0.0.0', port: 0 },
    ],
    [{ HOST: '::1' }, { host: '::1' }],
    [{}, { adminAddress: null }],
    [{ ADMIN_ADDRESS: '127.0.0.1:9090' }, { adminAddress: { host: '127.0.0.1', port: 9090 } }],
    [{ ADMIN_ADDRESS: '[::1]:9090' }, { adminAddress: { host: '::1', port: 9090 } }],
    [
      { ADMIN_ADDRESS: 'metrics.internal:0' },
      { adminAddress: { host: 'metrics.internal', port: 0 } },
    ],
    [
      { METRICS: 'off', DRY_RUN: 'on' },
      { metrics: false, dryRun: true },
    ],
    [{}, { traceAddress: null, queueBoardToken: null }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4318/' }, { traceAddress: 'http://otel:4318' }],
    [
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4318',
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example.com/v1/traces',
      },
      { traceAddress: 'https://traces.example.com/v1/traces' },
    ],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, { traceAddress: 'http://localhost:4318' }],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4318', OTEL_TRACES_EXPORTER: 'none' },
      { traceAddress: null },
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4318', OTEL_SDK_DISABLED: 'true' },
      { traceAddress: null },
    ],
    [{ QUEUE_BOARD_TOKEN: 'canary-0123456789' }, { queueBoardToken: 'canary-0123456789' }],
    [{ SWEEP_INTERVAL: '500ms' }, { sweepIntervalMs: 500 }],
    [{ SWEEP_INTERVAL: '30s' }, { sweepIntervalMs: 30_000 }],
    [{ SWEEP_INTERVAL: '1h' }, { sweepIntervalMs: 3_600_000 }],
    [{ SWEEP_INTERVAL: 'off' }, { sweepIntervalMs: null }],
    [
      { LOG_LEVEL: 'silent', CONCURRENCY: '16' },
      { logLevel: 'silent', concurrency: 16 },
    ],
    [
      { POLICY: 'policy/ours.yaml', DATA_DIR: '/var/lib/bot' },
      { policyFile: 'policy/ours.yaml', dataDir: '/var/lib/bot' },
    ],
  ])('%j', (env, expected) => {
    expect(readConfig(env, [])).toMatchObject(expected);
  });
});

describe('a value that is not allowed', () => {
  it.each([
    ['GITLAB_URL', 'gitlab.com'],
    ['GITLAB_URL', 'ftp://gitlab.com'],
    ['GITLAB_URL', 'https://gitlab.com/api/v4'],
    ['GITLAB_URL', 'https://gitlab.com/?x=1'],
    ['QUEUE_URL', 'mysql://db'],
    ['QUEUE_URL', 'redis'],
    ['PROJECTS', 'https://gitlab.com/acme/scoping'],
    ['PROJECTS', 'scoping'],
    ['PROJECTS', ','],
    ['HOST', 'http://localhost'],
    ['ADMIN_ADDRESS', '9090'],
    ['ADMIN_ADDRESS', ':9090'],
    ['ADMIN_ADDRESS', '127.0.0.1'],
    ['ADMIN_ADDRESS', '127.0.0.1:65536'],
    ['ADMIN_ADDRESS', '::1:9090'],
    ['ADMIN_ADDRESS', '[::1]'],
    ['ADMIN_ADDRESS', '[1]:9090'],
    ['ADMIN_ADDRESS', 'http://127.0.0.1:9090'],
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '1e3'],
    ['METRICS', 'maybe'],
    ['DRY_RUN', 'true'],
    ['CONCURRENCY', '0'],
    ['CONCURRENCY', '2.5'],
    ['SWEEP_INTERVAL', '5'],
    ['SWEEP_INTERVAL', '5 minutes'],
    ['SWEEP_INTERVAL', '0s'],
    ['SWEEP_INTERVAL', '597h'],
    ['LOG_LEVEL', 'loud'],
    ['PUBLIC_URL', 'bot.example'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'otel:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_TRACES_EXPORTER', 'console'],
    ['OTEL_SDK_DISABLED', 'yes'],
  ])(
    '%s=%s is refused in one line that names it, shows it and says what is allowed',
    (name, text) => {
      const problems = problemsOf({ ...complete, [name]: text }, ['gitlab', 'hook']);
      expect(problems).toHaveLength(1);
      const [before, allowed] = (problems[0] ?? '').split(', allowed: ');
      expect(before?.startsWith(`${name}: read "${text.replace(/\?.*/, '')}`)).toBe(true);
      expect(allowed?.length).toBeGreaterThan(5);
      expect(problems[0]).not.toContain('\n');
    },
  );

  it.each([
    ['127.0.0.1', '127.0.0.1:9000'],
    ['0.0.0.0', '127.0.0.1:9000'],
    ['::', '0.0.0.0:9000'],
    ['::1', '[::]:9000'],
    ['LOCALHOST', '[::1]:9000'],
  ])('HOST %s and ADMIN_ADDRESS %s at one PORT: the line names ADMIN_ADDRESS', (HOST, text) => {
    expect(problemsOf({ HOST, PORT: '9000', ADMIN_ADDRESS: text })).toEqual([
      `ADMIN_ADDRESS: read "${text}", allowed: another address than that for hooks (HOST ${HOST}, PORT 9000)`,
    ]);
  });

  it.each([
    ['127.0.0.1', '9000', '127.0.0.1:9001'],
    ['10.0.0.1', '9000', '127.0.0.1:9000'],
    ['0.0.0.0', '9000', '[::1]:9000'],
    ['127.0.0.1', '0', '127.0.0.1:0'],
  ])('HOST %s, PORT %s and ADMIN_ADDRESS %s do not get in each other’s way', (HOST, PORT, text) => {
    expect(problemsOf({ HOST, PORT, ADMIN_ADDRESS: text })).toEqual([]);
  });

  it('is told together with all others', () => {
    const env = { PORT: 'x', METRICS: 'x', LOG_LEVEL: 'x' };
    expect(problemsOf(env, ['gitlab']).map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'METRICS',
      'LOG_LEVEL',
      'GITLAB_TOKEN',
    ]);
  });

  it.each([
    ['GITLAB_TOKEN', 'canary secret'],
    ['GITLAB_TOKEN', 'canäry-secret'],
    ['WEBHOOK_SIGNING_TOKEN', 'canary-secret'],
    ['WEBHOOK_SIGNING_TOKEN', 'whsec_canary-secret'],
    ['WEBHOOK_SIGNING_TOKEN', 'whsec_canarysecre'],
    ['WEBHOOK_SIGNING_TOKEN', `${signing},whsec_`],
    ['WEBHOOK_SECRET_TOKEN', ','],
    ['QUEUE_URL', 'mysql://bot:canary-secret@db/queue?password=canary-secret'],
    ['QUEUE_URL', 'redis//bot:canary/se@cret@db'],
    ['GITLAB_URL', 'https://oauth2:canary-secret@gitlab.com'],
    ['PORT', 'glpat-canary-secret'],
  ])('%s is refused without showing what is secret in it', (name, text) => {
    const problems = problemsOf({ [name]: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: read .*, allowed: .`));
    expect(problems[0]).not.toMatch(/can[aä]ry|secret@|cret@|se@/);
  });
});

describe('the key for the state', () => {
  it('follows the token, unless it is set', () => {
    const derived = readConfig({ GITLAB_TOKEN: 'a' }, []).stateSecret;
    expect(derived).toBe(readConfig({ GITLAB_TOKEN: 'a' }, []).stateSecret);
    expect(derived).not.toBe(readConfig({ GITLAB_TOKEN: 'b' }, []).stateSecret);
    expect(derived).not.toContain('a'.repeat(2));
    expect(readConfig({ GITLAB_TOKEN: 'a', STATE_SECRET: 'own' }, []).stateSecret).toBe('own');
  });
});

describe('what is shown of the configuration', () => {
  const config = readConfig(
    {
      GITLAB_TOKEN: 'glpat-canary-token',
      WEBHOOK_SIGNING_TOKEN: `${signing},${otherSigning}`,
      WEBHOOK_SECRET_TOKEN: 'canary-hook',
      STATE_SECRET: 'canary-state',
      QUEUE_URL: 'redis://bot:canary%2Fqueue@redis.example/0?password=canary-query',
      SWEEP_INTERVAL: '90s',
    },
    ['gitlab', 'hook'],
  );

  it('is one line a variable, secrets masked', () => {
    const text = describeConfig(config).join('\n');
    expect(text).not.toMatch(/canary|AQEB|AgIC/);
    expect(text).toMatch(/^GITLAB_TOKEN +set, hidden$/m);
    expect(text).toMatch(/^WEBHOOK_SIGNING_TOKEN +2 set, hidden$/m);
    expect(text).toMatch(/^QUEUE_URL +redis:\/\/\*\*\*@redis\.example/m);
    expect(text).toMatch(/^SWEEP_INTERVAL +90s$/m);
    expect(text).toMatch(/^STATE_SECRET +set, hidden; short/m);
  });

  it('shows durations as they are written', () => {
    const shown = ['500ms', '30s', '5m', '1h', 'off'].map((text) =>
      describeConfig(readConfig({ SWEEP_INTERVAL: text }, []))
        .find((line) => line.startsWith('SWEEP_INTERVAL'))
        ?.replace(/^\S+ +/, ''),
    );
    expect(shown).toEqual(['500ms', '30s', '5m', '1h', 'off']);
  });

  it('and the list of secrets names all of them', () => {
    expect(new Set(listSecrets(config))).toEqual(
      new Set([
        'glpat-canary-token',
        'canary-state',
        'canary%2Fqueue',
        'canary/queue',
        'canary-query',
        'canary-hook',
        signing.slice(6),
        otherSigning.slice(6),
      ]),
    );
  });
});
