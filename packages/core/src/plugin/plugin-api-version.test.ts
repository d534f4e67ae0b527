import { describe, expect, it } from 'vitest';
import { acceptsApiVersion, isApiRange, pluginApiVersion } from './plugin-api-version.js';

describe('acceptsApiVersion', () => {
  it.each([
    ['^1.0.0', '1.0.0', true],
    ['^1.0.0', '1.4.2', true],
    ['^1.1.0', '1.0.0', false],
    ['^1.0.0', '2.0.0', false],
    ['>=1.2.0 <3', '2.9.0', true],
    // Pre-releases lie inside the ranges that surround them.
    ['^1.0.0', '1.1.0-rc.1', true],
    ['^1.1.0', '1.1.0-rc.1', false],
    ['^1.0.0', '2.0.0-rc.1', false],
    ['^2.0.0-rc.0', '2.0.0-rc.1', true],
    ['^2.0.0-rc.0', '2.0.0', true],
  ])('range %s, host %s: %s', (range, version, expected) => {
    expect(acceptsApiVersion(range, version)).toBe(expected);
  });

  it('accepts the caret range of the present version', () => {
    expect(acceptsApiVersion(`^${pluginApiVersion}`, pluginApiVersion)).toBe(true);
  });
});

describe('isApiRange', () => {
  it.each([['^1.0.0'], ['1.x'], ['>=1 <3']])('accepts %j', (range) => expect(isApiRange(range)).toBe(true));
  it.each([[''], [' '], ['latest'], [undefined], [1]])('refuses %j', (range) => expect(isApiRange(range)).toBe(false));
});
