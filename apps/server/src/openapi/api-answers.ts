import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

const validationIssue = z
  .object({ loc: z.array(z.union([z.string(), z.int()])), msg: z.string(), type: z.string() })
  .meta({ id: 'ValidationIssue' });

const problemFields = {
  type: z.string(),
  title: z.string(),
  status: z.int(),
  instance: z.string(),
  code: z.string().meta({ description: 'What programs compare.' }),
  requestId: z.string(),
};

const problem = z.object({ ...problemFields, detail: z.string() }).meta({ id: 'Problem' });
const validationProblem = z
  .object({ ...problemFields, detail: z.array(validationIssue) })
  .meta({ id: 'ValidationProblem' });

export interface ApiAnswersOptions {
  readonly summary: string;
  readonly ok?: z.ZodType;
  readonly created?: z.ZodType;
  readonly accepted?: z.ZodType;
  readonly noContent?: boolean;
  /** The route can answer 409. */
  readonly conflict?: boolean;
  /** The route can answer 413. */
  readonly tooLarge?: boolean;
  /** The route needs no key. */
  readonly public?: boolean;
}

/** Documents a route: what it answers when it works, and every refusal that callers should expect. */
export function ApiAnswers(options: ApiAnswersOptions): MethodDecorator {
  const success = [
    [200, options.ok],
    [201, options.created],
    [202, options.accepted],
  ] as const;
  const refusals: readonly (readonly [number, string, z.ZodType])[] = [
    [400, 'The request cannot be understood.', problem],
    ...(options.public === true
      ? []
      : ([
          [401, 'There is no valid key.', problem],
          [403, 'The key lacks the scope.', problem],
          [404, 'There is no such thing in this environment.', problem],
        ] as const)),
    ...(options.conflict === true ? ([[409, 'What is stored stands in its way.', problem]] as const) : []),
    ...(options.tooLarge === true ? ([[413, 'It is too large.', problem]] as const) : []),
    [422, 'A rule is broken; `detail` lists each one.', validationProblem],
    [503, 'It cannot be done now; `retry-after` says when to try again.', problem],
  ];
  return applyDecorators(
    ApiOperation({ summary: options.summary }),
    ...success.flatMap(([status, schema]) =>
      schema === undefined ? [] : [ApiResponse({ status, description: 'Done.', standardSchema: schema })],
    ),
    ...(options.noContent === true ? [ApiResponse({ status: 204, description: 'Done.' })] : []),
    ...refusals.map(([status, description, schema]) => ApiResponse({ status, description, standardSchema: schema })),
  );
}
