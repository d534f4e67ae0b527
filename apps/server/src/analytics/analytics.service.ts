import { Injectable } from '@nestjs/common';
import { createAnalytics, type Analytics } from '@postrider/analytics';
import { isPostriderError, type Endpoint } from '@postrider/core';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';
import { invalidAt } from '../http/api-error.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

/** How parameters of analytics are called in the API, where that differs. */
const parameterNames: Readonly<Record<string, string>> = { timeZone: 'time_zone' };

interface ScopeParameters {
  readonly environmentId: string;
  readonly application?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** Answers about the deliveries of one environment. */
@Injectable()
export class AnalyticsService {
  readonly #analytics: Analytics;
  readonly #applications: ApplicationDirectory;
  readonly #endpoints: EndpointsService;

  constructor(
    @InjectHostPorts() { storage, clock, random }: Pick<HostPorts, 'storage' | 'clock' | 'random'>,
    applications: ApplicationDirectory,
    endpoints: EndpointsService,
  ) {
    this.#analytics = createAnalytics({ store: storage, clock, random });
    this.#applications = applications;
    this.#endpoints = endpoints;
  }

  /** Asks, and turns a refused question into 422 with the parameter named. */
  async ask<T>(question: (analytics: Analytics) => Promise<T>): Promise<T> {
    try {
      return await question(this.#analytics);
    } catch (error) {
      const field = isPostriderError(error, 'VALIDATION_FAILED') ? error.details?.['field'] : undefined;
      if (typeof field !== 'string' || !(error instanceof Error)) throw error;
      throw invalidAt(['query', parameterNames[field] ?? field], error.message);
    }
  }

  /** Finds the application and the endpoint that a question is about; 404 when there is none. */
  async findScope({ environmentId, application, endpoint }: ScopeParameters) {
    if (application === undefined) {
      if (endpoint !== undefined) throw invalidAt(['query', 'app_id'], 'Expected the application of the endpoint.');
      return { environmentId };
    }
    const { id: applicationId } = await this.#applications.get({ environmentId, segment: application });
    if (endpoint === undefined) return { environmentId, applicationId };
    const found: Endpoint = await this.#endpoints.getOf({ environmentId, applicationId, segment: endpoint });
    return { environmentId, applicationId, endpointId: found.id };
  }
}
