import { z } from 'zod';
import { flag } from '../http/schemas/query.js';

/** What routes that start a replay understand. */
export const dryRunQuery = z.object({
  dry_run: flag().optional().meta({ description: 'Start nothing: answer 200 with what would be sent again.' }),
});

export const replayPlanOut = z
  .object({
    wouldReplay: z.int().meta({ description: 'Deliveries that would be added.' }),
    scanned: z.int().meta({ description: 'Messages or deliveries that were looked at.' }),
    complete: z.boolean().meta({ description: 'False when there is more than a dry run looks at.' }),
    endpoints: z.array(
      z.object({ appId: z.string(), endpointId: z.string(), count: z.int() }).meta({ id: 'ReplayPlanEndpoint' }),
    ),
  })
  .meta({ id: 'ReplayPlan' });

export type DryRunQuery = z.output<typeof dryRunQuery>;
export type ReplayPlan = z.output<typeof replayPlanOut>;
