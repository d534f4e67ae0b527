import { describe, expect, it } from 'vitest';
import { createInstallation, publish } from '../../test/support/engine-harness.js';
import { answer } from '../../test/support/scripted-sender.js';
import type { DeliveryObserver } from '../ports/delivery-observer.js';

describe('an observer', () => {
  it('hears of stored messages, recorded outcomes and disabled endpoints, whatever its neighbours do', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const endpoint = await place.addEndpoint(application);
    const heard: string[] = [];
    const faulty: DeliveryObserver = {
      published: () => {
        throw new Error('Not my day.');
      },
    };
    const attentive: DeliveryObserver = {
      published: ({ messages, commitMs }) => heard.push(`published ${messages.length} in ${commitMs} ms`),
      recorded: ({ outcomes }) => heard.push(`recorded ${outcomes.map(({ next }) => next.status).join()}`),
      endpointDisabled: ({ id, disabledReason }) => heard.push(`disabled ${id} ${disabledReason}`),
    };
    const { engine, sender } = place.createEngine({}, { observers: { all: () => [faulty, {}, attentive] } });
    sender.script = (_request, index) => answer(index === 0 ? 200 : 410);
    await engine.start();
    await publish(engine, application);
    await place.clock.advance(10);
    await publish(engine, application);
    await place.clock.advance(10);
    expect(heard).toEqual([
      'published 1 in 0 ms',
      'recorded delivered',
      'published 1 in 0 ms',
      `disabled ${endpoint.id} gone`,
      'recorded dead_letter',
    ]);
    expect(place.logger.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
    await engine.stop();
  });
});
