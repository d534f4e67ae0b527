import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { assertSupportedRuntime } from './supported-runtime.js';

describe('assertSupportedRuntime', () => {
  it('agrees with the manifest', () => {
    expect(manifest.engines.node).toBe('^22.19.0 || ^24.11.0 || >=26.0.0');
  });

  it.each(['22.19.0', '22.21.1', '24.11.0', '24.21.0', '26.0.0', '27.3.1'])('accepts Node %s', (version) => {
    expect(() => assertSupportedRuntime(version)).not.toThrow();
  });

  it.each(['18.20.8', '20.19.5', '21.7.3', '22.18.0', '23.11.0', '24.10.0', '25.2.0'])('refuses Node %s', (version) => {
    expect(() => assertSupportedRuntime(version)).toThrow(`Node ${version} cannot load the SQLite driver`);
  });
});
