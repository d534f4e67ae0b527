/** Dashboards and alert rules against the catalogue of metrics: nothing asks for what is not exported. */
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { webhookMetrics, type MetricDefinition } from '@postrider/metrics';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly {
    readonly title: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
  }[];
}

const root = dirname(dirname(import.meta.dirname));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { groups } = parse(read('docker/observability/alerts.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboards = globSync('docker/observability/grafana/dashboards/*.json', { cwd: root })
  .toSorted()
  .map((path) => JSON.parse(read(path)) as DashboardJson);
const panelQueries = dashboards.flatMap(({ panels }) =>
  panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
);

const catalogue = new Map(Object.entries<MetricDefinition>(webhookMetrics));
/** Of prom-client, which the exporter adds. */
const processMetrics = new Set(['process_resident_memory_bytes', 'process_cpu_seconds_total']);
/** Labels that Prometheus adds, not we. */
const targetLabels = new Set(['job', 'instance', 'le']);

/** Grafana fills its variables in before Prometheus sees the text. */
const withoutVariables = (expr: string): string => expr.replaceAll('$__rate_interval', '5m');

/** What a query selects: metric names with the labels that stand in braces behind them. */
function selectorsOf(expr: string): readonly { readonly metric: string; readonly labels: readonly string[] }[] {
  return [...withoutVariables(expr).matchAll(/\b((?:webhook|process)_[a-z_]+)(?:\{([^}]*)\})?/g)].map(
    ([, metric = '', matchers = '']) => ({
      metric,
      labels: [...matchers.matchAll(/([a-z_]+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
    }),
  );
}

function familyOf(metric: string): MetricDefinition | undefined {
  const base = metric.replace(/_(bucket|sum|count)$/, '');
  const isPartOfHistogram = base !== metric && catalogue.get(base)?.type === 'histogram';
  return catalogue.get(isPartOfHistogram ? base : metric);
}

/** What is wrong with a query, in words. */
function problemsOf(expr: string): string[] {
  const problems: string[] = [];
  parser.parse(withoutVariables(expr)).iterate({
    enter: ({ type, from }) => void (type.isError && problems.push(`syntax error at ${String(from)} of ${expr}`)),
  });
  for (const { metric, labels } of selectorsOf(expr)) {
    if (processMetrics.has(metric)) continue;
    const family = familyOf(metric);
    if (family === undefined) problems.push(`${metric} is not exported`);
    else if (family.type === 'histogram' && catalogue.has(metric)) {
      problems.push(`${metric} is a histogram: name a part of it`);
    }
    const unknown = labels.filter(
      (label) => family !== undefined && !(label in family.labels) && !targetLabels.has(label),
    );
    for (const label of unknown) problems.push(`${metric} has no label ${label}`);
  }
  return problems;
}

describe('the checks of queries', () => {
  it.each([
    ['sum(rate(webhook_unknown_total[5m]))', 'webhook_unknown_total is not exported'],
    ['sum(rate(webhook_deliveries_total[5m])', 'syntax error'],
    ['webhook_queue_size{colour="red"}', 'has no label colour'],
    ['webhook_end_to_end_seconds', 'is a histogram'],
    ['rate(webhook_lease_lost_total_bucket[5m])', 'is not exported'],
  ])('find what is wrong with %s', (expr, problem) => {
    expect(problemsOf(expr).join()).toContain(problem);
  });
});

describe('alert rules', () => {
  it.each(rules)('$alert asks for what is exported, and says what to do', ({ alert, expr, labels, annotations }) => {
    expect(problemsOf(expr)).toEqual([]);
    expect(['info', 'warning', 'critical']).toContain(labels.severity);
    const [page = '', anchor = ''] = annotations.runbook.split('#');
    const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
    expect(headings, `${alert} has no section`).toContain(anchor);
  });

  it('are the same in the chart', () => {
    expect(read('docker/helm/postrider/files/alerts.yaml')).toBe(read('docker/observability/alerts.yaml'));
  });

  // The only test here that needs a program of Prometheus; the syntax is checked above in any case.
  it.skipIf(spawnSync('promtool', ['--version']).error !== undefined)('pass promtool', () => {
    const text = execFileSync('promtool', ['check', 'rules', 'docker/observability/alerts.yaml'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(text).toContain(`${String(rules.length)} rules found`);
  });
});

describe('dashboards', () => {
  it('are four, each with a name of its own', () => {
    expect(dashboards.map(({ uid }) => uid)).toEqual([
      'postrider-endpoints',
      'postrider-overview',
      'postrider-queue-and-workers',
      'postrider-storage',
    ]);
  });

  it.each(dashboards)('$title asks for what is exported', ({ panels }) => {
    expect(panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => problemsOf(expr)))).toEqual([]);
  });

  it.each(dashboards)('$title has no panel over another', ({ panels }) => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${String(x + (cell % w))},${String(y + Math.floor(cell / w))}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('show every metric that is exported', () => {
    const shown = new Set(
      panelQueries.flatMap(selectorsOf).map(({ metric }) => metric.replace(/_(bucket|sum|count)$/, '')),
    );
    expect([...catalogue.keys()].filter((name) => !shown.has(name))).toEqual([]);
  });
});
