import { Module, type DynamicModule } from '@nestjs/common';
import { AnalyticsModule } from './analytics/analytics.module.js';
import { CompactionModule } from './analytics/compaction.module.js';
import { AlertsApiModule } from './alerts/alerts-api.module.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { ApplicationsModule } from './applications/applications.module.js';
import { AttemptsModule } from './attempts/attempts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { CatalogueModule } from './catalogue/catalogue.module.js';
import { CachesModule } from './caches/caches.module.js';
import { EndpointsModule } from './endpoints/endpoints.module.js';
import { EnvironmentSettingsModule } from './environments/environment-settings.module.js';
import { EnvironmentsModule } from './environments/environments.module.js';
import { EventTypesModule } from './event-types/event-types.module.js';
import { HealthApiModule, HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import type { RouteTable } from './http/route-table.js';
import type { ServerPhase } from './http/server-phase.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { KeysModule } from './keys/keys.module.js';
import { KEY_ANNOUNCER, type KeyAnnouncer } from './lifecycle/key-announcer.js';
import { ServerLifecycle } from './lifecycle/server-lifecycle.js';
import { LiveApiModule, LiveModule } from './live/live.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { OperationalWebhooksModule } from './operational-webhooks/operational-webhooks.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { PluginHostModule, type PluginHostParams } from './plugins/plugin-host.module.js';
import { PortalModule } from './portal/portal.module.js';
import { RequestsModule } from './requests/requests.module.js';
import { PollerModule } from './poller/poller.module.js';
import { RecoveryModule } from './recovery/recovery.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { TaskWorkerModule } from './tasks/task-worker.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { SimulationModule } from './simulation/simulation.module.js';
import { UsageModule } from './usage/usage.module.js';

export interface AppModuleParams extends PluginHostParams {
  readonly routes: RouteTable;
  readonly phase: ServerPhase;
  readonly announceKey: KeyAnnouncer;
}

const api = [
  RequestsModule,
  AuditModule,
  EnvironmentsModule,
  EnvironmentSettingsModule,
  KeysModule,
  PortalModule,
  ApplicationsModule,
  CachesModule,
  EndpointsModule,
  EventTypesModule,
  CatalogueModule,
  MessagesModule,
  AttemptsModule,
  TasksModule,
  RecoveryModule,
  PollerModule,
  DeliveriesModule,
  OperationalWebhooksModule,
  IntegrationsModule,
  LiveApiModule,
  SimulationModule,
  UsageModule,
  AnalyticsModule,
  AlertsApiModule,
  HealthApiModule,
  OpenApiModule,
];

/** The whole server. What a role does not do is not there. */
@Module({})
export class AppModule {
  static forRole(params: AppModuleParams): DynamicModule {
    const { role } = params.config;
    return {
      module: AppModule,
      imports: [
        PluginHostModule.forKernel(params),
        HttpModule.around(params),
        AuthModule,
        HealthModule,
        JobsModule,
        LiveModule,
        OperationsModule,
        MetricsModule,
        AlertsModule,
        ...(role === 'worker' ? [] : api),
        ...(role === 'api' ? [] : [RetentionModule, CompactionModule, TaskWorkerModule]),
      ],
      providers: [ServerLifecycle, { provide: KEY_ANNOUNCER, useValue: params.announceKey }],
    };
  }
}
