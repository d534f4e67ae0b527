import { measureInTurn } from '../run/context.ts';
import { products } from '../systems/systems.ts';
import { createStage, healthyApplications, publishRound } from './publish-round.ts';
import { throughputColumns, type Scenario } from './scenario.ts';

export const failingReceivers: Scenario = {
  name: 'failing-receivers',
  title: 'Failing receivers',
  about:
    'Every second message goes to an endpoint that always answers 500; retries and breakers are at work. Figures are of the healthy half, beside the same system with healthy endpoints alone.',
  columns: [{ metric: 'publishesPerSecond', label: 'publishes/s' }, ...throughputColumns],
  run: (context) =>
    measureInTurn(context, {
      systems: products,
      async prepare(running) {
        const { applications } = context.scale;
        const healthy = healthyApplications(context.receiver, applications);
        const mixed = healthy.flatMap((urls, n) => [urls, [context.receiver.url(applications + n, { status: 500 })]]);
        const beside = await createStage(running, mixed);
        return { alone: await createStage(running, healthy), beside: { ...beside, deliveriesPerMessage: 0.5 } };
      },
      async measure({ alone, beside }, { name }) {
        // Even, so that each half gets as much.
        const messages = 2 * Math.ceil(context.scale.messages / 2);
        const options = { ...context.scale, messages };
        return {
          [`${name} alone`]: await publishRound(context, alone, options),
          [`${name} beside failing ones`]: await publishRound(context, beside, options),
        };
      },
    }),
};
