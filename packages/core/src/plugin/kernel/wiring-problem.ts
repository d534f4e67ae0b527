import { coreError, type ErrorCode, type PostriderError } from '../../errors.js';

/** One reason why the plugins cannot work together as configured. */
export interface WiringProblem {
  readonly code: ErrorCode;
  /** The plugin that has to change, or that an operator has to look at first. */
  readonly plugin?: string | undefined;
  /** Id of the port or extension point concerned. */
  readonly port?: string | undefined;
  /** What was found, what was expected, what to do. */
  readonly message: string;
}

/** All problems as one error: an operator fixes them in one go, not one per boot. */
export function toWiringError(problems: readonly WiringProblem[]): PostriderError<'PLUGIN_WIRING_FAILED'> {
  const lines = problems.map((problem, index) => `  ${index + 1}. ${problem.message} [${problem.code}]`);
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return coreError('PLUGIN_WIRING_FAILED', `The plugins cannot be wired, found ${count}:\n${lines.join('\n')}`, {
    details: { problems },
  });
}

/** The message of whatever was thrown. */
export function describeThrown(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
