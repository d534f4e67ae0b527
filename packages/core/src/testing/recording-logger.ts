import type { LogFields, Logger } from '../ports/logger.js';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

/** A logger that keeps what it is told, its children's lines included, so that a test can look at it. */
export function createRecordingLogger(): Logger & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const withBindings = (bindings: LogFields): Logger => {
    const record = (level: LogLine['level']) => (message: string, fields?: LogFields) =>
      void lines.push({ level, message, fields: { ...bindings, ...fields } });
    return {
      debug: record('debug'),
      info: record('info'),
      warn: record('warn'),
      error: record('error'),
      child: (more) => withBindings({ ...bindings, ...more }),
    };
  };
  return { ...withBindings({}), lines };
}
