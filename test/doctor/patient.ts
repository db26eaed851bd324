/** A bot in good health on the look-alike, to be made ill by one thing at a time, and what `doctor` finds then. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Policy } from '../../src/core/policy.ts';
import { writeTemplates } from '../../src/core/say/templates.ts';
import { wantedLabels } from '../../src/core/wanted-labels.ts';
import { examine } from '../../src/doctor/examine.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { addLabel } from '../../src/sandbox/labels.ts';
import type { SandboxSettings } from '../../src/sandbox/start.ts';
import type { Hook } from '../../src/sandbox/world.ts';
import { addHook, openSandbox, type Tester } from '../sandbox/tester.ts';

export const PUBLIC_URL = 'https://bot.example.com';
const TEST = '/projects/:id/hooks/:hook_id/test/:trigger';
const SIGNING = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const POLICY = fileURLToPath(new URL('../../demo/policy.yaml', import.meta.url));

const policies = new Map<string, Policy>();

/** A policy takes a while to load, and never changes here. */
function policyOf(file: string): Policy {
  const policy = policies.get(file) ?? loadPolicy({ file });
  policies.set(file, policy);
  return policy;
}

export interface Patient {
  readonly sandbox: Tester;
  readonly hook: Hook;
  /** Change before `look`; undefined takes a variable away. */
  readonly env: Record<string, string | undefined>;
  /** Milliseconds by which this machine's clock is ahead. */
  aheadMs: number;
  /** Without `sendTest` nothing but reading is allowed. */
  look(how?: { readonly sendTest?: boolean }): Promise<readonly Finding[]>;
}

/** Healthy in every respect; closed when the test ends. */
export async function openPatient(settings: SandboxSettings = {}): Promise<Patient> {
  const sandbox = await openSandbox(settings);
  const dataDir = mkdtempSync(join(tmpdir(), 'scoping-bot-doctor-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const hook = addHook(sandbox, `${PUBLIC_URL}/webhooks/gitlab`, { signingToken: SIGNING });
  for (const { name, colour, description } of wantedLabels(policyOf(POLICY))) {
    addLabel(sandbox.world, sandbox.project, name, colour, description);
  }
  for (const [name, text] of writeTemplates(policyOf(POLICY))) {
    sandbox.project.files.set(`.gitlab/issue_templates/${name}`, text);
  }
  for (const token of sandbox.world.tokens) token.expiresAt = inDays(200);
  const env = {
    GITLAB_URL: sandbox.url,
    GITLAB_TOKEN: sandbox.token('scoping-bot'),
    WEBHOOK_SIGNING_TOKEN: SIGNING,
    STATE_SECRET: 'a state secret of some length, for tests',
    PUBLIC_URL,
    POLICY,
    DATA_DIR: dataDir,
  };
  const patient: Patient = {
    ...{ sandbox, hook, env, aheadMs: 0 },
    async look({ sendTest = false } = {}) {
      const config = readConfig(patient.env, []);
      const policy = policyOf(config.policyFile ?? '');
      const findings: Finding[] = [];
      const now = () => Date.now() + patient.aheadMs;
      for await (const each of examine({ config, policy, now, sendTest })) findings.push(each);
      const writes = sandbox.world.requests.filter(({ method }) => method !== 'GET');
      expect(
        writes.map(({ route }) => route).filter((route) => !sendTest || route !== TEST),
      ).toEqual([]);
      return findings;
    },
  };
  return patient;
}

/** `YYYY-MM-DD`, so many days from today. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);
}

/** The one finding of a check; throws when there is none or several. */
export function one(findings: readonly Finding[], check: string): Finding {
  const [found, ...more] = findings.filter((each) => each.check === check);
  if (found === undefined || more.length > 0) {
    const checks = findings.map((each) => each.check).join(', ');
    throw new Error(`not one finding of "${check}" among: ${checks}`);
  }
  return found;
}
