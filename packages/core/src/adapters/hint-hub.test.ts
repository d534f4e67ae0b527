import { describe, expect, it } from 'vitest';
import type { Hint, HintListener, HintRelay } from '../ports/hint-relay.js';
import type { Invalidation } from '../ports/invalidations.js';
import { FakeClock } from '../testing/fake-clock.js';
import { createRecordingLogger } from '../testing/recording-logger.js';
import { createHintHub, type HintHub } from './hint-hub.js';

/** Connects hubs as a database would: each hears the others, and not itself. */
class Wire {
  readonly sent: Hint[] = [];
  readonly #ends: { readonly listener: HintListener; readonly relay: HintRelay }[] = [];

  connect(hub: HintHub): () => void {
    const ends = this.#ends;
    const relay: HintRelay = {
      name: 'wire',
      isConnected: true,
      send: (hint) => {
        this.sent.push(hint);
        for (const end of ends) if (end.relay !== relay) end.listener.received(hint);
      },
      subscribe: (listener) => {
        const end = { listener, relay };
        ends.push(end);
        return () => void ends.splice(ends.indexOf(end), 1);
      },
    };
    return hub.attach(relay);
  }

  reconnect(): void {
    for (const { listener } of this.#ends) listener.connected();
  }
}

function createListeningHub() {
  const clock = new FakeClock();
  const logger = createRecordingLogger();
  const hub = createHintHub({ clock, logger });
  const heard: Invalidation[] = [];
  let woken = 0;
  hub.invalidations.subscribe((invalidation) => heard.push(invalidation));
  hub.wake.subscribe(() => (woken += 1));
  return { clock, logger, hub, heard, woken: () => woken };
}

describe('createHintHub', () => {
  it('tells listeners of this process before publish returns, and those of others by every relay', () => {
    const [one, other] = [createListeningHub(), createListeningHub()];
    const wires = [new Wire(), new Wire()];
    for (const wire of wires) for (const { hub } of [one, other]) wire.connect(hub);
    one.hub.invalidations.publish({ tags: ['app:1'] });
    const tags = { kind: 'tags', tags: ['app:1'] };
    expect(one.heard).toEqual([tags]);
    expect(other.heard).toEqual([tags, tags]);
    expect(wires.map(({ sent }) => sent.length)).toEqual([1, 1]);
  });

  it('wakes the workers of all processes, the others at most every 50 ms', async () => {
    const [one, other] = [createListeningHub(), createListeningHub()];
    const wire = new Wire();
    for (const { hub } of [one, other]) wire.connect(hub);
    for (let count = 0; count < 100; count += 1) one.hub.wake.notify();
    await Promise.resolve();
    expect([one.woken(), other.woken(), wire.sent.length]).toEqual([1, 1, 1]);
    // The last of them may be about work that the first did not know of.
    await one.clock.advance(50);
    expect(wire.sent).toEqual([{ kind: 'work_due' }, { kind: 'work_due' }]);
    await one.clock.advance(500);
    expect(wire.sent).toHaveLength(2);
  });

  it('distrusts everything and looks for work when a relay connects anew', async () => {
    const { hub, heard, woken } = createListeningHub();
    const wire = new Wire();
    wire.connect(hub);
    wire.reconnect();
    await Promise.resolve();
    expect(heard).toEqual([{ kind: 'everything' }]);
    expect(woken()).toBe(1);
  });

  it('goes on when a listener throws, and without a relay or after it was taken away', () => {
    const { hub, heard, logger } = createListeningHub();
    hub.invalidations.subscribe(() => {
      throw new Error('a listener of poor quality');
    });
    const last: Invalidation[] = [];
    const leave = hub.invalidations.subscribe((invalidation) => last.push(invalidation));
    const wire = new Wire();
    wire.connect(hub)();
    hub.invalidations.publish({ tags: ['a'] });
    leave();
    leave();
    hub.invalidations.publish({ tags: ['b'] });
    expect(heard).toHaveLength(2);
    expect(last).toEqual([{ kind: 'tags', tags: ['a'] }]);
    expect(wire.sent).toEqual([]);
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });
});
