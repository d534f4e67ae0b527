import { coreError } from '@postrider/core';
import type { ServerConfig } from '../config/server-config.js';

/** Exactly the address that the sample receiver listens on. */
export const receiverCidr = '127.0.0.1/32';

/** The configuration of a sample server: as given, but open towards its own receiver when nothing else was said. */
export function toSampleConfig(given: ServerConfig): ServerConfig {
  if (given.role !== 'all') {
    throw coreError('CONFIG_INVALID', `POSTRIDER_ROLE is ${given.role}; the sample server does everything: remove it.`);
  }
  if (given.egress.allowCidrs.length > 0) return given;
  return { ...given, egress: { ...given.egress, allowCidrs: [receiverCidr] } };
}
