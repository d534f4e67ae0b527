import type { ApiSchemas } from './create-client.js';

/** The body of every answer that is not a success. */
export type ApiProblem = ApiSchemas['Problem'] | ApiSchemas['ValidationProblem'];

/** What calls of the client resolve to. */
export interface ApiResult<T> {
  readonly data?: T | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** An answer that is not a success. */
export class PostriderApiError extends Error {
  readonly status: number;
  /** What programs compare, such as `not_found`; `unknown` when the answer is not of this API, but of a proxy perhaps. */
  readonly code: string;
  readonly problem: ApiProblem | undefined;

  constructor(status: number, problem: ApiProblem | undefined) {
    super(`The server answered ${String(status)} ${toText(problem)}`);
    this.name = 'PostriderApiError';
    this.status = status;
    this.code = problem?.code ?? 'unknown';
    this.problem = problem;
  }
}

/** The value of a successful call; rejects with `PostriderApiError` otherwise. `undefined` for answers without a body. */
export async function unwrap<T>(call: Promise<ApiResult<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  throw new PostriderApiError(response.status, isProblem(error) ? error : undefined);
}

function isProblem(error: unknown): error is ApiProblem {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}

function toText(problem: ApiProblem | undefined): string {
  if (problem === undefined) return 'without a description.';
  const { detail } = problem;
  const text = typeof detail === 'string' ? detail : detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join(' ');
  return `${problem.code}: ${text}`;
}
