import { SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { jsonTextMetadata } from '../http/json-text.js';

/** In what a route differs from the others of its method. */
export interface RequestTraits {
  /** It keeps its own records of idempotency keys, in the transaction of its effect. */
  readonly ownIdempotency?: boolean;
  /** Its answer holds a secret, which must not be stored in the clear. */
  readonly answersSecret?: boolean;
  /** Whether it goes into the audit log; every route does that changes something. */
  readonly audited?: boolean;
  /** It has an overload protection of its own: the limit per key does not count it. */
  readonly notPaced?: boolean;
  /** Its answer is finished text rather than an object. */
  readonly answersText?: boolean;
}

const keyOf = (trait: keyof RequestTraits): string => `postrider:${trait}`;

/** For publishing: its idempotency records are part of its own transaction. */
export const OwnIdempotency = () => SetMetadata(keyOf('ownIdempotency'), true);
/** For routes whose answer is shown once: an answer that is kept for a repetition is sealed. */
export const AnswersSecret = () => SetMetadata(keyOf('answersSecret'), true);
/** For reading what is secret. */
export const Audited = () => SetMetadata(keyOf('audited'), true);
/** For what is no change of configuration and happens thousands of times a second. */
export const NotAudited = () => SetMetadata(keyOf('audited'), false);
/** For routes that refuse by themselves what is too much. */
export const NotPaced = () => SetMetadata(keyOf('notPaced'), true);

const traitsByHandler = new WeakMap<object, RequestTraits>();

/** The traits of the route that a request goes to. */
export function traitsOf(reflector: Reflector, context: ExecutionContext): RequestTraits {
  const handler = context.getHandler();
  const known = traitsByHandler.get(handler);
  if (known !== undefined) return known;
  const traits = readTraits(reflector, handler);
  traitsByHandler.set(handler, traits);
  return traits;
}

function readTraits(reflector: Reflector, handler: ReturnType<ExecutionContext['getHandler']>): RequestTraits {
  const read = (trait: keyof RequestTraits) => reflector.get<boolean | undefined>(keyOf(trait), handler);
  return {
    ownIdempotency: read('ownIdempotency') ?? false,
    answersSecret: read('answersSecret') ?? false,
    ...(read('audited') !== undefined && { audited: read('audited') === true }),
    notPaced: read('notPaced') ?? false,
    answersText: reflector.get<boolean | undefined>(jsonTextMetadata, handler) ?? false,
  };
}
