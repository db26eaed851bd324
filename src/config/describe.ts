/** The configuration in words, secrets masked: for `doctor` and for the log. */
import { type Config, deriveStateSecret } from '../config.ts';
import { maskAddress } from './mask.ts';

/** One line a variable, in the order of `interfaces.md` §1: its name, then what is in force. */
export function describeConfig(config: Config): readonly string[] {
  const lines: readonly (readonly [name: string, value: string])[] = [
    ['GITLAB_URL', config.gitlabUrl],
    ['GITLAB_TOKEN', config.gitlabToken === null ? 'not set' : 'set, hidden'],
    ['WEBHOOK_SIGNING_TOKEN', describeSecrets(config.hookSecrets.signing)],
    ['WEBHOOK_SECRET_TOKEN', describeSecrets(config.hookSecrets.tokens)],
    ['QUEUE_URL', config.queueUrl === null ? 'embedded' : maskAddress(config.queueUrl)],
    ['DATA_DIR', config.dataDir],
    ['POLICY', config.policyFile ?? 'the shipped default'],
    ['STATE_SECRET', describeStateSecret(config)],
    ['PROJECTS', config.projects.length === 0 ? 'not set' : config.projects.join(', ')],
    ['PUBLIC_URL', config.publicUrl ?? 'not set'],
    ['HOST', config.host],
    ['PORT', String(config.port)],
    ['ADMIN_ADDRESS', describeAddress(config.adminAddress)],
    ['METRICS', config.metrics ? 'on' : 'off'],
    ['QUEUE_BOARD_TOKEN', config.queueBoardToken === null ? 'not set' : 'set, hidden'],
    ['CONCURRENCY', String(config.concurrency)],
    ['SWEEP_INTERVAL', describeDuration(config.sweepIntervalMs)],
    ['LOG_LEVEL', config.logLevel],
    ['DRY_RUN', config.dryRun ? 'on' : 'off'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', config.traceAddress ?? 'not set'],
  ];
  return lines.map(([name, value]) => `${name.padEnd(22)} ${value}`);
}

/** Every secret in the configuration, so that the log can blot them out wherever they turn up. */
export function listSecrets(config: Config): readonly string[] {
  const url = config.queueUrl !== null ? new URL(config.queueUrl) : null;
  const signing = config.hookSecrets.signing.map((token) => token.replace(/^whsec_/, ''));
  const passwords = [url?.password, decode(url?.password), url?.searchParams.get('password')];
  const found = [config.gitlabToken, config.stateSecret, config.queueBoardToken, ...passwords];
  return [...found, ...signing, ...config.hookSecrets.tokens].filter(
    (secret): secret is string => typeof secret === 'string' && secret !== '',
  );
}

function describeSecrets(tokens: readonly string[]): string {
  if (tokens.length === 0) return 'not set';
  return tokens.length === 1 ? 'set, hidden' : `${tokens.length} set, hidden`;
}

function describeStateSecret(config: Config): string {
  if (config.stateSecret === null) return 'not set';
  const derived = config.gitlabToken !== null && deriveStateSecret(config.gitlabToken);
  if (config.stateSecret === derived) return 'derived from GITLAB_TOKEN';
  return config.stateSecret.length < 16
    ? 'set, hidden; short: 32 random characters are better'
    : 'set, hidden';
}

/** As it is written in `ADMIN_ADDRESS`. */
export function describeAddress(address: Config['adminAddress']): string {
  if (address === null) return 'not set';
  const { host, port } = address;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function describeDuration(ms: number | null): string {
  if (ms === null) return 'off';
  const units: readonly (readonly [string, number])[] = [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ];
  const unit = units.find(([, size]) => ms % size === 0);
  return unit ? `${ms / unit[1]}${unit[0]}` : `${ms}ms`;
}

function decode(password: string | undefined): string | undefined {
  if (password === undefined) return undefined;
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
