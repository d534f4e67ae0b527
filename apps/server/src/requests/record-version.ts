import { Injectable, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../http/api-error.js';
import type { RequestStep, Wrap } from './request-step.js';
import type { RequestTraits } from './request-traits.js';
import { currentIfMatch } from './request-trail.js';

/** What tells one state of a record from every other one. */
interface Versioned {
  readonly version: number;
  readonly createdAt: Date;
}

const tagOf = Symbol('postrider.etag');

/** The entity tag of a record. The creation is part of it: a uid may come back with another record. */
function etagOf({ version, createdAt }: Versioned): string {
  return `"${version}-${createdAt.getTime().toString(36)}"`;
}

/** Gives an answer the entity tag of the record that it shows; nothing of it is in the body. */
export function withVersion<T extends object>(answer: T, record: Versioned): T {
  Object.defineProperty(answer, tagOf, { value: etagOf(record), enumerable: false });
  return answer;
}

/** 412 unless the request under way knows this state of the record, or does not say what it knows. */
export function checkIfMatch(record: Versioned | undefined): void {
  const expected = currentIfMatch();
  if (expected === undefined) return;
  const tags = new Set(expected.split(',').map((tag) => tag.trim()));
  if (record !== undefined && (tags.has('*') || tags.has(etagOf(record)))) return;
  throw new ApiError({
    status: 412,
    code: 'precondition_failed',
    detail: 'It was changed since the version of if-match: read it again, and apply the change to that.',
  });
}

/** Sends the entity tag of answers that have one. */
@Injectable()
export class RecordVersionStep implements RequestStep {
  around(context: ExecutionContext, { answersText }: RequestTraits): Wrap | undefined {
    if (answersText === true) return undefined;
    return async (proceed) => {
      const answer = await proceed();
      if (typeof answer === 'object' && answer !== null && tagOf in answer) {
        context.switchToHttp().getResponse<FastifyReply>().header('etag', answer[tagOf]);
      }
      return answer;
    };
  }
}
