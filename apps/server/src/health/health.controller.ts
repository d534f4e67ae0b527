import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/route-access.js';
import { ApiError } from '../http/api-error.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { healthOut, HealthService, type HealthOut } from './health.service.js';

/** Public, because supervisors and load balancers have no key; the answers name parts of the server and no data. */
@Controller('health')
@Public()
export class HealthController {
  readonly #health: HealthService;

  constructor(health: HealthService) {
    this.#health = health;
  }

  @Get()
  @ApiAnswers({ summary: 'How the server and its parts are', ok: healthOut, public: true })
  async check(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthOut> {
    const health = await this.#health.check();
    reply.status(health.status === 'down' ? 503 : 200);
    return health;
  }

  @Get('ping')
  @HttpCode(204)
  @ApiAnswers({ summary: 'Whether the server answers', noContent: true, public: true })
  ping(): void {
    // The answer is that there is one.
  }

  @Get('live')
  @HttpCode(204)
  @ApiAnswers({ summary: 'Whether the process works; restart it when it does not', noContent: true, public: true })
  live(): void {
    // A process whose event loop is stuck does not get here.
    if (!this.#health.isAlive()) throw notReady('A loop of the server is stuck.');
  }

  @Get('startup')
  @HttpCode(204)
  @ApiAnswers({ summary: 'Whether the start is over', noContent: true, public: true })
  startup(): void {
    if (this.#health.phase === 'starting') throw notReady('The server is starting.');
  }

  @Get('ready')
  @HttpCode(204)
  @ApiAnswers({ summary: 'Whether to send requests here', noContent: true, public: true })
  async ready(): Promise<void> {
    const { phase, status } = await this.#health.check();
    if (phase !== 'serving') throw notReady(`The server is ${phase}.`);
    if (status === 'down') throw notReady('A part of the server is not healthy.');
  }
}

function notReady(detail: string): ApiError {
  return new ApiError({ status: 503, code: 'not_ready', detail, headers: { 'retry-after': '1' } });
}
