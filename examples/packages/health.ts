/** A score that says why it is not 100, and probes that follow the parts of a process. */
import { systemClock } from '@postrider/core';
import { calculateHealthScore, createHealthRegistry } from '@postrider/health';

const { score, status, penalties } = calculateHealthScore({
  ...{ deliveries: 100, succeeded: 50, errored: 50, averageResponseMs: 100, openBreakers: 0 },
});
console.log(`${score} ${status}`);
for (const { name, value, explanation } of penalties) if (value > 0) console.log(`-${value} ${name}: ${explanation}`);

let isDatabaseUp = true;
const health = createHealthRegistry({ clock: systemClock });
health.add({
  name: 'database',
  criticality: 'critical',
  cacheMs: 0,
  check: async () => ({ status: isDatabaseUp ? 'up' : 'down' }),
});
health.markRunning();
console.log(`ready: ${(await health.readiness()).ok}`);
isDatabaseUp = false;
console.log(`ready without the database: ${(await health.readiness()).ok}, alive: ${health.liveness().ok}`);
