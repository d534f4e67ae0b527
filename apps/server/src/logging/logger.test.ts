import { describe, expect, it } from 'vitest';
import { coreError } from '@postrider/core';
import { createPinoLogger } from './pino-logger.js';

function capture() {
  const lines: string[] = [];
  const logger = createPinoLogger({
    level: 'debug',
    destination: { write: (line) => void lines.push(line) },
    secrets: ['chosen-by-an-operator-"1"', 'postgres://app:hunter22@db/app'],
  });
  return { logger, lines };
}

const canaries = [
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'pr_0123456789ab_0123456789012345678901234567890123456789012abcdef',
  'chosen-by-an-operator-"1"',
  'hunter22',
  'user:pass@',
];

describe('the log', () => {
  it('shows no secret, wherever it stands', () => {
    const { logger, lines } = capture();
    for (const canary of canaries) {
      const text = canary === 'user:pass@' ? 'https://user:pass@hooks.example.com/' : canary;
      const dsn = text === 'hunter22' ? 'postgres://app:hunter22@db/app' : text;
      logger.warn(`found ${dsn}`, { nested: { value: dsn }, error: new Error(`about ${dsn}`) });
      logger.child({ key: dsn }).info('bound');
    }
    logger.info('headers', {
      headers: { authorization: 'Bearer anything', cookie: 'a=b' },
      authorization: 'Basic eA==',
    });
    const written = lines.join('');
    for (const canary of [...canaries, 'Bearer anything', 'a=b', 'eA==']) {
      expect(written).not.toContain(canary);
      expect(written).not.toContain(JSON.stringify(canary).slice(1, -1));
    }
    expect(written).toContain('pr_0123456789ab_[redacted]');
  });

  it('shows of an error what names the fault, and nothing that a library attached', () => {
    const { logger, lines } = capture();
    const driverError = Object.assign(new Error('violates a check'), {
      code: '23514',
      detail: 'Failing row contains (canary-in-detail).',
    });
    const cause = Object.assign(new Error('query failed', { cause: driverError }), {
      parameters: ['canary-in-parameters'],
      driverError,
    });
    logger.error('it broke', {
      error: coreError('STORAGE_CORRUPT', 'outer', { cause, details: { table: 'messages' } }),
    });
    const [line = ''] = lines;
    expect(line).not.toContain('canary');
    expect(JSON.parse(line)).toMatchObject({
      error: {
        type: 'PostriderError',
        code: 'STORAGE_CORRUPT',
        message: 'outer',
        details: { table: 'messages' },
        cause: { message: 'query failed', cause: { code: '23514', message: 'violates a check' } },
      },
    });
  });

  it('survives causes that lead in a circle, and values that are no errors', () => {
    const { logger, lines } = capture();
    const first = new Error('first');
    first.cause = new AggregateError([first, 'text'], 'second');
    logger.error('circle', { error: first });
    logger.error('object', { error: { token: 'canary' } });
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('canary');
  });

  it('is one JSON object per line, with the error under its key', () => {
    const { logger, lines } = capture();
    logger.error('it broke', { error: new Error('why') });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      message: 'it broke',
      error: { message: 'why' },
    });
  });
});
