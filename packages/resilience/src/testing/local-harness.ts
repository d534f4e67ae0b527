import type { SharedState } from '../ports/shared-state.js';
import { createLocalState } from '../shared/local-state.js';
import { ManualClock } from './manual-clock.js';
import type { SharedStateHarness } from './shared-state-conformance/shared-state-harness.js';

/** The local state on a manual clock; `wrap` puts something around each. */
export function createLocalHarness({
  wrap = (state) => state,
}: { readonly wrap?: (state: SharedState) => SharedState } = {}): SharedStateHarness {
  const clock = new ManualClock();
  return {
    name: 'local',
    capabilities: { shared: false },
    unitMs: 1000,
    create: async () => wrap(createLocalState({ clock, random: () => 0.5 })),
    nowMs: () => clock.nowMs(),
    advance: (durationMs) => clock.advance(durationMs),
    close: async () => undefined,
  };
}
