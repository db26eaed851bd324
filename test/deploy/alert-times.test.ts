/** What the alerts say to figures over time, by Prometheus' own `promtool` where it is installed. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const series = fileURLToPath(new URL('alert-times.yaml', import.meta.url));
const here = spawnSync('promtool', ['--version']).status === 0;
if (!here) process.stderr.write('left out: the alerts over time (promtool is not installed)\n');

describe.skipIf(!here)('the alerts over time', () => {
  it('come and stay away as alert-times.yaml says', () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', series], {
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).not.toContain('FAILED');
    expect(status).toBe(0);
  });
});
