/** The week in some lines; a warning when less than 95 % of the deliveries succeeded. */
import { complain, percent, reportOn } from './server-api.ts';

const report = await reportOn(7 * 24);
console.log(`deliveries: ${report.deliveries}, delivered: ${percent(report.successRate)}`);
console.log(`average response time: ${report.averageResponseTime.toFixed(3)} s`);
for (const [kind, count] of Object.entries(report.errorBreakdown)) console.log(`error ${kind}: ${count}`);
for (const { endpointId, count } of report.topEndpoints) console.log(`endpoint ${endpointId}: ${count}`);
if (report.deliveries > 0 && report.successRate < 0.95) {
  complain(`warning: ${percent(report.successRate)} of the deliveries succeeded, expected 95 %`);
}
