import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { NotAudited } from '../requests/request-traits.js';
import { simulationIn, simulationOut, type SimulationIn, type SimulationOut } from './simulation.dto.js';
import { SimulationService } from './simulation.service.js';

/** What would happen with a message. It needs the right to publish, because the previews are signed. */
@Controller('simulate')
export class SimulationController {
  readonly #simulation: SimulationService;

  constructor(simulation: SimulationService) {
    this.#simulation = simulation;
  }

  @Post()
  @HttpCode(200)
  @NotAudited()
  @RequireScope('messages:write')
  @ApiAnswers({
    summary: 'Tell what publishing a message would do, without doing it',
    ok: simulationOut,
    tooLarge: true,
  })
  simulate(
    @EnvironmentId() environmentId: string,
    @Body({ schema: simulationIn }) input: SimulationIn,
  ): Promise<SimulationOut> {
    return this.#simulation.simulate(environmentId, input);
  }
}
