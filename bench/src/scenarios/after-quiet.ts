import { measureInTurn } from '../run/context.ts';
import { chooseRate } from './choose-rate.ts';
import { createStage, healthyApplications, publishRound } from './publish-round.ts';
import type { Scenario } from './scenario.ts';

export const afterQuiet: Scenario = {
  name: 'after-quiet',
  title: 'The first second after a quiet time',
  about:
    'A server that was busy has nothing to do for a while; then messages come at half of what the closed loop reached, for one second. What was given up for being idle (connections, compiled code) shows here.',
  columns: [
    { metric: 'arrivalP99Ms', label: 'arrival p99 ms', digits: 1 },
    { metric: 'arrivalP50Ms', label: 'arrival p50 ms', digits: 1 },
    { metric: 'publishP50Ms', label: '202 p50 ms', digits: 1 },
    { metric: 'publishP99Ms', label: '202 p99 ms', digits: 1 },
    { metric: 'offeredPerSecond', label: 'offered/s' },
    { metric: 'lost', label: 'lost' },
  ],
  run: (context) =>
    measureInTurn(context, {
      systems: ['sqlite', 'postgres'],
      async prepare(running) {
        const stage = await createStage(running, healthyApplications(context.receiver, context.scale.applications));
        await publishRound(context, stage, context.scale);
        return stage;
      },
      async measure(stage, { name }) {
        const ratePerSecond = chooseRate(context, name);
        await new Promise((resolve) => setTimeout(resolve, context.scale.quietSeconds * 1_000));
        // One second's worth.
        const measured = await publishRound(context, stage, {
          ...context.scale,
          messages: ratePerSecond,
          ratePerSecond,
        });
        return { [name]: { ...measured, offeredPerSecond: ratePerSecond } };
      },
    }),
};
