import type { ScenarioContext } from '../run/context.ts';
import { median } from '../statistics.ts';
import type { SystemName } from '../systems/system.ts';

/** Messages per second: half of what the closed loop reached in this run, unless a rate is given. */
export function chooseRate(context: ScenarioContext, name: SystemName): number {
  if (context.scale.offeredRate > 0) return context.scale.offeredRate;
  const measured = context.run.scenarios['end-to-end']?.rows[name]?.['deliveriesPerSecond'];
  if (measured === undefined) {
    throw new Error(`What ${name} can do is not known: run end-to-end as well, or give --offered-rate.`);
  }
  return Math.max(1, Math.round(median(measured) / 2));
}
