import type { Application, Endpoint, EndpointSecret, RoutedEndpoint } from '@postrider/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RoutingTable } from './routing-table.js';

const at = new Date(0);
const application: Application = {
  id: 'app_1',
  environmentId: 'env_1',
  name: 'Customer',
  metadata: {},
  version: 1,
  createdAt: at,
  updatedAt: at,
};
const secret = (key: string): EndpointSecret => ({ scheme: 'v1', key, createdAt: at });
const keyA = secret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
const keyB = secret('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');

function routed(id: string, more: Partial<Endpoint> = {}, secrets: readonly EndpointSecret[] = [keyA]): RoutedEndpoint {
  const endpoint: Endpoint = {
    id,
    environmentId: 'env_1',
    applicationId: 'app_1',
    url: `https://receiver.example/${id}`,
    description: '',
    metadata: {},
    disabled: false,
    headers: {},
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...more,
  };
  return { endpoint, secrets, state: { applicationId: 'app_1', endpointId: id } };
}

function match(endpoints: readonly RoutedEndpoint[], eventType: string, channels?: readonly string[]): string[] {
  // What is no JSON fails the test where nobody filters and yet it is read.
  return matchPayload(endpoints, { eventType, channels, payload: 'not read' });
}

function matchPayload(endpoints: readonly RoutedEndpoint[], message: Parameters<RoutingTable['match']>[0]): string[] {
  return new RoutingTable({ application, endpoints }).match(message).map(({ endpoint }) => endpoint.id);
}

describe('matching', () => {
  it('gives an endpoint with a filter only messages of its types and channels whose payload passes', () => {
    const filter = { data: { amount: { $gte: 100 } } };
    const endpoints = [
      routed('all'),
      routed('large', { filter }),
      routed('paid', { filter, eventTypes: ['paid'] }),
      routed('red', { filter, channels: ['red'] }),
    ];
    const large = '{"data":{"amount":100}}';
    expect(matchPayload(endpoints, { eventType: 'paid', payload: large })).toEqual(['all', 'large', 'paid']);
    expect(matchPayload(endpoints, { eventType: 'x', channels: ['red'], payload: large })).toEqual([
      'all',
      'large',
      'red',
    ]);
    expect(matchPayload(endpoints, { eventType: 'paid', payload: '{"data":{"amount":99}}' })).toEqual(['all']);
    expect(matchPayload(endpoints, { eventType: 'paid', payload: 'null' })).toEqual(['all']);
    expect(match([routed('all'), routed('other', { filter, eventTypes: ['other'] })], 'paid')).toEqual(['all']);
    expect(match([routed('all'), routed('red', { filter, channels: ['red'] })], 'paid')).toEqual(['all']);
  });

  it('gives every message to an endpoint without event types and without channels', () => {
    expect(match([routed('all')], 'any.type')).toEqual(['all']);
    expect(match([routed('all')], 'any.type', ['red'])).toEqual(['all']);
  });

  it('gives an endpoint with event types those and no others', () => {
    const endpoints = [routed('all'), routed('paid', { eventTypes: ['invoice.paid', 'invoice.sent'] })];
    expect(match(endpoints, 'invoice.paid')).toEqual(['all', 'paid']);
    expect(match(endpoints, 'invoice.sent')).toEqual(['all', 'paid']);
    expect(match(endpoints, 'invoice')).toEqual(['all']);
    expect(match(endpoints, 'user.created')).toEqual(['all']);
  });

  it('gives an endpoint with channels only messages that carry one of them', () => {
    const endpoints = [routed('all'), routed('red', { channels: ['red', 'pink'] })];
    expect(match(endpoints, 'x', ['blue', 'pink'])).toEqual(['all', 'red']);
    expect(match(endpoints, 'x', ['blue'])).toEqual(['all']);
    expect(match(endpoints, 'x', [])).toEqual(['all']);
    expect(match(endpoints, 'x')).toEqual(['all']);
  });

  it('gives a disabled endpoint nothing, but still knows it', () => {
    const endpoints = [routed('off', { disabled: true, eventTypes: ['x'] }), routed('on')];
    expect(match(endpoints, 'x')).toEqual(['on']);
    const table = new RoutingTable({ application, endpoints });
    expect(table.target('off')?.endpoint.disabled).toBe(true);
    expect(table.target('unknown')).toBeUndefined();
  });

  it('agrees with the rules applied one endpoint at a time', () => {
    const name: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd');
    const some = fc.option(fc.uniqueArray(name, { minLength: 1 }), { nil: undefined });
    const endpoint = fc.record({ eventTypes: some, channels: some, disabled: fc.boolean() });
    const message = fc.record({ eventType: name, channels: fc.option(fc.uniqueArray(name), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(endpoint, { maxLength: 8 }), message, (configs, { eventType, channels }) => {
        const endpoints = configs.map((config, index) => routed(`ep_${index}`, config));
        const expected = endpoints
          .map(({ endpoint: one }) => one)
          .filter((one) => !one.disabled)
          .filter((one) => one.eventTypes === undefined || one.eventTypes.includes(eventType))
          .filter((one) => one.channels === undefined || one.channels.some((channel) => channels?.includes(channel)))
          .map(({ id }) => id);
        expect(match(endpoints, eventType, channels)).toEqual(expected);
      }),
    );
  });
});

describe('a table read again', () => {
  it('keeps the signer of an endpoint whose secrets did not change, whatever else did', () => {
    const before = new RoutingTable({ application, endpoints: [routed('ep_1'), routed('ep_2')] });
    const signers = ['ep_1', 'ep_2'].map((id) => before.target(id)?.signer);
    const after = new RoutingTable(
      {
        application,
        endpoints: [routed('ep_1', { version: 2, url: 'https://new.example/' }), routed('ep_2', {}, [keyB, keyA])],
      },
      before,
    );
    expect(after.target('ep_1')?.endpoint.url).toBe('https://new.example/');
    expect(after.target('ep_1')?.signer).toBe(signers[0]);
    expect(after.target('ep_2')?.signer).not.toBe(signers[1]);
  });
});

describe('the fixed headers of a target', () => {
  it('let custom headers replace the user agent, not the content type', () => {
    const headers = { 'user-agent': 'Own/1', 'content-type': 'text/plain', authorization: 'Basic x' };
    const table = new RoutingTable({ application, endpoints: [routed('ep_1', { headers }), routed('ep_2')] });
    expect(table.target('ep_1')?.headers('Postrider/1')).toEqual({ ...headers, 'content-type': 'application/json' });
    expect(table.target('ep_2')?.headers('Postrider/1')).toEqual({
      'user-agent': 'Postrider/1',
      'content-type': 'application/json',
    });
  });
});
