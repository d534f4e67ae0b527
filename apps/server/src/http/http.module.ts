import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ApiExceptionFilter } from './api-exception.filter.js';
import { RequestSchemaPipe } from './request-schema.pipe.js';
import { RouteTable } from './route-table.js';
import { ServerPhase } from './server-phase.js';

/** What stands around every route: one filter for all errors, one pipe for all schemas. */
@Module({})
export class HttpModule {
  static around({ routes, phase }: { readonly routes: RouteTable; readonly phase: ServerPhase }): DynamicModule {
    const shared = [
      { provide: RouteTable, useValue: routes },
      { provide: ServerPhase, useValue: phase },
    ];
    return {
      module: HttpModule,
      global: true,
      providers: [
        ...shared,
        { provide: APP_FILTER, useClass: ApiExceptionFilter },
        { provide: APP_PIPE, useClass: RequestSchemaPipe },
      ],
      exports: shared,
    };
  }
}
