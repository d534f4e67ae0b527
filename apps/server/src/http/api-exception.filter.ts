import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from '@postrider/core';
import { Metrics } from '@postrider/metrics';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOGGER } from '../logging/logger-token.js';
import { ApiError } from './api-error.js';
import { InjectPort } from '../plugins/host-ports.js';
import { pathOf } from './request-path.js';
import { toApiError, toProblemBody } from './problem.js';
import { countRefusal } from './refusal-metrics.js';
import { RouteTable } from './route-table.js';

/** The only place that answers a failed request. */
@Catch()
export class ApiExceptionFilter implements ExceptionFilter<unknown> {
  readonly #routes: RouteTable;
  readonly #logger: Logger;
  readonly #metrics: Metrics;

  constructor(
    @Inject(RouteTable) routes: RouteTable,
    @Inject(LOGGER) logger: Logger,
    @InjectPort(Metrics) metrics: Metrics,
  ) {
    this.#metrics = metrics;
    this.#routes = routes;
    this.#logger = logger;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const path = pathOf(request.raw.url);
    const problem = toApiError(error, { allowedMethods: this.#routes.methodsOf(path) });
    this.#log(error, problem, request);
    countRefusal(this.#metrics, problem);
    if (reply.sent) return;
    void reply
      .code(problem.status)
      .headers({ ...problem.headers, 'x-request-id': request.id, 'content-type': 'application/json; charset=utf-8' })
      .send(JSON.stringify(toProblemBody(problem, { path, id: request.id })));
  }

  #log(error: unknown, problem: ApiError, request: FastifyRequest): void {
    if (problem.status < 500) return;
    const fields = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url,
      status: problem.status,
      code: problem.code,
      // What we refuse on purpose has no cause to look for.
      ...(error instanceof ApiError ? {} : { error }),
    };
    if (problem.status === 500) this.#logger.error('A request failed', fields);
    else this.#logger.warn('A request could not be served', fields);
  }
}
