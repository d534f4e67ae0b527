import type { Logger } from '@postrider/core';
import type { AlertChannel } from '../ports/alert-channel.js';

/** Writes alerts to the log: critical ones as errors, warnings as warnings, resolved ones as information. */
export function createLogChannel(logger: Logger): AlertChannel {
  return {
    name: 'log',
    notify: async ({ kind, alert }) => {
      const { message, ...fields } = alert;
      const text = `alert ${kind}: ${message}`;
      if (kind === 'resolved') logger.info(text, fields);
      else if (alert.severity === 'critical') logger.error(text, fields);
      else logger.warn(text, fields);
    },
  };
}
