/** A dashboard in few words; `toGrafana` spells it out. */
export interface Dashboard {
  /** Name of the file and of the dashboard in links. */
  readonly id: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** One panel: numbers over time unless `kind` says otherwise. */
export interface Panel {
  readonly title: string;
  /** What a reader should know who sees it for the first time. */
  readonly description: string;
  readonly kind?: 'timeseries' | 'stat';
  readonly unit: 'short' | 'ops' | 's' | 'percentunit' | 'bytes';
  /** PromQL by legend; a legend may name labels as {{label}}. */
  readonly queries: Readonly<Record<string, string>>;
  readonly stacked?: boolean;
}

const columns = 24;
const datasource = { type: 'prometheus', uid: 'postrider-prometheus' };

/** The JSON that Grafana reads. Panels flow from left to right: three to a row, or six when they are single numbers. */
export function toGrafana({ id, title, panels }: Dashboard): object {
  let x = 0;
  let y = 0;
  return {
    uid: `postrider-${id}`,
    title: `Postrider: ${title}`,
    tags: ['postrider'],
    schemaVersion: 41,
    editable: false,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    timezone: 'browser',
    links: [{ type: 'dashboards', tags: ['postrider'], title: 'Postrider', asDropdown: false, keepTime: true }],
    panels: panels.map((panel, index) => {
      const size = panel.kind === 'stat' ? { w: 4, h: 4 } : { w: 8, h: 8 };
      const previous = panels[index - 1];
      const startsRow = x + size.w > columns || (previous !== undefined && previous.kind !== panel.kind);
      if (startsRow) {
        x = 0;
        y += previous?.kind === 'stat' ? 4 : 8;
      }
      const gridPos = { ...size, x, y };
      x += size.w;
      return toPanel(panel, { id: index + 1, gridPos });
    }),
  };
}

function toPanel(panel: Panel, place: { readonly id: number; readonly gridPos: object }): object {
  const { title, description, kind = 'timeseries', unit, queries, stacked = false } = panel;
  const custom = {
    fillOpacity: stacked ? 40 : 8,
    showPoints: 'never',
    stacking: { mode: stacked ? 'normal' : 'none' },
  };
  return {
    ...place,
    type: kind,
    title,
    description,
    datasource,
    fieldConfig: { defaults: { unit, min: 0, ...(kind === 'timeseries' ? { custom } : {}) }, overrides: [] },
    options:
      kind === 'stat'
        ? { reduceOptions: { calcs: ['lastNotNull'] }, graphMode: 'area' }
        : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
    targets: Object.entries(queries).map(([legendFormat, expr], index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource,
      expr,
      legendFormat,
    })),
  };
}
