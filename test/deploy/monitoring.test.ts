/** The dashboard and the alerts: every expression is PromQL, and asks for nothing that a running bot does not show. */
import { readFileSync } from 'node:fs';
import type { SyntaxNodeRef } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Stage, setStage } from '../e2e/bot.ts';
import { until } from '../queue/until.ts';
import { scrape } from '../seeing/scrape.ts';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
}
interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const alerts = (
  parse(read('deploy/monitoring/alerts.yaml')) as { groups: { rules: Alert[] }[] }
).groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(read('deploy/monitoring/dashboard.json')) as { panels: Panel[] };

const asked = [
  ...alerts.map(({ alert, expr }) => ({ from: alert, expr, legend: '' })),
  ...panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({ from: title, expr, legend: legendFormat })),
  ),
];

/** What Prometheus itself knows of each process that it scrapes, and puts on each of its series. */
const fromPrometheus = new Map([['up', new Set<string>()]]);
const onEach = ['job', 'instance'];
/** The outcomes that the bot shows, by the name of the series. */
const outcomes = new Map<string, Set<string>>();
/** Label names by the name of the series, as the bot shows them. */
const shown = new Map<string, Set<string>>(fromPrometheus);

/** Names that an expression uses: of series with the labels that are matched, and of labels that it groups by. */
function namesIn(expr: string) {
  // Grafana puts a duration in its place before Prometheus sees it.
  const text = expr.replaceAll('$__rate_interval', '5m');
  const errors: string[] = [];
  const series: { name: string; labels: string[]; outcomes: string[] }[] = [];
  const groups: string[] = [];
  const at = ({ from, to }: SyntaxNodeRef) => text.slice(from, to);
  let inGroup = false;
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) errors.push(`${text} at ${node.from}`);
      if (node.name === 'GroupingLabels') inGroup = true;
      if (node.name === 'VectorSelector') series.push({ name: '', labels: [], outcomes: [] });
      if (node.name === 'Identifier') {
        series.splice(-1, 1, { name: at(node), labels: [], outcomes: [] });
      }
      if (node.name === 'UnquotedLabelMatcher') {
        const [, values = ''] = /^outcome=~?"(.*)"$/.exec(at(node)) ?? [];
        series.at(-1)?.outcomes.push(...values.split('|').filter((value) => value !== ''));
      }
      if (node.name !== 'LabelName') return;
      if (inGroup) groups.push(at(node));
      else series.at(-1)?.labels.push(at(node));
    },
    leave: (node) => {
      if (node.name === 'GroupingLabels') inGroup = false;
    },
  });
  return { errors, series, groups };
}

/** What is asked for and not shown, as sentences. */
function missing(expr: string, legend: string): string[] {
  const { errors, series, groups } = namesIn(expr);
  const known = new Set([...onEach, ...series.flatMap(({ name }) => [...(shown.get(name) ?? [])])]);
  const inLegend = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  return [
    ...errors.map((error) => `not PromQL: ${error}`),
    ...series.filter(({ name }) => !shown.has(name)).map(({ name }) => `no series ${name}`),
    ...series.flatMap(({ name, labels }) =>
      labels
        .filter((label) => !onEach.includes(label) && !shown.get(name)?.has(label))
        .map((label) => `no label ${label} at ${name}`),
    ),
    ...series.flatMap(({ name, outcomes: wanted }) =>
      wanted
        .filter((outcome) => !outcomes.get(name)?.has(outcome))
        .map((outcome) => `no outcome ${outcome} at ${name}`),
    ),
    ...[...groups, ...inLegend]
      .filter((label) => !known.has(label))
      .map((label) => `no label ${label}`),
  ];
}

describe('dashboard and alerts', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    const env = { SWEEP_INTERVAL: '1s' };
    const { url } = await stage.startBot(undefined, env, { processMetrics: true });
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null, 120_000);
    // One answer that tells the limits, as every answer of GitLab.com does.
    stage.sandbox.world.faults.push({ kind: 'rate_limited', retryAfter: 1, times: 1 });
    await until(async () => {
      for (const { name, labels } of await scrape(url)) {
        shown.set(name, new Set([...(shown.get(name) ?? []), ...Object.keys(labels)]));
        const { outcome } = labels;
        if (outcome) outcomes.set(name, (outcomes.get(name) ?? new Set()).add(outcome));
      }
      const last = ['scoping_bot_hook_state', 'scoping_bot_gitlab_rate_limit'];
      return last.every((name) => shown.has(name));
    }, 120_000);
  }, 240_000);

  afterAll(async () => {
    await stage.stop();
  });

  it.each(asked)('$from asks for what there is', ({ expr, legend }) => {
    expect(namesIn(expr).series.length).toBeGreaterThan(0);
    expect(missing(expr, legend)).toEqual([]);
  });

  it.each([
    ['sum(rate(scoping_bot_hook_total[5m]))', 'no series scoping_bot_hook_total'],
    ['scoping_bot_hooks_total{result="queued"}', 'no label result at scoping_bot_hooks_total'],
    ['scoping_bot_hooks_total{outcome=~"shed|lost"}', 'no outcome lost'],
    ['sum by (kind) (scoping_bot_hooks_total)', 'no label kind'],
    ['sum(rate(scoping_bot_hooks_total[5m])', 'not PromQL'],
  ])('would find fault with %s', (expr, fault) => {
    expect(missing(expr, '').join('\n')).toContain(fault);
  });

  it('an alert has a severity, a sentence, and a heading in docs/operating.md named like it', () => {
    for (const { alert, labels, annotations } of alerts) {
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(annotations.summary).toMatch(/^[A-Z].*\.$/);
      expect(annotations.runbook_url).toBe(`docs/operating.md#${alert.toLowerCase()}`);
    }
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it('the job is called in the alerts as the snippet for prometheus.yml in docs/operating.md calls it', () => {
    const [, snippet = ''] =
      /```yaml\n# prometheus\.yml\n(.+?)```/s.exec(read('docs/operating.md')) ?? [];
    const { scrape_configs: jobs } = parse(snippet) as { scrape_configs: { job_name: string }[] };
    const wanted = asked.flatMap(({ expr }) => [...expr.matchAll(/\bjob="([^"]+)"/g)]);
    expect(wanted.length).toBeGreaterThan(0);
    expect(new Set(wanted.map(([, job]) => job))).toEqual(
      new Set(jobs.map(({ job_name }) => job_name)),
    );
  });

  it('a series that any program shows is asked of our job only', () => {
    const anyones = asked.filter(({ expr }) => /\b(up|process_\w+|nodejs_\w+)\b/.test(expr));
    expect(anyones.length).toBeGreaterThan(1);
    for (const { expr } of anyones) {
      expect(expr).not.toMatch(/\b(up|process_\w+|nodejs_\w+)\b(?!\{job="scoping-bot"\})/);
    }
  });

  it('each of those headings is there', () => {
    const headings = [...read('docs/operating.md').matchAll(/^#+ +(.+?) *$/gm)].map(
      ([, words = '']) => words.replaceAll('`', '').toLowerCase(),
    );
    for (const { alert } of alerts) expect(headings).toContain(alert.toLowerCase());
  });
});
