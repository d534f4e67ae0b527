import { coreError } from '../../errors.js';
import type { Contribution, ExtensionPoint } from '../define-extension-point.js';
import type { Port } from '../define-port.js';

/** What the ports of a host are bound to, and what was contributed to its extension points. */
export class PortRegistry {
  readonly #ports = new Map<string, { readonly version: number; readonly implementation: unknown }>();
  readonly #contributions = new Map<string, unknown[]>();
  #complete = false;

  add(port: Port<unknown>, implementation: unknown): void {
    this.#ports.set(port.id, { version: port.version, implementation });
  }

  addContribution({ point, item }: Contribution<unknown>): void {
    const items = this.#contributions.get(point.id);
    if (items === undefined) this.#contributions.set(point.id, [item]);
    else items.push(item);
  }

  /** No more contributions come: they may be read. */
  complete(): void {
    this.#complete = true;
  }

  has(portId: string): boolean {
    return this.#ports.has(portId);
  }

  /** `undefined` when nobody provides the port; throws `PORT_VERSION_MISMATCH` for another version of it. */
  find<T>(port: Port<T>): T | undefined {
    const found = this.#ports.get(port.id);
    if (found === undefined) return undefined;
    if (found.version !== port.version) {
      throw coreError(
        'PORT_VERSION_MISMATCH',
        `Version ${port.version} of port "${port.id}" was asked for, but version ${found.version} is provided.`,
      );
    }
    // The binding was typed by the same port where it was made; the id and the version tie the two together.
    return found.implementation as T;
  }

  /** Throws `PORT_MISSING` when nobody provides the port. */
  get<T>(port: Port<T>): T {
    const found = this.find(port);
    if (found === undefined) {
      throw coreError('PORT_MISSING', `Port "${port.id}" is not provided: add a plugin that does.`);
    }
    return found;
  }

  /** Throws `PLUGIN_STATE_INVALID` before every plugin is set up. */
  contributions<T>(point: ExtensionPoint<T>): readonly T[] {
    if (!this.#complete) {
      throw coreError(
        'PLUGIN_STATE_INVALID',
        `Contributions to "${point.id}" were read while plugins are being set up: read them in start or later.`,
      );
    }
    return (this.#contributions.get(point.id) ?? []) as readonly T[];
  }
}
