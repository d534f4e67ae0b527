/** One broken rule of a request: where (`["body", "url"]`), in words, and as a word that programs can compare. */
export interface ValidationIssue {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

export interface ApiErrorParams {
  readonly status: number;
  /** What programs compare: a lower-case word. Part of the API. */
  readonly code: string;
  /** What people read; for 422 the list of broken rules. */
  readonly detail: string | readonly ValidationIssue[];
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An answer that is not a success, decided on purpose. Everything else that is thrown becomes 500 or 503. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | readonly ValidationIssue[];
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, code, detail, headers = {} }: ApiErrorParams) {
    super(typeof detail === 'string' ? detail : detail.map((issue) => issue.msg).join(' '));
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.headers = headers;
  }
}

/** 400: the request itself cannot be understood. */
export function badRequest(code: string, detail: string): ApiError {
  return new ApiError({ status: 400, code, detail });
}

/** 401. Says nothing about which part of the key was wrong. */
export function unauthenticated(detail: string): ApiError {
  return new ApiError({
    status: 401,
    code: 'unauthenticated',
    detail,
    headers: { 'www-authenticate': 'Bearer realm="postrider"' },
  });
}

/** 404, also for what belongs to another environment. */
export function notFound(kind: string): ApiError {
  return new ApiError({ status: 404, code: 'not_found', detail: `There is no such ${kind}.` });
}

/** 409: the request is fine, but what is stored stands in its way. */
export function conflict(code: string, detail: string): ApiError {
  return new ApiError({ status: 409, code, detail });
}

/** Rules that have a word of their own as the code of the whole answer; those of the egress guard begin with E_. */
const ownCodes = new Set([
  'read_only_property',
  'forbidden_header',
  'invalid_header',
  'invalid_iterator',
  'invalid_schema',
  'payload_schema',
]);

/** 422 with every broken rule. */
export function invalid(issues: readonly ValidationIssue[]): ApiError {
  const first = issues[0]?.type ?? '';
  const code = ownCodes.has(first) || first.startsWith('E_') ? first : 'validation';
  return new ApiError({ status: 422, code, detail: issues });
}

/** 422 for one broken rule. */
export function invalidAt(loc: readonly (string | number)[], msg: string, type = 'value_error'): ApiError {
  return invalid([{ loc, msg, type }]);
}
