/** Every endpoint to which less than 90 % of the last week's deliveries succeeded, with its errors and its trend. */
import { complain, percent, read, readAll } from './server-api.ts';

interface EndpointReport {
  readonly deliveries: number;
  readonly successRate: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly trend: { readonly direction: string };
}

for await (const application of readAll<{ id: string; name: string }>('/app')) {
  for await (const endpoint of readAll<{ id: string }>(`/app/${application.id}/endpoint`)) {
    const query = { app_id: application.id, days: '7' };
    const report = await read<EndpointReport>(`/analytics/endpoints/${endpoint.id}`, query);
    const line = `${application.name}, ${endpoint.id}: ${percent(report.successRate)} of ${report.deliveries}`;
    if (report.deliveries === 0 || report.successRate >= 0.9) {
      console.log(line);
      continue;
    }
    const errors = Object.entries(report.errors).map(([kind, count]) => `${kind} ×${count}`);
    complain(`warning: ${line}, expected 90 %; ${errors.join(', ')}; ${report.trend.direction}`);
  }
}
