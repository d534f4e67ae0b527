import type { ServerConfig } from '../config/server-config.js';
import { describeStartFailure as describeReason } from '../process/describe-start-failure.js';

/** Why the sample server cannot start, for somebody who tries it for the first time; the log has the details. */
export function describeStartFailure(error: unknown, { http }: Pick<ServerConfig, 'http'>): string {
  const isPortTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const reason = isPortTaken
    ? `Port ${http.port} is in use. Stop the program that listens there, or choose another port: PORT=${http.port + 1} npm start`
    : describeReason(error);
  return `\nPostrider cannot start. ${reason}`;
}
