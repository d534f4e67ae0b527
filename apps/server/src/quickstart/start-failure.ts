import { isPostriderError } from '@postrider/core';
import type { ServerConfig } from '../config/server-config.js';

/** Why the sample server cannot start, for somebody who tries it for the first time; the log has the details. */
export function describeStartFailure(error: unknown, { http }: Pick<ServerConfig, 'http'>): string {
  const isPortTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const reason = isPortTaken
    ? `Port ${http.port} is in use. Stop the program that listens there, or choose another port: PORT=${http.port + 1} npm start`
    : messageOf(error);
  return `\nPostrider cannot start. ${reason}`;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // That it was a plugin which failed means little to a newcomer.
  const { cause } = error;
  return isPostriderError(error, 'PLUGIN_START_FAILED') && cause instanceof Error ? cause.message : error.message;
}
