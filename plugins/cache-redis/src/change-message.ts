import { z } from 'zod';

const changeMessage = z.object({
  /** The instance that made the change, which knows of it. */
  from: z.string(),
  kind: z.enum(['key', 'tag', 'pattern', 'clear']),
  /** Of what; empty for `clear`. */
  name: z.string(),
});

/** What the instances tell each other, so that none keeps in memory what another has changed. */
export type ChangeMessage = z.output<typeof changeMessage>;

/** `undefined` for what somebody else sends on the channel. */
export function parseChangeMessage(text: string): ChangeMessage | undefined {
  try {
    return changeMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
